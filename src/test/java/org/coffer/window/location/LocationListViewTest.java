package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.coffer.console.location.Address;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.TestReport;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of locations in pictures. */
@Tag("pictures")
class LocationListViewTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path root;

    private static LocationRow row(
            String name, String path, Location.Status status, long free, long total, int vaults) {
        Optional<Problem> problem = status == Location.Status.UNREACHABLE
                ? Optional.of(Problem.of("location.unreachable", "location", name, "n", vaults))
                : Optional.empty();
        return new LocationRow(
                new Location(
                        UUID.randomUUID(),
                        name,
                        new Address.Folder(Path.of(path)),
                        "",
                        name.equals("NAS") ? 25 : 0,
                        status,
                        free,
                        total,
                        problem,
                        CLOCK.instant()),
                vaults);
    }

    @Test
    void theListAndTheSheetsFit() throws IOException {
        var pictures = new Pictures(CLOCK);
        try (var home = new TestConsole(root, CLOCK);
                var model = new LocationListModel(
                        home.console().locations(),
                        home.console().vaults(),
                        home.console().forgetting(),
                        home.console().events(),
                        TestConsole.direct(),
                        new FakeDialogs())) {
            model.rows()
                    .show(List.of(
                            row(
                                    "NAS",
                                    "/mnt/nas/backups",
                                    Location.Status.CONNECTED,
                                    3_100_000_000_000L,
                                    8_000_000_000_000L,
                                    3),
                            row("移动硬盘", "/media/admin/backup-drive/coffer", Location.Status.UNREACHABLE, -1, -1, 2),
                            row(
                                    "office_share",
                                    "/srv/share/backup",
                                    Location.Status.READ_ONLY,
                                    12_400_000_000L,
                                    500_000_000_000L,
                                    1),
                            row(
                                    "This computer",
                                    "/root/.local/share/coffer/vaults",
                                    Location.Status.NEARLY_FULL,
                                    820_000_000L,
                                    64_000_000_000L,
                                    0)));
            assertThat(pictures.take(
                            "locations",
                            1080,
                            648,
                            kit -> (Parent) LocationListView.of(
                                    kit,
                                    model,
                                    Act.of("locations.add", () -> {}).with(Icon.ADD),
                                    row -> Act.of("locations.test", () -> {}).with(Icon.VERIFY),
                                    row -> Act.of("locations.limit.change", () -> {}),
                                    row -> Act.of("locations.access.change", () -> {}),
                                    row -> Act.of("locations.attach", () -> {})),
                            scene -> {}))
                    .isEmpty();
            var adding = new AddLocationModel(
                    home.console().locations(), TestConsole.direct(), new FakeDialogs().choose(home.folder("usb")));
            adding.choose().run();
            adding.test().run();
            assertThat(pictures.take(
                            "locations-add",
                            592,
                            480,
                            kit -> new StackPane(new AddLocationView(kit, adding)),
                            scene -> {}))
                    .isEmpty();
            var cloud = new AddLocationModel(home.console().locations(), TestConsole.direct(), new FakeDialogs());
            cloud.kind().set(Location.Kind.S3);
            cloud.bucket().provider().set(Provider.MINIO);
            cloud.bucket().endpoint().set("http://127.0.0.1:1");
            cloud.bucket().bucket().set("backups");
            cloud.bucket().accessKey().set("coffer");
            cloud.bucket().secretKey().set("secret");
            cloud.test().run();
            assertThat(pictures.take(
                            "locations-add-bucket",
                            592,
                            560,
                            kit -> new StackPane(new AddLocationView(kit, cloud)),
                            scene -> {}))
                    .isEmpty();
            var sheets = new ArrayList<AddLocationView>();
            assertThat(pictures.take(
                            "locations-add-failed",
                            592,
                            400,
                            kit -> {
                                sheets.add(new AddLocationView(kit, cloud));
                                return new StackPane(sheets.getLast());
                            },
                            scene -> {}))
                    .isEmpty();
            assertThat(sheets)
                    .as("what the test found is in sight")
                    .isNotEmpty()
                    .allSatisfy(sheet -> assertThat(sheet.getVvalue()).isEqualTo(sheet.getVmax()));
            var bucket = new BucketFields(
                            "https://obs.example.com",
                            "backups",
                            "office/",
                            "",
                            true,
                            "coffer",
                            "",
                            "proxy.example:8080")
                    .address();
            var access = new AccessModel(
                    home.console().locations(),
                    row("cloud", "https://obs.example.com/backups", Location.Status.CONNECTED, -1, -1, 2)
                            .location(),
                    bucket,
                    TestConsole.direct(),
                    new FakeDialogs());
            access.keep(() -> {}).run();
            assertThat(pictures.take(
                            "locations-access",
                            512,
                            500,
                            kit -> new StackPane(new AccessView(kit, access)),
                            scene -> {}))
                    .isEmpty();
            var lagging = BucketFields.of(bucket).listing("15").address();
            var trial = new Trial(Location.Kind.S3, TestConsole.direct());
            trial.start(() -> new TestReport(
                    TestStep.Act.of(Location.Kind.S3).stream()
                            .map(act -> new TestStep(
                                    act,
                                    act == TestStep.Act.SHOW ? TestStep.Result.ABSENT : TestStep.Result.PASSED,
                                    Optional.empty()))
                            .toList(),
                    true,
                    lagging,
                    Optional.of("marker")));
            assertThat(pictures.take(
                            "locations-test-lagging",
                            432,
                            240,
                            kit -> new StackPane(new TrialView(kit, trial)),
                            scene -> {}))
                    .isEmpty();
            var limiting = new LimitModel(
                    home.console().locations(),
                    row("NAS", "/mnt/nas", Location.Status.CONNECTED, 0, 0, 0).location(),
                    TestConsole.direct());
            limiting.limit().set("fast");
            assertThat(pictures.take(
                            "locations-limit",
                            432,
                            160,
                            kit -> new StackPane(new LimitView(kit, limiting)),
                            scene -> {}))
                    .isEmpty();
        }
    }
}
