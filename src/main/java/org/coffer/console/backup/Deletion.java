package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Deleting backups, and the trash for them (B9, B10, V14). Deleting is one final marker in the vault for each, after
 * which what only they used is collected. The catalog's row goes when the marker is durable.
 */
public final class Deletion implements TaskHandler {
    /** How long backups rest in the trash, in days observed. */
    public static final int TRASH_DAYS = Vaults.TRASH_DAYS;

    private static final String IDS = "backups";

    private final Catalog catalog;
    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Audit audit;
    private final Events events;
    private final Cleaning cleaning;
    private final ConsoleId console;

    /** Deletes {@code backups} through {@code tasks}. */
    public Deletion(
            Catalog catalog,
            Backups backups,
            Vaults vaults,
            Tasks tasks,
            Audit audit,
            Events events,
            Cleaning cleaning,
            Writer writer) {
        this.catalog = catalog;
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.tasks = tasks;
        this.audit = audit;
        this.events = events;
        this.cleaning = cleaning;
        this.console = writer.console();
    }

    /**
     * What deleting some backups would do.
     *
     * @param backups those that would go, newest first
     * @param freesNow bytes that are freed at once; an estimate for several, because they may share blocks
     * @param afterRepacking bytes that are freed besides, by rewriting packs that others use too
     * @param others how many other backups of the same disks can still be restored
     * @param problems why some of them cannot be deleted, by their ID
     */
    public record Preview(
            List<Backup> backups, long freesNow, long afterRepacking, long others, Map<UUID, Problem> problems) {}

    /** Tells beforehand what deleting would do. Reads the vault's maps; may take seconds. */
    public Preview preview(Collection<UUID> ids) {
        List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
        Map<UUID, Problem> problems = new LinkedHashMap<>();
        chosen.forEach(backup -> refusal(backup).ifPresent(problem -> problems.put(backup.id(), problem)));
        long frees = 0;
        long later = 0;
        for (var group : byVault(chosen).entrySet()) {
            List<SessionId> sessions = sessions(group.getValue());
            if (!sessions.isEmpty() && vaults.get(group.getKey()).keyed()) {
                var sizes = vaults.open().get(group.getKey()).sizes(sessions);
                frees += sizes.freedNow();
                later += sizes.afterRepacking() - sizes.freedNow();
            }
        }
        Set<UUID> disks = new HashSet<>();
        chosen.forEach(backup -> disks.add(backup.diskId()));
        long others = 0;
        for (UUID disk : disks) {
            others += backups.count(
                    BackupFilter.ALL.ofDisk(disk).withStatuses(Set.of(BackupStatus.AVAILABLE, BackupStatus.RESTORING)));
        }
        others -= chosen.stream()
                .filter(Backup::restorable)
                .filter(b -> b.trashedAt().isEmpty())
                .count();
        return new Preview(chosen, frees, Math.max(0, later), Math.max(0, others), problems);
    }

    private static Map<UUID, List<Backup>> byVault(List<Backup> chosen) {
        Map<UUID, List<Backup>> groups = new LinkedHashMap<>();
        chosen.forEach(backup -> groups.computeIfAbsent(backup.vaultId(), vault -> new ArrayList<>())
                .add(backup));
        return groups;
    }

    private static List<SessionId> sessions(List<Backup> chosen) {
        return chosen.stream()
                .filter(backup -> backup.status() != BackupStatus.CREATING)
                .flatMap(backup -> backup.session().stream())
                .map(SessionId::of)
                .toList();
    }

    private Optional<Problem> refusal(Backup backup) {
        Vault vault = vaults.get(backup.vaultId());
        Optional<Problem> byVault = VaultAction.DELETE_BACKUP.refusal(vault);
        if (byVault.isPresent()) {
            return byVault;
        }
        return switch (backup.status()) {
            case AVAILABLE, ERROR -> Optional.empty();
            case CREATING, RESTORING, DELETING -> Optional.of(held(backup));
        };
    }

    private void deletable(Backup backup) {
        refusal(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    private Problem held(Backup backup) {
        String task = tasks.list(TaskFilter.ofVault(backup.vaultId()), 0, 50).stream()
                .filter(row -> !row.status().ended())
                .filter(row -> row.subject().backupId().equals(Optional.of(backup.id())))
                .map(row -> row.id().toString().substring(0, 8))
                .findFirst()
                .orElse("-");
        return Problem.of("backup.held", "backup", backup.name(), "task", task);
    }

    /**
     * Deletes backups for ever: one task per vault.
     *
     * @throws ProblemException why one of them cannot be deleted; then none is
     */
    public List<Task> delete(Collection<UUID> ids) {
        List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
        chosen.forEach(this::deletable);
        List<Task> started = new ArrayList<>();
        byVault(chosen).forEach((vault, group) -> started.add(start(vaults.get(vault), group)));
        return started;
    }

    private Task start(Vault vault, List<Backup> group) {
        Backup first = group.getFirst();
        Task task = catalog.transaction(() -> {
            Task row = tasks.create(new NewTask(
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
                            IDS,
                            group.stream().map(backup -> backup.id().toString()).toList())));
            for (Backup backup : group) {
                // Only from the state that was judged: a restore may have begun since.
                if (!store.move(backup.id(), backup.status(), BackupStatus.DELETING)) {
                    throw new ProblemException(held(backup));
                }
            }
            return row;
        });
        group.forEach(backup -> events.publish(new Event.BackupChanged(backup.id())));
        tasks.launch(task);
        return task;
    }

    @Override
    public void run(TaskRun run) {
        UUID vaultId = run.task().subject().vaultId().orElseThrow();
        List<Backup> group = group(run.task());
        try {
            run.work().checkpoint();
            purge(run, vaultId, group);
        } catch (CanceledException e) {
            group(run.task()).forEach(this::spare);
            throw e;
        } catch (RuntimeException e) {
            Problem problem = Problem.from(e);
            for (Backup backup : group(run.task())) {
                store.status(
                        backup.id(),
                        BackupStatus.ERROR,
                        Problem.of("backup.deletion-failed", "backup", backup.name(), "cause", problem.code()));
                events.publish(new Event.BackupChanged(backup.id()));
                audit.failed(AuditEvent.DELETE_BACKUP, Backups.target(backup), problem.code());
            }
            throw e;
        }
        long freed = cleaning.collect(run, vaultId);
        run.outcome("freed", freed);
        run.outcome("count", group.size());
    }

    /** A deletion that was called off before it began leaves its backups as they were. */
    private void spare(Backup backup) {
        boolean whole = backup.finishedAt().isPresent();
        store.status(
                backup.id(),
                whole ? BackupStatus.AVAILABLE : BackupStatus.ERROR,
                whole ? null : Problem.of("backup.interrupted", "backup", backup.name()));
        events.publish(new Event.BackupChanged(backup.id()));
    }

    private void purge(TaskRun run, UUID vaultId, List<Backup> group) {
        run.work().stage(Stage.PUBLISHING);
        for (Backup backup : group) {
            backup.session()
                    .map(SessionId::of)
                    .ifPresent(session -> vaults.open().get(vaultId).purge(console, session));
            store.delete(List.of(backup.id()));
            run.step("deleted", "backup", backup.name());
            audit.succeeded(AuditEvent.DELETE_BACKUP, Backups.target(backup));
            events.publish(new Event.BackupChanged(backup.id()));
        }
        showOldestAsFull(vaultId, group);
    }

    /** When a full backup is deleted the next one is shown as full (B1): it now holds everything from before. */
    private void showOldestAsFull(UUID vaultId, List<Backup> gone) {
        Set<UUID> disks = new HashSet<>();
        gone.forEach(backup -> disks.add(backup.diskId()));
        for (UUID disk : disks) {
            List<Backup> left =
                    store.of(vaultId, disk).stream().filter(Backup::restorable).toList();
            if (!left.isEmpty() && left.getLast().kind() != Kind.FULL) {
                store.kind(left.getLast().id(), Kind.FULL);
                events.publish(new Event.BackupChanged(left.getLast().id()));
            }
        }
    }

    private List<Backup> group(Task task) {
        List<Backup> group = new ArrayList<>();
        if (task.parameters().get(IDS) instanceof List<?> ids) {
            for (Object id : ids) {
                backups.find(UUID.fromString(id.toString())).ifPresent(group::add);
            }
        }
        return group;
    }

    /** A purge that began is finished by the reconciliation; what was not begun goes back to where it was. */
    @Override
    public boolean settle(Task interrupted) {
        List<Backup> left = group(interrupted);
        for (Backup backup : left) {
            store.status(
                    backup.id(),
                    BackupStatus.ERROR,
                    Problem.of("backup.deletion-failed", "backup", backup.name(), "cause", "task.interrupted"));
        }
        return left.isEmpty();
    }

    @Override
    public boolean retryable(Task failed) {
        return !group(failed).isEmpty();
    }

    @Override
    public Task retry(Task failed) {
        return delete(group(failed).stream().map(Backup::id).toList()).getFirst();
    }

    // ---- the trash

    /** Puts backups into the trash: still whole, no longer listed, gone for ever after {@link #TRASH_DAYS} days. */
    public void trash(Collection<UUID> ids) {
        for (UUID id : ids) {
            Backup backup = backups.get(id);
            deletable(backup);
            store.trashed(id, backups.now());
            audit.succeeded(AuditEvent.TRASH_BACKUP, Backups.target(backup));
            events.publish(new Event.BackupChanged(id));
        }
    }

    /** Takes a backup out of the trash. */
    public void restoreFromTrash(UUID id) {
        Backup backup = backups.get(id);
        if (backup.status() == BackupStatus.DELETING) {
            throw new ProblemException(held(backup));
        }
        store.trashed(id, null);
        audit.succeeded(AuditEvent.UNTRASH_BACKUP, Backups.target(backup));
        events.publish(new Event.BackupChanged(id));
    }

    /** Deletes what has rested in the trash long enough. Called from time to time. */
    void emptyTrash(String today) {
        List<UUID> rested = store.trashDay(today, TRASH_DAYS);
        for (List<Backup> group :
                byVault(rested.stream().map(backups::get).toList()).values()) {
            List<UUID> free = group.stream()
                    .filter(backup -> refusal(backup).isEmpty())
                    .map(Backup::id)
                    .toList();
            if (!free.isEmpty()) {
                delete(free);
            }
        }
    }

    /** What becomes of the backups of a disk that is unbound (V14). */
    public enum Fate {
        KEEP,
        TRASH,
        DELETE
    }

    /**
     * Unbinds disks from a vault, and does with their backups as asked. A running backup finishes.
     *
     * @return the task that deletes them, if any are deleted
     */
    public Optional<Task> unbind(UUID vault, List<UUID> disks, Fate fate) {
        List<Backup> theirs = disks.stream()
                .flatMap(disk -> store.of(vault, disk).stream())
                .filter(backup -> backup.status() == BackupStatus.AVAILABLE || backup.status() == BackupStatus.ERROR)
                .filter(backup -> backup.trashedAt().isEmpty())
                .toList();
        if (fate != Fate.KEEP) {
            theirs.forEach(this::deletable);
        }
        vaults.bindings().unbind(vault, disks);
        List<UUID> ids = theirs.stream().map(Backup::id).toList();
        if (fate == Fate.TRASH) {
            trash(ids);
        }
        return fate == Fate.DELETE && !ids.isEmpty() ? Optional.of(delete(ids).getFirst()) : Optional.empty();
    }

    /** Whether a task about this vault has not ended. */
    boolean busy(UUID vault) {
        return tasks.count(new TaskFilter(
                        Set.of(),
                        Set.of(TaskStatus.WAITING, TaskStatus.RUNNING, TaskStatus.PAUSED),
                        Optional.empty(),
                        Optional.of(vault),
                        Optional.empty(),
                        ""))
                > 0;
    }
}
