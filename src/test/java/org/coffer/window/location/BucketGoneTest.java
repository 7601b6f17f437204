package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.TestReport;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.opened.OpenDiskListModel;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.opened.OpenDisksTab;
import org.coffer.window.picture.Pictures;
import org.coffer.window.restore.UndoActs;
import org.coffer.window.task.StripModel;
import org.coffer.window.task.TaskListModel;
import org.coffer.window.task.TasksPage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket that somebody takes away, with all that lies in it, in the middle of a backup or a restore: the task, the list of
 * locations and the test of the location all name the cause and what to do.
 */
@Tag("pictures")
@Timeout(180)
class BucketGoneTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String GONE = "storage.bucket.gone";

    @TempDir
    private Path root;

    private final S3Settings bucket = LocalBucket.shared().fresh();
    private final Pictures pictures = new Pictures(CLOCK);

    @Test
    void inTheMiddleOfABackup() throws Exception {
        try (TestHome home = new TestHome(root);
                ObjectStore all = LocalBucket.beneath(bucket, "")) {
            Disk disk = home.image("web", 120);
            Vault vault = home.inBucket("vault_far", bucket, disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                while (all.list("").stream().noneMatch(object -> object.name().contains("/data/"))) {
                    Thread.onSpinWait();
                }
                LocalBucket.destroy(bucket);
            }
            assertThat(home.failed(task).code()).isEqualTo(GONE);
            shown(home, vault, task, "bucket-gone-backup");
        }
    }

    @Test
    void inTheMiddleOfARestore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 120);
            Vault vault = home.inBucket("vault_far", bucket, disk);
            Backup backup = home.backUp(vault, disk, "one");
            Path copy = root.resolve("copy.img");
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.console().restores().start(new NewRestore(backup.id(), new Target.NewFile(copy), true));
                while (home.console()
                                .tasks()
                                .find(task.id())
                                .orElseThrow()
                                .progress()
                                .done()
                        == 0) {
                    Thread.onSpinWait();
                }
                LocalBucket.destroy(bucket);
            }
            assertThat(home.failed(task).code()).isEqualTo(GONE);
            assertThat(Files.exists(copy))
                    .as("a half restored file is not left")
                    .isFalse();
            shown(home, vault, task, "bucket-gone-restore");
        }
    }

    private void shown(TestHome home, Vault vault, Task task, String picture) throws Exception {
        // It is looked at twice in the minute; a test is a look.
        TestReport report = home.console().locations().test(vault.locationId());
        assertThat(report.problem().orElseThrow().code()).as("its test").isEqualTo(GONE);
        Location place = home.console().locations().get(vault.locationId());
        assertThat(place.status()).isEqualTo(Location.Status.UNREACHABLE);
        assertThat(Refusals.spoken(place.problem().orElseThrow()).code())
                .as("the list of locations")
                .isEqualTo(GONE);
        assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);

        assertThat(pictures.take(picture + "-task", 1080, 648, kit -> (Parent) tasks(kit, home, task), scene -> {}))
                .isEmpty();
        try (var model = new LocationListModel(
                home.console().locations(),
                home.console().vaults(),
                home.console().forgetting(),
                home.console().events(),
                TestConsole.direct(),
                new FakeDialogs())) {
            model.rows().refresh();
            assertThat(pictures.take(
                            picture + "-locations",
                            1080,
                            320,
                            kit -> (Parent) LocationListView.of(
                                    kit,
                                    model,
                                    Act.of("locations.add", () -> {}),
                                    row -> Act.of("locations.test", () -> {}),
                                    row -> Act.of("locations.limit.change", () -> {}),
                                    row -> Act.of("locations.access.change", () -> {}),
                                    row -> Act.of("locations.attach", () -> {})),
                            scene -> {}))
                    .isEmpty();
        }
        var trial = new Trial(Location.Kind.S3, TestConsole.direct());
        trial.start(() -> report);
        assertThat(pictures.take(
                        picture + "-test", 432, 280, kit -> new StackPane(new TrialView(kit, trial)), scene -> {}))
                .isEmpty();
    }

    private static Node tasks(Kit kit, TestHome home, Task task) {
        var console = home.console();
        var desk = new TestDesk().desk(CLOCK);
        var model = new TaskListModel(
                console.tasks(),
                console.events(),
                desk,
                new UndoActs(console.restores(), console.disks(), console.files(), desk),
                Optional.empty());
        model.refresh();
        model.toggle(task);
        var strip = new StripModel(console.tasks(), console.events(), desk, () -> true);
        var sheets = new OpenDiskSheets(console.openDisks(), console.events(), desk);
        var opened = new OpenDiskListModel(console.openDisks(), console.events(), desk, sheets, id -> {});
        return new TasksPage(model, strip, OpenDisksTab.over(opened), Optional.empty()).view(kit);
    }
}
