package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
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

    /** For so long taking a backup out of the trash undoes what was just done, and leaves nothing of it. */
    private static final Duration UNDO = Duration.ofMinutes(1);
    /** The parameter of a task that deletes what nobody asked it to but a rule. */
    private static final String BY_RULE = "by-rule";

    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Audit audit;
    private final Events events;
    private final Cleaning cleaning;
    private final Leases leases;
    private final Reconciler reconciler;

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
        this.audit = audit;
        this.events = events;
        this.cleaning = cleaning;
        this.leases = backups.leases();
        this.reconciler = reconciler;
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

    private void deletable(Backup backup) {
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
            byVault(chosen).forEach((vault, group) -> rows.add(begin(vaults.get(vault), group, false)));
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
    Task begin(Vault vault, List<Backup> group, boolean byRule) {
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
                        BY_RULE,
                        byRule)));
    }

    @Override
    public void run(TaskRun run) {
        UUID vaultId = run.task().subject().vaultId().orElseThrow();
        List<Backup> group = group(run.task());
        int gone;
        try {
            run.work().checkpoint();
            gone = purge(
                    run, vaultId, group, byRule(run.task()) ? Optional.of(backups.aftercare()::due) : Optional.empty());
        } catch (CanceledException e) {
            beingDeleted(group).forEach(this::spare);
            throw e;
        } catch (RuntimeException e) {
            beingDeleted(group).forEach(backup -> undeleted(run.task(), backup, Problem.from(e)));
            throw e;
        }
        long freed = cleaning.collect(run, vaultId);
        run.outcome("freed", freed);
        run.outcome("count", gone);
    }

    /** Inside a task that goes on afterwards: what cannot be deleted now stays as it was, and is no failure of that task. */
    void purge(TaskRun run, UUID vault, List<Backup> group, Supplier<Due> rule) {
        try {
            purge(run, vault, group, Optional.of(rule));
        } catch (RuntimeException e) {
            beingDeleted(group).forEach(this::spare);
            run.work().throwIfStopped();
            System.getLogger(Deletion.class.getName())
                    .log(System.Logger.Level.WARNING, "letting backups of vault " + vault + " go", e);
        }
    }

    /** Those of some backups that were neither deleted nor spared yet. */
    private List<Backup> beingDeleted(List<Backup> group) {
        return group.stream()
                .flatMap(backup -> backups.find(backup.id()).stream())
                .filter(backup -> backup.status() == BackupStatus.DELETING)
                .toList();
    }

    /** Where somebody asked for it, it is in error and can be deleted again; where a rule did, the rule will again. */
    private void undeleted(Task task, Backup backup, Problem problem) {
        audit.failed(AuditEvent.DELETE_BACKUP, Backups.target(backup), problem.code());
        if (byRule(task) || problem.code().equals("lock.backup")) {
            spare(backup); // As it was, so that its rule still lets it go.
            return;
        }
        store.status(
                backup.id(),
                BackupStatus.ERROR,
                Problem.of("backup.deletion-failed", "backup", backup.name(), "cause", problem.code()));
        events.publish(new Event.BackupChanged(backup.id()));
    }

    private static boolean byRule(Task task) {
        return Boolean.TRUE.equals(task.parameters().get(BY_RULE));
    }

    /** A deletion that was called off before it began leaves its backups as they were. */
    private void spare(Backup backup) {
        if (backup.finishedAt().isPresent()) {
            store.sound(backup.id());
        } else {
            Problem why = backup.problem().orElseGet(() -> Problem.of("backup.interrupted", "backup", backup.name()));
            store.status(backup.id(), BackupStatus.ERROR, why);
        }
        events.publish(new Event.BackupChanged(backup.id()));
    }

    /** Deletes one after the other, each only if the rule that wants it gone still does; says how many went. */
    private int purge(TaskRun run, UUID vaultId, List<Backup> group, Optional<Supplier<Due>> rule) {
        run.work().stage(Stage.PUBLISHING, 0, 0);
        Set<UUID> together = group.stream().map(Backup::id).collect(Collectors.toCollection(HashSet::new));
        int gone = 0;
        for (Backup backup : group) {
            if (rule.filter(due -> !due.get().still(backup, together)).isPresent()) {
                spare(backup);
                run.step("spared", "backup", backup.name());
            } else {
                purge(vaultId, backup, rule.isPresent());
                run.step("deleted", "backup", backup.name());
                gone++;
            }
            together.remove(backup.id());
        }
        return gone;
    }

    private void purge(UUID vaultId, Backup backup, boolean byRule) {
        // What is in the trash of a locked vault was put there before it was locked.
        boolean expired = byRule || backup.trashedAt().isPresent();
        backup.session().map(SessionId::of).ifPresent(session -> {
            if (expired) {
                cleaning.expire(vaultId, session);
            } else {
                cleaning.purge(vaultId, session);
            }
        });
        store.delete(List.of(backup.id()));
        audit.succeeded(AuditEvent.DELETE_BACKUP, Backups.target(backup));
        events.publish(new Event.BackupChanged(backup.id()));
    }

    private List<Backup> group(Task task) {
        List<Backup> group = new ArrayList<>();
        if (task.parameters().get(Leases.BACKUPS) instanceof List<?> ids) {
            for (Object id : ids) {
                backups.find(UUID.fromString(id.toString())).ifPresent(group::add);
            }
        }
        return group;
    }

    /**
     * Where a process died, the vault tells what became of each backup: purged, it goes from the catalog too; whole, it is
     * available again. As long as the vault cannot be asked they are in error, and the next opening judges.
     */
    @Override
    public boolean settle(Task interrupted) {
        for (Backup backup : group(interrupted)) {
            store.status(
                    backup.id(),
                    BackupStatus.ERROR,
                    Problem.of("backup.deletion-failed", "backup", backup.name(), "cause", "task.interrupted"));
        }
        interrupted.subject().vaultId().ifPresent(reconciler::lookAgain);
        return group(interrupted).isEmpty();
    }

    @Override
    public boolean retryable(Task failed) {
        return !group(failed).isEmpty();
    }

    /** What a rule let go goes only if a rule still does: nobody asked for more. */
    @Override
    public Task retry(Task failed) {
        return byRule(failed)
                ? letGoAgain(failed)
                : delete(group(failed).stream().map(Backup::id).toList()).getFirst();
    }

    private Task letGoAgain(Task failed) {
        UUID vault = failed.subject().vaultId().orElseThrow();
        reconciler.reconcile(vault); // A run that seems to have failed may be there after all.
        Due due = backups.aftercare().due();
        List<UUID> again = new ArrayList<>();
        Task row = leases.take(() -> {
            List<UUID> still = due.of(vault);
            List<Backup> group = group(failed).stream()
                    .filter(backup -> still.contains(backup.id()))
                    .toList();
            if (group.isEmpty()) {
                throw new ProblemException(
                        Problem.of("backup.not-due", "backup", failed.subject().name()));
            }
            group.stream()
                    .flatMap(backup -> refusal(backup).stream())
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new ProblemException(problem);
                    });
            group.forEach(backup -> again.add(backup.id()));
            return begin(vaults.get(vault), group, true);
        });
        launch(again, List.of(row));
        return row;
    }

    // ---- the trash

    /**
     * Puts backups into the trash: still whole, no longer listed, gone for ever after {@link #TRASH_DAYS} days unless one
     * is the last good backup of its disk.
     *
     * @throws ProblemException why one of them cannot be deleted; then all stay
     */
    public void trash(Collection<UUID> ids) {
        List<Backup> gone = leases.take(() -> {
            List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
            chosen.forEach(this::deletable);
            chosen.forEach(backup -> store.trashed(backup.id(), backups.now()));
            return chosen;
        });
        tellTrashed(gone);
    }

    private void tellTrashed(List<Backup> gone) {
        for (Backup backup : gone) {
            audit.succeeded(AuditEvent.TRASH_BACKUP, Backups.target(backup));
            events.publish(new Event.BackupChanged(backup.id()));
        }
        gone.stream().map(Backup::vaultId).distinct().forEach(vaults::describe);
    }

    /**
     * Takes a backup out of the trash. Who does that wants it: no count of its policy takes it in again, and a date that came
     * meanwhile is taken away, so that it stays until somebody deletes it. Only who changes his mind at once finds everything as
     * it was. While the clock is not believed a date comes as it does for the rules.
     *
     * @throws ProblemException {@code backup.held} while it is being deleted
     */
    public void restoreFromTrash(UUID id) {
        TrustedTime.Reading reading = backups.time().read();
        Backup backup = leases.take(() -> {
            Backup found = backups.get(id);
            leases.backup(found).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            store.takenBack(id);
            if (!justTrashed(found, reading.now())) {
                store.left(id);
                takeDate(found, reading);
            }
            return found;
        });
        audit.succeeded(AuditEvent.UNTRASH_BACKUP, Backups.target(backup));
        events.publish(new Event.BackupChanged(id));
        vaults.describe(backup.vaultId());
    }

    /** One that was put there under a clock that was ahead may have been there for long. */
    private static boolean justTrashed(Backup backup, Instant now) {
        return backup.trashedAt()
                .filter(at -> !at.isBefore(now.minus(UNDO)) && !at.isAfter(now))
                .isPresent();
    }

    /** Takes the date of a backup away, if it came. */
    void takeDate(Backup backup, TrustedTime.Reading reading) {
        if (backup.expiresAt()
                .filter(at -> !at.isAfter(reading.judging(backup.createdAt())))
                .isPresent()) {
            store.expires(backup.id(), null);
        }
    }

    /**
     * Deletes what has rested in the trash long enough, but never the last good backup of a disk, nor what another console made
     * that still keeps the vault: it may have taken that back meanwhile.
     */
    void emptyTrash(String today) {
        List<Backup> gone = new ArrayList<>();
        List<Task> started = leases.take(() -> {
            store.trashDay(today, TRASH_DAYS).stream()
                    .flatMap(id -> backups.find(id).stream())
                    .filter(backup -> refusal(backup).isEmpty())
                    .filter(backup -> !isLastGood(backup))
                    .filter(backup -> backup.madeHere() || !vaults.beside(backup.vaultId()))
                    .forEach(gone::add);
            List<Task> rows = new ArrayList<>();
            byVault(gone).forEach((vault, group) -> rows.add(begin(vaults.get(vault), group, false)));
            return rows;
        });
        launch(gone.stream().map(Backup::id).toList(), started);
    }

    /** Whether a vault in the trash holds the last good backup of some disk. */
    boolean holdsLastGood(UUID vault) {
        return store.ofVault(vault).stream().anyMatch(this::isLastGood);
    }

    private boolean isLastGood(Backup backup) {
        return backups.lists().lastGoodInTrash(backup.diskId()).equals(Optional.of(backup.id()));
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
                theirs.forEach(this::deletable);
            }
            vaults.bindings().release(vault, disks);
            if (fate == Fate.TRASH) {
                theirs.forEach(backup -> store.trashed(backup.id(), backups.now()));
            }
            return fate == Fate.DELETE && !theirs.isEmpty()
                    ? Optional.of(begin(vaults.get(vault), theirs, false))
                    : Optional.empty();
        });
        vaults.bindings().released(vault, disks);
        if (fate == Fate.TRASH) {
            tellTrashed(theirs);
        }
        task.ifPresent(row -> {
            theirs.forEach(backup -> events.publish(new Event.BackupChanged(backup.id())));
            tasks.launch(row);
        });
        return task;
    }

    private List<Backup> backupsOf(UUID vault, List<UUID> disks) {
        return disks.stream()
                .flatMap(disk -> store.of(vault, disk).stream())
                .filter(backup -> backup.status() != BackupStatus.CREATING && backup.status() != BackupStatus.DELETING)
                .filter(backup -> backup.trashedAt().isEmpty())
                .toList();
    }
}
