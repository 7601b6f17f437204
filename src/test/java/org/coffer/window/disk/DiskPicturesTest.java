package org.coffer.window.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.StackPane;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the list of disks, and fails where words are clipped in either language. */
@Tag("pictures")
class DiskPicturesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Pictures pictures = new Pictures(Clock.fixed(NOW, ZoneId.of("Asia/Shanghai")));
    private final TestDiskDesk notes = new TestDiskDesk();

    private static Disk disk(
            String name, String path, long gb, Disk.Role role, Disk.State state, Optional<Problem> cause) {
        boolean image = path.endsWith(".img");
        return new Disk(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                name,
                Path.of(path),
                image,
                gb * 1_000_000_000L,
                image ? "" : "Samsung SSD 870 EVO",
                image ? "" : "S5Y3NJ0R" + gb,
                role,
                state,
                cause,
                state == Disk.State.IN_USE ? List.of("/", "/boot/efi") : List.of(),
                Disk.Encryption.NONE,
                name.equals("scratch") ? Optional.of(new UUID(0, 1)) : Optional.empty(),
                NOW.minusSeconds(200_000));
    }

    private static List<DiskRow> rows() {
        return List.of(
                        disk("sda-system", "/dev/sda", 500, Disk.Role.SYSTEM, Disk.State.IN_USE, Optional.empty()),
                        disk("web-data", "/dev/sdb", 120, Disk.Role.DATA, Disk.State.AVAILABLE, Optional.empty()),
                        disk(
                                "archive",
                                "/dev/nvme0n1",
                                2000,
                                Disk.Role.DATA,
                                Disk.State.FAULTY,
                                Optional.of(Problem.of("disk.permission", "disk", "archive", "group", "disk"))),
                        disk("scratch", "/dev/sdc", 64, Disk.Role.DATA, Disk.State.AVAILABLE, Optional.empty()),
                        disk("mail", "/srv/images/mail.img", 40, Disk.Role.DATA, Disk.State.MISSING, Optional.empty()))
                .stream()
                .map(disk -> new DiskRow(disk, Optional.empty()))
                .toList();
    }

    @Test
    void theListOfDisksFits(@TempDir Path root) throws IOException {
        try (var home = new TestHome(root)) {
            var model = new DiskListModel(notes.over(home.console()), DiskPicturesTest::rows);
            model.load();
            assertThat(pictures.take(
                            "disks",
                            1080,
                            648,
                            kit -> new PageFrame(kit, "nav.disk-backup")
                                    .tabs(new SimpleObjectProperty<>(DiskDesk.DISKS_TAB), List.of(DiskTab.over(model))),
                            scene -> {}))
                    .isEmpty();
        }
    }

    @Test
    void aHalfRestoredDiskIsExplained() {
        Problem problem = Problem.of("disk.unfinished", "disk", "scratch");
        assertThat(pictures.take(
                        "disk-unfinished",
                        1280,
                        680,
                        kit -> {
                            var host = new DialogHost();
                            host.setPage(new StackPane());
                            var dialogs = new ModalDialogs(() -> kit, host);
                            javafx.application.Platform.runLater(() -> dialogs.error(problem));
                            return host;
                        },
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void theSheetForAnImageFits(@TempDir Path root) throws IOException {
        try (var home = new TestHome(root)) {
            new DiskDialogs(notes.over(home.console())).addImage(Optional.of(Path.of("/srv/images/mail.img")));
            assertThat(pictures.take(
                            "add-image",
                            1280,
                            680,
                            kit -> {
                                var host = new DialogHost();
                                host.setPage(new StackPane());
                                var dialogs = new ModalDialogs(() -> kit, host);
                                javafx.application.Platform.runLater(
                                        () -> dialogs.show(notes.sheets().getFirst()));
                                return host;
                            },
                            scene -> {}))
                    .isEmpty();
        }
    }
}
