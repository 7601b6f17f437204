package org.coffer.window.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.Caller;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit page in pictures. */
@Tag("pictures")
class AuditViewTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path root;

    private void fill(Audit audit) {
        var window = new Caller("root", Caller.From.WINDOW);
        var command = new Caller("backup-admin", Caller.From.COMMAND);
        var vault = new Audit.Target("vault", "0c1f9b3e-7a52-4f0e-9a41-d3a5c1f0f61e", "vault_f61e");
        var disk = new Audit.Target("disk", "5f64c1a2-0000-4b5d-8f1e-2b1d9e8c7a60", "web-data");
        window.run(() -> audit.succeeded(
                AuditEvent.CREATE_LOCATION,
                new Audit.Target("location", "1", "NAS"),
                Map.of(),
                Map.of("path", "/mnt/nas/backups")));
        window.run(() -> audit.succeeded(
                AuditEvent.CREATE_VAULT,
                vault,
                Map.of(),
                Map.of("capacity", 480, "location", "NAS", "encrypted", true)));
        window.run(() -> audit.succeeded(
                AuditEvent.ADD_RESOURCES, vault, Map.of(), Map.of("disks", List.of("web-data", "sda-system"))));
        for (int i = 0; i < 12; i++) {
            command.run(() -> audit.succeeded(AuditEvent.CREATE_BACKUP, disk));
        }
        window.run(() -> audit.succeeded(
                AuditEvent.UPDATE_VAULT,
                vault,
                Map.of("capacity", 480, "autoExpand", false),
                Map.of("capacity", 600, "autoExpand", true)));
        new Caller("root", Caller.From.COFFER)
                .run(() -> audit.failed(AuditEvent.RESTORE_BACKUP, disk, "restore.mounted"));
        window.run(() -> audit.succeeded(AuditEvent.SHOW_RECOVERY_CODE, vault));
    }

    @Test
    void thePageAndALineFit() {
        try (var home = new TestConsole(root, CLOCK)) {
            fill(home.console().audit());
            try (var model = new AuditModel(
                    home.console().audit(), home.console().events(), TestConsole.direct(), new FakeDialogs(), CLOCK)) {
                model.rows().refresh();
                var pictures = new Pictures(CLOCK);
                assertThat(pictures.take(
                                "audit", 1080, 648, kit -> (Parent) AuditView.of(kit, model, entry -> {}), scene -> {}))
                        .isEmpty();
                model.verify().run();
                assertThat(pictures.take(
                                "audit-verified",
                                1080,
                                648,
                                kit -> (Parent) AuditView.of(kit, model, entry -> {}),
                                scene -> {}))
                        .isEmpty();
                var line = model.rows().items().get(2);
                assertThat(Duration.between(line.at(), CLOCK.instant())).isZero();
                assertThat(pictures.take(
                                "audit-line",
                                592,
                                520,
                                kit -> new StackPane(new AuditDetailsView(kit, line)),
                                scene -> {}))
                        .isEmpty();
            }
        }
    }
}
