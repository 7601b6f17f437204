package org.coffer.window.restore;

import org.coffer.console.backup.Backup;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Restores;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Desk;

/** Opens the dialogs that bring a backup back. */
public final class RestoreSheets {
    private static final double WIDE = 880;
    private static final double FORM = 640;

    private final Restores restores;
    private final Disks disks;
    private final Desk desk;
    private final UndoActs undoing;

    /** Dialogs that restore through {@code restores} onto {@code disks}. */
    public RestoreSheets(Restores restores, BackupFiles files, Disks disks, Desk desk) {
        this.restores = restores;
        this.disks = disks;
        this.desk = desk;
        this.undoing = new UndoActs(restores, disks, files, desk);
    }

    /** What can be done with restores that ended. */
    public UndoActs undoing() {
        return undoing;
    }

    /** Restores onto the original disk, another disk, or into a new file. */
    public void restore(Backup backup) {
        var model = new RestoreModel(restores, disks, desk, backup, Way.ORIGINAL);
        var sheet = new Sheet(
                        Sentence.of("restore.title", "disk", backup.diskName(), "at", backup.createdAt()),
                        WIDE,
                        kit -> new RestoreView(kit, model))
                .icon(Icon.RESTORE)
                .dangerousWhile(model.overwrites());
        show(sheet, model);
    }

    /** Writes a new disk file; nothing is overwritten. */
    public void createDisk(Backup backup) {
        var model = new RestoreModel(restores, disks, desk, backup, Way.NEW_FILE);
        var sheet = new Sheet(
                        Sentence.of("restore.create.title", "disk", backup.diskName(), "at", backup.createdAt()),
                        FORM,
                        kit -> new CreateDiskView(kit, model))
                .icon(Icon.DISK);
        show(sheet, model);
    }

    private void show(Sheet sheet, RestoreModel model) {
        sheet.act(Act.of(model.title(), () -> model.start(sheet::done)).unless(model.whyNot()));
        boolean begun = desk.dialogs().show(sheet);
        model.cancelComparison();
        if (!begun) {
            model.putBack();
        }
    }
}
