package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vaults;

/** Unbinding disks from vaults together with what becomes of their backups (V14). */
public final class Unbinding {
    private final Backups backups;
    private final BackupStore store;
    private final Deletion deletion;
    private final Vaults vaults;
    private final Leases leases;

    /** What is not kept goes through {@code deletion}, or into its trash. */
    public Unbinding(Backups backups, Deletion deletion, Vaults vaults) {
        this.backups = backups;
        this.store = backups.store();
        this.deletion = deletion;
        this.vaults = vaults;
        this.leases = backups.leases();
    }

    /** What becomes of the backups of a disk that is unbound (V14). */
    public enum Fate {
        KEEP,
        TRASH,
        DELETE
    }

    /**
     * Unbinds disks from a vault, and does with their backups as asked: both or neither. A running backup finishes.
     *
     * @return the task that deletes them, if any are deleted
     */
    public Optional<Task> unbind(UUID vault, List<UUID> disks, Fate fate) {
        List<Backup> theirs = new ArrayList<>();
        Optional<Task> task = leases.take(() -> {
            theirs.addAll(backupsOf(vault, disks));
            if (fate != Fate.KEEP) {
                theirs.forEach(deletion::deletable);
            }
            vaults.bindings().release(vault, disks);
            if (fate == Fate.TRASH) {
                theirs.forEach(backup -> store.trashed(backup.id(), backups.now()));
            }
            return fate == Fate.DELETE && !theirs.isEmpty()
                    ? Optional.of(deletion.begin(vaults.get(vault), theirs, Deletion.Wanted.BY_HAND))
                    : Optional.empty();
        });
        vaults.bindings().released(vault, disks);
        if (fate == Fate.TRASH) {
            deletion.trash().tell(theirs);
        }
        task.ifPresent(row -> deletion.launch(theirs.stream().map(Backup::id).toList(), List.of(row)));
        return task;
    }

    /** How many backups of disks {@link #unbind} keeps or takes away. */
    public int backups(UUID vault, List<UUID> disks) {
        return backupsOf(vault, disks).size();
    }

    private List<Backup> backupsOf(UUID vault, List<UUID> disks) {
        return disks.stream()
                .flatMap(disk -> store.of(vault, disk).stream())
                .filter(backup -> backup.status() != BackupStatus.CREATING && backup.status() != BackupStatus.DELETING)
                .filter(backup -> backup.trashedAt().isEmpty())
                .toList();
    }
}
