package org.coffer.window.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.restore.Undoable;
import org.coffer.console.task.Task;
import org.coffer.machine.Shell;
import org.coffer.window.desk.History;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.opened.OpenDiskListModel;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.opened.OpenDisksTab;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.coffer.window.task.StripModel;
import org.coffer.window.task.TaskListModel;
import org.coffer.window.task.TasksPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the restore dialogs, and fails where words are clipped in either language. */
@Tag("pictures")
class RestorePicturesTest {
    @TempDir
    static Path root;

    private static History history;
    private static Pictures pictures;

    @BeforeAll
    static void twoWeeks() throws Exception {
        history = new History(root);
        history.days().change(history.web(), 2_000_000, 3_000_000);
        pictures = new Pictures(history.clock());
    }

    @AfterAll
    static void close() {
        history.close();
    }

    private static List<String> over(String name, BiConsumer<Desk, Kit> open) {
        return pictures.take(name, kit -> history.hosted(kit, "disk", desk -> own -> new Region(), Optional.of(open)));
    }

    private static RestoreModel model(Desk desk, Way way) {
        return new RestoreModel(
                history.console().restores(),
                history.console().disks(),
                desk,
                history.ofWeb().get(5),
                way);
    }

    private static void show(Desk desk, RestoreModel model) {
        var sheet = new Sheet(
                        Sentence.of(
                                "restore.title",
                                "disk",
                                "web-data",
                                "at",
                                history.ofWeb().get(5).createdAt()),
                        880,
                        kit -> new RestoreView(kit, model))
                .dangerousWhile(model.overwrites());
        sheet.act(Act.of(model.title(), sheet::done).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    @Test
    void theOriginalDiskFits() {
        assertThat(over("restore", (desk, kit) -> {
                    RestoreModel model = model(desk, Way.ORIGINAL);
                    model.compare();
                    show(desk, model);
                }))
                .isEmpty();
    }

    @Test
    void whatStandsInTheWayIsRed() {
        assertThat(over("restore-blocked", (desk, kit) -> {
                    RestoreModel model = model(desk, Way.OTHER_DISK);
                    model.otherProperty()
                            .set(model.disks().stream()
                                    .filter(disk -> disk.role() == Disk.Role.SYSTEM)
                                    .findFirst());
                    show(desk, model);
                }))
                .isEmpty();
    }

    @Test
    void aMountedDiskOffersToBeUnmounted() throws Exception {
        Path file = root.resolve("scratch.img");
        Shell.run("truncate", "-s", "16M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("scratch"));
        Disk mounted = history.console().disks().addImage(new NewImage(file, Optional.of("scratch"), Disk.Role.DATA));
        Shell.run("mount", "-o", "loop", file.toString(), point.toString());
        try {
            assertThat(over("restore-mounted", (desk, kit) -> {
                        RestoreModel model = model(desk, Way.OTHER_DISK);
                        model.otherProperty()
                                .set(model.disks().stream()
                                        .filter(disk -> disk.id().equals(mounted.id()))
                                        .findFirst());
                        show(desk, model);
                    }))
                    .isEmpty();
        } finally {
            Shell.run("umount", point.toString());
            history.console().disks().remove(mounted.id());
        }
    }

    @Test
    void aNewFileFits() {
        assertThat(over(
                        "create-disk",
                        (desk, kit) -> new RestoreSheets(
                                        history.console().restores(),
                                        history.console().files(),
                                        history.console().disks(),
                                        desk)
                                .createDisk(history.ofWeb().get(5))))
                .isEmpty();
    }

    @Test
    void theListOfOtherDisksShowsWhatIsChosen() {
        assertThat(over("restore-other", (desk, kit) -> {
                    RestoreModel model = model(desk, Way.OTHER_DISK);
                    show(desk, model);
                }))
                .isEmpty();
    }

    @Test
    void aNewFileFitsBesideTheOtherWays() {
        assertThat(over("restore-file", (desk, kit) -> {
                    RestoreModel model = model(desk, Way.NEW_FILE);
                    model.file().formatProperty().set(Target.Format.QCOW2);
                    show(desk, model);
                }))
                .isEmpty();
    }

    @Test
    void undoingSaysWhatComesBackAndTheTaskOffersIt() throws Exception {
        var restores = history.console().restores();
        Task begun = restores.start(new NewRestore(history.ofWeb().get(5).id(), new Target.Original(), true));
        Task restore = history.console().tasks().await(begun.id());
        Undoable undoable = restores.undoable(restore.id()).orElseThrow();
        assertThat(over(
                        "restore-undo",
                        (desk, kit) -> new UndoActs(
                                        restores,
                                        history.console().disks(),
                                        history.console().files(),
                                        desk)
                                .undo(undoable.safetyCopy())))
                .isEmpty();
        assertThat(pictures.take(
                        "restore-task", kit -> history.framed(kit, "tasks", desk -> own -> tasks(own, desk, restore))))
                .isEmpty();
    }

    private static Node tasks(Kit kit, Desk desk, Task restore) {
        var console = history.console();
        var undoing = new UndoActs(console.restores(), console.disks(), console.files(), desk);
        var model = new TaskListModel(console.tasks(), console.events(), desk, undoing, Optional.empty());
        model.refresh();
        model.toggle(restore);
        var strip = new StripModel(console.tasks(), console.events(), new TestDesk().desk(history.clock()), () -> true);
        var sheets = new OpenDiskSheets(console.openDisks(), console.events(), desk);
        var opened = new OpenDiskListModel(console.openDisks(), console.events(), desk, sheets, id -> {});
        return new TasksPage(model, strip, OpenDisksTab.over(opened), Optional.empty()).view(kit);
    }
}
