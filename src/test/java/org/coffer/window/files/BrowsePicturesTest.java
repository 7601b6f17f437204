package org.coffer.window.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Parent;
import javax.imageio.ImageIO;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FilePath;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.fixture.FileDisk;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Framed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the page with a backup's files, and of the sheet that restores some of them. */
@Tag("pictures")
class BrowsePicturesTest {
    @TempDir
    static Path root;

    private static Days days;
    private static Backup backup;
    private static Backup strange;
    private static Backup harmed;
    private static Pictures pictures;

    @BeforeAll
    static void aDiskWithFiles() throws Exception {
        days = new Days(root, Instant.parse("2026-11-20T18:00:00Z"));
        var files = new FileDisk(root.resolve("files.img"))
                .on(days.clock().instant().minus(Duration.ofDays(40)));
        Disk disk = days.console()
                .disks()
                .addImage(new NewImage(files.image(), Optional.of("family-files"), Disk.Role.DATA));
        Disk other = days.image("strange", 4, Disk.Role.DATA);
        Vault vault = days.vault("main", disk, other);
        days.backUp(vault, disk, "one");
        days.pass(Duration.ofDays(1));
        files.on(days.clock().instant().minus(Duration.ofHours(9)));
        files.write("Documents/notes.txt", "Shopping list:\nmilk\nbread\n");
        backup = days.backup(days.backUp(vault, disk, "two"));
        strange = days.backup(days.backUp(vault, other, "three"));
        harmed = days.backup(days.backUp(vault, harmed(vault), "four"));
        harm();
        days.pass(Duration.ofHours(3));
        pictures = new Pictures(days.clock());
    }

    /** A disk with a letter that takes most of it, and a picture of more points than can be shown. */
    private static Disk harmed(Vault vault) throws IOException {
        var files = new FileDisk(root.resolve("harmed.img"));
        var wide = new BufferedImage(16_000, 16_000, BufferedImage.TYPE_BYTE_BINARY);
        ImageIO.write(
                wide, "png", root.resolve("harmed.img.content/Pictures/map.png").toFile());
        files.on(days.clock().instant().minus(Duration.ofDays(40)));
        byte[] random = new byte[3 << 20];
        new SplittableRandom(1).nextBytes(random);
        files.write("Documents/letter.txt", HexFormat.of().formatHex(random));
        Disk disk =
                days.console().disks().addImage(new NewImage(files.image(), Optional.of("old-files"), Disk.Role.DATA));
        days.console().vaults().bindings().bind(vault.id(), List.of(disk.id()));
        return disk;
    }

    /** A byte in the middle of the letter changes where it is stored. */
    private static void harm() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("place"))) {
            Path pack = all.filter(path -> path.toString().contains("/data/"))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
            TestHome.flip(pack, Files.size(pack) / 2);
        }
    }

    @AfterAll
    static void close() {
        days.close();
    }

    private static Parent page(Kit kit, Backup of, Consumer<BrowseModel> act) {
        var host = new DialogHost();
        Desk desk = new TestDesk().windowDesk(days.clock(), new ModalDialogs(() -> kit, host));
        var model = new BrowseModel(days.console().files(), days.console().backups(), desk, found -> {}, of.id());
        host.setPage(Framed.around(kit, "disk", own -> BrowseView.of(own, model)));
        Platform.runLater(() -> act.accept(model));
        return host;
    }

    private static void enter(BrowseModel model, String folder, String file) {
        model.folder().go(Optional.of(new FilePath(0, List.of(folder))));
        model.folder().rows().selectedProperty().set(Optional.of("0:/" + folder + "/" + file));
    }

    @Test
    void aTextFits() {
        assertThat(pictures.take(
                        "browse-text", kit -> page(kit, backup, model -> enter(model, "Documents", "notes.txt"))))
                .isEmpty();
    }

    @Test
    void aPictureFits() {
        assertThat(pictures.take(
                        "browse-picture", kit -> page(kit, backup, model -> enter(model, "Pictures", "cat.png"))))
                .isEmpty();
    }

    @Test
    void aPictureThatIsTooLargeSaysSo() {
        assertThat(pictures.take(
                        "browse-large", kit -> page(kit, harmed, model -> enter(model, "Pictures", "map.png"))))
                .isEmpty();
    }

    @Test
    void whatIsDamagedSaysSo() {
        assertThat(pictures.take(
                        "browse-damaged", kit -> page(kit, harmed, model -> enter(model, "Documents", "letter.txt"))))
                .isEmpty();
    }

    @Test
    void aSearchFits() {
        assertThat(pictures.take(
                        "browse-search",
                        kit -> page(
                                kit,
                                backup,
                                model -> model.folder().queryProperty().set("o"))))
                .isEmpty();
    }

    @Test
    void aDiskWithoutFilesSaysWhatIsLeft() {
        assertThat(pictures.take("browse-strange", kit -> page(kit, strange, model -> {})))
                .isEmpty();
    }

    @Test
    void theSheetFits() {
        assertThat(pictures.take(
                        "browse-restore",
                        kit -> page(
                                kit,
                                backup,
                                model -> model.restore(backup, List.of(FilePath.parse("0:/Documents/notes.txt"))))))
                .isEmpty();
    }
}
