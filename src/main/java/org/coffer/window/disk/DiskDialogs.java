package org.coffer.window.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Route;

/** The sheets about disks. */
public final class DiskDialogs {
    private final DiskDesk desk;

    /** Sheets that work at {@code desk}. */
    public DiskDialogs(DiskDesk desk) {
        this.desk = desk;
    }

    /** Files that were dropped on the window: each is offered as an image, one after the other until one is cancelled. */
    public void dropped(List<Path> files) {
        for (Path file : files) {
            if (!addImage(Optional.of(file))) {
                return;
            }
        }
    }

    /**
     * Asks for an image file and puts it on the list, then offers to protect it.
     *
     * @return whether one was added
     */
    public boolean addImage(Optional<Path> file) {
        return addImage(
                file,
                disk -> desk.elsewhere()
                        .tell(
                                Sentence.of("disks.image.added", "disk", disk.name()),
                                Optional.of(Act.of(
                                        "disks.protect",
                                        () -> desk.navigator()
                                                .open(new Route(
                                                        DiskDesk.NEW_VAULT,
                                                        Map.of(
                                                                "disks",
                                                                disk.id().toString())))))));
    }

    /** The same for a page that goes on with the disk itself. */
    public boolean addImage(Optional<Path> file, Consumer<Disk> added) {
        var model = new NewImageModel(desk, file);
        var sheet =
                new Sheet(Sentence.of("disks.image.title"), 640, kit -> NewImageView.of(kit, model)).icon(Icon.DISK);
        sheet.act(Act.of(
                "disks.image.add",
                () -> model.add(disk -> {
                    sheet.done();
                    added.accept(disk);
                })));
        return desk.dialogs().show(sheet);
    }
}
