package org.coffer.window.opened;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Shell;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Framed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of everything about open disks, and fails where words are clipped in either language. */
@Tag("pictures")
class OpenDiskPicturesTest {
    @TempDir
    static Path root;

    private static Days days;
    private static Pictures pictures;
    private static Backup backup;
    private static OpenDisk mounted;
    private static OpenDisk writable;

    @BeforeAll
    static void fourDisks() throws Exception {
        days = new Days(root, Instant.parse("2026-11-20T18:00:00Z"));
        pictures = new Pictures(days.clock());
        Path image = root.resolve("web.img");
        Files.createDirectories(root.resolve("files/Documents"));
        Shell.run("truncate", "-s", "12M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-d", root.resolve("files").toString(), image.toString());
        Disk web = days.console().disks().addImage(new NewImage(image, Optional.of("web-data"), Disk.Role.DATA));
        Disk mail = days.image("邮件存储", 2, Disk.Role.DATA);
        Vault vault = days.vault("vault_f61e", web, mail);
        backup = days.backup(days.backUp(vault, web, "before_release_3-2"));
        Backup second = days.backup(days.backUp(vault, web, "manualbk_d819"));
        Backup weekly = days.backup(days.backUp(vault, mail, "每周备份_12"));
        mounted = open(backup, false, new NewOpening.Address.Anywhere());
        days.console().openDisks().mount(mounted.id(), Optional.empty());
        writable = open(second, true, new NewOpening.Address.Port(0));
        days.console()
                .openDisks()
                .close(open(weekly, true, new NewOpening.Address.Anywhere()).id(), true);
        damaged(open(weekly, false, new NewOpening.Address.Anywhere()));
    }

    /** One that met a damaged block. */
    private static void damaged(OpenDisk disk) throws Exception {
        Path home = days.console().locations().list().getFirst().folder().orElseThrow();
        List<Path> packs;
        try (var all = Files.walk(home)) {
            packs = all.filter(path -> path.toString().contains("/data/") && Files.isRegularFile(path))
                    .toList();
        }
        for (Path pack : packs) {
            Files.move(pack, pack.resolveSibling("away"));
        }
        Shell.attempt("nbdcopy", disk.uri().orElseThrow(), root.resolve("copy").toString());
        for (Path pack : packs) {
            Files.move(pack.resolveSibling("away"), pack);
        }
    }

    @AfterAll
    static void close() {
        days.close();
    }

    private static OpenDisk open(Backup what, boolean write, NewOpening.Address address) {
        return days.console().openDisks().open(new NewOpening(what.id(), write, address));
    }

    private static OpenDiskSheets sheets(Desk desk) {
        return new OpenDiskSheets(
                days.console().openDisks(), days.console().events(), desk, new Recipes(Recipes.Family.LINUX));
    }

    private static Function<Kit, Node> page(Desk desk) {
        var model = new OpenDiskListModel(
                days.console().openDisks(), days.console().events(), desk, sheets(desk), id -> {});
        var tab = OpenDisksTab.over(model);
        return kit -> new PageFrame(kit, "tasks.title").tabs(new SimpleObjectProperty<>(tab.id()), List.of(tab));
    }

    private static Parent hosted(Kit kit, Optional<BiConsumer<Desk, Kit>> open) {
        var host = new DialogHost();
        var desk = new TestDesk().windowDesk(days.clock(), new ModalDialogs(() -> kit, host));
        host.setPage(Framed.around(kit, "tasks", page(desk)));
        open.ifPresent(opens -> Platform.runLater(() -> opens.accept(desk, kit)));
        return host;
    }

    private static List<String> over(String name, BiConsumer<Desk, Kit> open) {
        return pictures.take(name, kit -> hosted(kit, Optional.of(open)));
    }

    @Test
    void theListFits() {
        assertThat(pictures.take("opened", kit -> hosted(kit, Optional.empty())))
                .isEmpty();
    }

    @Test
    void howToOpenFits() {
        assertThat(over("opened-open", (desk, kit) -> sheets(desk).open(backup)))
                .isEmpty();
    }

    @Test
    void anOpenDiskShowsItsAddressItsFilesAndLinesToCopy() {
        assertThat(over(
                        "opened-disk",
                        (desk, kit) ->
                                sheets(desk).show(days.console().openDisks().get(mounted.id()))))
                .isEmpty();
    }

    @Test
    void aWritableOneOnAPortFits() {
        assertThat(over(
                        "opened-writable",
                        (desk, kit) ->
                                sheets(desk).show(days.console().openDisks().get(writable.id()))))
                .isEmpty();
    }

    @Test
    void closingAWritableOneAsksAboutItsChanges() {
        assertThat(over(
                        "opened-close",
                        (desk, kit) ->
                                sheets(desk).close(days.console().openDisks().get(writable.id()))))
                .isEmpty();
    }
}
