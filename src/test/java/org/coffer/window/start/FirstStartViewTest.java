package org.coffer.window.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.coffer.console.vault.Places;
import org.coffer.machine.FoundDisk;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start in pictures, over disks on paper. */
@Tag("pictures")
class FirstStartViewTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path root;

    private final Pictures pictures = new Pictures(CLOCK);

    private StartModel model(TestConsole home) {
        var console = home.console();
        return new StartModel(
                console.disks(),
                new Beginning(
                        new Places(console.locations(), console.disks()),
                        console.vaults(),
                        console.policies(),
                        console.backups(),
                        new Random(1)),
                new WhenModel(console.policies(), TestConsole.direct(), CLOCK),
                TestConsole.direct(),
                new FakeDialogs(),
                "This computer");
    }

    /** The wizard as the window shows it; closed by the picture's end. */
    private static Parent wizard(Kit kit, StartModel model, int step) {
        return shown(
                kit,
                model,
                new Following(started -> {
                    throw new AssertionError("nothing is begun here");
                }),
                wizard -> wizard.atProperty().set(step));
    }

    /** The wizard after its questions, over a backup that is as {@code backup} says. */
    private static Parent begun(Kit kit, StartModel model, FirstBackupModel backup) {
        var following = new Following(started -> backup);
        return shown(kit, model, following, wizard -> following.begin(new Started(UUID.randomUUID(), List.of())));
    }

    private static Parent shown(Kit kit, StartModel model, Following following, Consumer<Wizard> prepare) {
        var host = new DialogHost();
        host.setPage(new StackPane());
        Wizard wizard = FirstStart.wizard(model, following);
        prepare.accept(wizard);
        Platform.runLater(() -> new ModalDialogs(() -> kit, host).show(wizard));
        return host;
    }

    @Test
    void theQuestionsFit() throws Exception {
        try (var home = new TestConsole(root, CLOCK)) {
            home.machine()
                    .device("sda", 240_000_000_000L, FoundDisk.Role.SYSTEM, "/", "/boot/efi")
                    .device("sdb", 4_000_000_000_000L, FoundDisk.Role.DATA, "/srv/web-data")
                    .forbidden("sdc", 500_000_000_000L)
                    .carries("sda", root.resolve("home"));
            var model = model(home);
            model.look();
            model.otherFolder(home.folder("usb"));
            assertThat(pictures.take("start-what", 1280, 680, kit -> wizard(kit, model, 0), scene -> {}))
                    .isEmpty();
            assertThat(pictures.take("start-where", 1280, 680, kit -> wizard(kit, model, 1), scene -> {}))
                    .isEmpty();
            assertThat(pictures.take("start-when", 1280, 680, kit -> wizard(kit, model, 2), scene -> {}))
                    .isEmpty();
            model.when().kind().set(WhenModel.Kind.OTHER);
            model.when().times().set("12:00, 12:30");
            assertThat(pictures.take("start-when-other", 1280, 680, kit -> wizard(kit, model, 2), scene -> {}))
                    .isEmpty();
            model.choose(model.choicesProperty().get().getFirst().place().address());
            assertThat(pictures.take("start-refused", 1280, 680, kit -> wizard(kit, model, 1), scene -> {}))
                    .isEmpty();
        }
    }

    @Test
    void whatFollowsFits() {
        try (var home = new TestConsole(root, CLOCK);
                var model = new FirstBackupModel(
                        new Started(UUID.randomUUID(), List.of()),
                        home.console().tasks(),
                        home.console().vaults(),
                        home.console().events(),
                        TestConsole.direct(),
                        CLOCK,
                        vault -> {},
                        backup -> {})) {
            StartModel asked = model(home);
            asked.look();
            model.show(new FirstBackupModel.State.Running(2, 0.62, 180_000_000, 253));
            assertThat(pictures.take("start-running", kit -> begun(kit, asked, model)))
                    .isEmpty();
            model.show(new FirstBackupModel.State.Failed(
                    Problem.of("disk.lost", "disk", "web-data", "percent", 62), true));
            assertThat(pictures.take("start-failed", kit -> begun(kit, asked, model)))
                    .isEmpty();
            model.sheetOffered().set(false);
            model.show(new FirstBackupModel.State.Done(
                    2, 118_000_000_000L, Duration.ofMinutes(24), Optional.of(UUID.randomUUID())));
            assertThat(pictures.take("start-done", kit -> begun(kit, asked, model)))
                    .isEmpty();
            var closed = new AtomicBoolean();
            model.tryRestore(UUID.randomUUID(), () -> closed.set(true)).run();
            assertThat(closed).isTrue();
        }
    }
}
