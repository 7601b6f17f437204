package org.coffer.window.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.layout.StackPane;
import org.coffer.console.TestHome;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sheet that attaches vaults in pictures: locked, opened, and one that cannot be. */
@Tag("pictures")
class AttachViewTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    private Path root;

    @Test
    void theSheetFits() throws Exception {
        try (TestHome old = new TestHome(root.resolve("old"))) {
            Disk disk = old.image("web", 1);
            Vault vault = vault(old, "office_web", disk);
            old.backUp(vault, disk, "one");
            old.backUp(vault, disk, "two");
            vault(old, "箱子");
            Vault mixed = vault(old, "mixed");
            Files.copy(
                    old.objects(vault).resolve("header-2"),
                    old.objects(mixed).resolve("header-2"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var pictures = new Pictures(CLOCK);
        try (TestHome fresh = new TestHome(root.resolve("new"))) {
            Location place = fresh.console().locations().add(new NewLocation("drive", root.resolve("old/place"), ""));
            try (var model = new AttachModel(fresh.console().attaching(), place, TestConsole.direct())) {
                model.look();
                model.secret().set("not this");
                model.open().run();
                assertThat(pictures.take(
                                "attach-locked",
                                592,
                                560,
                                kit -> new StackPane(new AttachView(kit, model)),
                                scene -> {}))
                        .isEmpty();
                model.secret().set("open sesame");
                model.open().run();
                model.ownerGone().set(Optional.of(true));
                assertThat(pictures.take(
                                "attach-open", 592, 560, kit -> new StackPane(new AttachView(kit, model)), scene -> {}))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatIsNotAsItWasFits() {
        Problem rule = Problem.of(
                "attach.rule",
                "vault",
                "office_web",
                "pattern",
                "db-*",
                "n",
                7,
                "disks",
                List.of("db-main", "db-logs", "db-日志", "db-4", "db-5", "db-6", "db-7"));
        List<Problem> few = List.of(
                rule,
                Problem.of("attach.renamed", "vault", "mail", "name", "mail_2"),
                Problem.of("attach.policy-off", "policy", "nightly", "vault", "mail"));
        assertThat(noted("attach-notes", few)).isEmpty();
        assertThat(noted("attach-notes-many", Collections.nCopies(9, rule))).isEmpty();
    }

    private static List<String> noted(String name, List<Problem> notes) {
        return new Pictures(CLOCK)
                .take(
                        name,
                        1280,
                        680,
                        kit -> {
                            var host = new DialogHost();
                            host.setPage(new StackPane());
                            var dialogs = new ModalDialogs(() -> kit, host);
                            Platform.runLater(() -> dialogs.show(AttachDialogs.noted(notes)));
                            return host;
                        },
                        scene -> {});
    }

    private static Vault vault(TestHome home, String name, Disk... disks) {
        return home.console()
                .vaults()
                .create(new NewVault(
                        name,
                        "",
                        home.location().id(),
                        10,
                        List.of(disks).stream().map(Disk::id).toList(),
                        true,
                        Optional.of("open sesame".toCharArray()),
                        false,
                        "",
                        Map.of()));
    }
}
