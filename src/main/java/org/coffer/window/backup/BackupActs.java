package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Origin;
import org.coffer.console.backup.Replicas;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;

/** What can be done with one backup, the same in every list and on its page. */
public final class BackupActs {
    /** The page with the files of a backup. */
    private static final String BROWSE = "files";

    private final BackupServices services;
    private final Desk desk;
    private final RestoreSheets restores;
    private final OpenDiskSheets opened;
    private final BackupSheets sheets;

    /** Acts that open {@code restores}, {@code opened} and their own dialogs. */
    public BackupActs(BackupServices services, Desk desk, RestoreSheets restores, OpenDiskSheets opened) {
        this.services = services;
        this.desk = desk;
        this.restores = restores;
        this.opened = opened;
        this.sheets = new BackupSheets(services, desk);
    }

    /** The dialogs about backups. */
    public BackupSheets sheets() {
        return sheets;
    }

    /** Opens a backup's page. */
    public void open(Backup backup) {
        desk.navigator().open(Route.to(BackupPage.ID, backup.id().toString()));
    }

    /** All acts, commonest first; in the trash only those that lead out of it. */
    public List<Act> of(Backup backup) {
        if (backup.trashedAt().isPresent()) {
            return List.of(takeBack(backup), delete(backup));
        }
        var acts = new ArrayList<Act>();
        acts.add(restore(backup));
        if (backup.origin() == Origin.SAFETY_COPY) {
            acts.add(undo(backup));
        }
        acts.add(Act.of(
                        "backups.browse",
                        () -> desk.navigator().open(Route.to(BROWSE, backup.id().toString())))
                .with(Icon.FILE_SYSTEM)
                .unless(unrestorable(backup)));
        acts.add(openAsDisk(backup));
        acts.add(Act.of("backups.create-disk", () -> restores.createDisk(backup))
                .with(Icon.DISK)
                .unless(unrestorable(backup)));
        acts.add(replicate(backup));
        acts.add(verify(backup));
        acts.add(edit(backup));
        acts.add(Act.of("backups.again", () -> sheets.backUp(Optional.of(backup.vaultId()), Set.of(backup.diskId())))
                .with(Icon.BACKUP));
        acts.add(delete(backup));
        return acts;
    }

    /** Opens the restore dialog. */
    public Act restore(Backup backup) {
        return Act.of("backups.restore", () -> restores.restore(backup))
                .with(Icon.RESTORE)
                .unless(unrestorable(backup));
    }

    /** Undoes the restore that this safety copy was made for. */
    private Act undo(Backup copy) {
        return Act.of("restore.undo", () -> restores.undoing().undo(copy))
                .with(Icon.RESTORE)
                .unless(unrestorable(copy));
    }

    /** Opens it as a disk. */
    public Act openAsDisk(Backup backup) {
        return Act.of("backups.open-as-disk", () -> opened.open(backup))
                .with(Icon.OPEN)
                .unless(unrestorable(backup));
    }

    /** Copies it to another location; whether that is possible, and why not, the dialog says of each vault. */
    Act replicate(Backup backup) {
        return Act.of("backups.replicate", () -> sheets.replicate(backup))
                .with(Icon.COPY)
                .unless(Replicas.unfit(backup).map(Sentence::explaining));
    }

    /** Checks it without restoring it. */
    public Act verify(Backup backup) {
        return Act.of("backups.verify", () -> sheets.verify(backup))
                .with(Icon.VERIFY)
                .unless(backup.checkable() ? Optional.empty() : Optional.of(unfinished(backup)));
    }

    /** Changes name and description. */
    public Act edit(Backup backup) {
        return Act.of("backups.edit", () -> sheets.edit(backup)).with(Icon.EDIT);
    }

    /** Deletes it. */
    public Act delete(Backup backup) {
        boolean possible = backup.status() == BackupStatus.AVAILABLE || backup.status() == BackupStatus.ERROR;
        return Act.of(
                        backup.trashedAt().isPresent() ? "backups.delete.for-ever" : "backups.delete",
                        () -> sheets.delete(backup))
                .with(Icon.DELETE)
                .asDangerous()
                .unless(possible ? Optional.empty() : Optional.of(Sentence.of("backups.why.busy")));
    }

    private Act takeBack(Backup backup) {
        return Act.of(
                        "backups.take-back",
                        () -> desk.background()
                                .act(() -> services.deletion().trash().takeBack(backup.id()))
                                .start())
                .with(Icon.BACK);
    }

    private static Optional<Sentence> unrestorable(Backup backup) {
        if (backup.trashedAt().isPresent()) {
            return Optional.of(Sentence.of("backups.why.trashed"));
        }
        if (backup.restorable()) {
            return Optional.empty();
        }
        return Optional.of(unfinished(backup));
    }

    private static Sentence unfinished(Backup backup) {
        return backup.problem()
                .map(Sentence::explaining)
                .orElse(Sentence.of(
                        backup.status() == BackupStatus.CREATING ? "backups.why.creating" : "backups.why.deleting"));
    }
}
