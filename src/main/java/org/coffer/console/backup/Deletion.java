package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Deleting backups (B9, B10): what it would do, why it cannot be done, and the tasks that {@link DeletionWork} carries out. */
public final class Deletion {
    /** Who wants backups gone, which says when they are judged again. */
    enum Wanted {
        /** Somebody asked for it. */
        BY_HAND,
        /** A rule lets them go: each goes only if the rule still does. */
        BY_RULE,
        /** They rested in the trash long enough. */
        RESTED
    }

    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Events events;
    private final Leases leases;
    private final BackupTrash trash;
    private final DeletionWork work;

    /** Deletes {@code backups} through {@code tasks}. */
    public Deletion(
            Backups backups,
            Vaults vaults,
            Tasks tasks,
            Audit audit,
            Events events,
            Cleaning cleaning,
            Reconciler reconciler) {
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.tasks = tasks;
        this.events = events;
        this.leases = backups.leases();
        this.work = new DeletionWork(this, backups, vaults, audit, events, cleaning, reconciler);
        this.trash = new BackupTrash(backups, this, vaults, audit, events);
    }

    /** What carries its tasks out. */
    DeletionWork work() {
        return work;
    }

    /** Where backups rest from which somebody may take them back. */
    public BackupTrash trash() {
        return trash;
    }

    /**
     * What deleting some backups would do.
     *
     * @param backups those that would go, newest first
     * @param frees what would be freed; empty if damage in the vault keeps it from being counted
     * @param others how many other good backups of the same disks remain outside the trash
     * @param problems why some of them cannot be deleted, by their ID
     */
    public record Preview(List<Backup> backups, Optional<Frees> frees, long others, Map<UUID, Problem> problems) {}

    /**
     * What deleting would free.
     *
     * @param now bytes that are freed at once; an estimate for several, because they may share blocks
     * @param afterRepacking bytes that are freed besides, by rewriting packs that others use too
     */
    public record Frees(long now, long afterRepacking) {}

    /** Tells beforehand what deleting would do. Reads the vault's maps; may take seconds. */
    public Preview preview(Collection<UUID> ids) {
        List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
        Map<UUID, Problem> problems = new LinkedHashMap<>();
        chosen.forEach(backup -> byHand(backup).ifPresent(problem -> problems.put(backup.id(), problem)));
        return new Weighing(backups, vaults).weigh(chosen, problems);
    }

    static Map<UUID, List<Backup>> byVault(List<Backup> chosen) {
        Map<UUID, List<Backup>> groups = new LinkedHashMap<>();
        chosen.forEach(backup -> groups.computeIfAbsent(backup.vaultId(), vault -> new ArrayList<>())
                .add(backup));
        return groups;
    }

    Optional<Problem> refusal(Backup backup) {
        Vault vault = vaults.get(backup.vaultId());
        return VaultAction.DELETE_BACKUP.refusal(vault).or(() -> leases.backup(backup));
    }

    private Optional<Problem> byHand(Backup backup) {
        return RetentionHold.ofBackup(vaults.get(backup.vaultId()), backup).or(() -> refusal(backup));
    }

    /** Throws why a backup cannot be deleted by hand. */
    void deletable(Backup backup) {
        byHand(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    /**
     * Deletes backups for ever: one task per vault.
     *
     * @throws ProblemException why one of them cannot be deleted; then none is
     */
    public List<Task> delete(Collection<UUID> ids) {
        List<Task> started = leases.take(() -> {
            List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
            chosen.forEach(this::deletable);
            List<Task> rows = new ArrayList<>();
            byVault(chosen).forEach((vault, group) -> rows.add(begin(vaults.get(vault), group, Wanted.BY_HAND)));
            return rows;
        });
        launch(ids, started);
        return started;
    }

    void launch(Collection<UUID> touched, List<Task> started) {
        touched.forEach(id -> events.publish(new Event.BackupChanged(id)));
        started.forEach(tasks::launch);
    }

    /** In the transaction of an act: from now on nobody else works with it. */
    void holdOn(Backup backup) {
        store.move(backup.id(), backup.status(), BackupStatus.DELETING);
    }

    /** In the transaction of an act: writes the task that deletes backups; {@link #launch} after it. */
    Task begin(Vault vault, List<Backup> group, Wanted wanted) {
        Backup first = group.getFirst();
        group.forEach(this::holdOn);
        return tasks.create(new NewTask(
                TaskType.DELETE,
                new Task.Subject(
                        group.size() == 1 ? first.name() : first.name() + " +" + (group.size() - 1),
                        Optional.of(vault.id()),
                        vault.name(),
                        Optional.of(first.diskId()),
                        first.diskName(),
                        group.size() == 1 ? Optional.of(first.id()) : Optional.empty(),
                        Optional.of(vault.locationId())),
                Map.of(
                        Leases.BACKUPS,
                        group.stream().map(backup -> backup.id().toString()).toList(),
                        DeletionWork.BY_RULE,
                        wanted == Wanted.BY_RULE,
                        DeletionWork.RESTED,
                        wanted == Wanted.RESTED,
                        DeletionWork.TRASHED,
                        trashed(group))));
    }

    private static Map<String, Object> trashed(List<Backup> group) {
        Map<String, Object> since = new LinkedHashMap<>();
        group.forEach(backup ->
                backup.trashedAt().ifPresent(at -> since.put(backup.id().toString(), at.toString())));
        return since;
    }
}
