package org.coffer.console.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Kept;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Deletes backups: one final marker in the vault for each, after which what only they used is collected. The catalog's row goes
 * when the marker is durable. What a rule wants gone is judged again right before each goes.
 */
final class DeletionWork implements TaskHandler {
    /** The parameter of a task that deletes what nobody asked it to but a rule. */
    static final String BY_RULE = "by-rule";
    /** The parameter of one that empties the trash. */
    static final String RESTED = "rested";
    /** The parameter that names those which lay in the trash, by their IDs, and since when. */
    static final String TRASHED = "trashed";

    private final Deletion deletion;
    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Audit audit;
    private final Events events;
    private final Cleaning cleaning;
    private final Leases leases;
    private final Reconciler reconciler;

    DeletionWork(
            Deletion deletion,
            Backups backups,
            Vaults vaults,
            Audit audit,
            Events events,
            Cleaning cleaning,
            Reconciler reconciler) {
        this.deletion = deletion;
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.audit = audit;
        this.events = events;
        this.cleaning = cleaning;
        this.leases = backups.leases();
        this.reconciler = reconciler;
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
            System.getLogger(DeletionWork.class.getName())
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

    /** Where somebody asked for it, it is in error and can be deleted again; where a rule or the trash did, they will again. */
    private void undeleted(Task task, Backup backup, Problem problem) {
        audit.failed(AuditEvent.DELETE_BACKUP, Backups.target(backup), problem.code());
        if (byRule(task) || rested(task) || problem.code().equals("lock.backup")) {
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

    private static boolean rested(Task task) {
        return Boolean.TRUE.equals(task.parameters().get(RESTED));
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
        boolean rested = rested(run.task());
        if (rule.isPresent() || rested) {
            // Who took the vault over may have decided otherwise; where nobody can tell, nothing goes.
            vaults.lookAtOwner(vaultId);
        }
        Set<UUID> together = group.stream().map(Backup::id).collect(Collectors.toCollection(HashSet::new));
        int gone = 0;
        for (Backup backup : group) {
            if (rule.filter(due -> !due.get().still(backup, together)).isPresent()
                    || (rested && !backups.get(backup.id()).madeHere())) {
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

    /**
     * What a rule let go goes only if a rule still does, and what lay in the trash only if nobody took it out since: nobody
     * asked for more.
     */
    @Override
    public Task retry(Task failed) {
        if (byRule(failed)) {
            return letGoAgain(failed);
        }
        Kept trashed = new Kept(new Kept(failed.parameters()).inner(TRASHED));
        boolean rested = rested(failed);
        List<UUID> again = new ArrayList<>();
        Task row = leases.take(() -> {
            List<Backup> group = group(failed).stream()
                    .filter(backup -> restsAsThen(backup, trashed))
                    .filter(backup -> !rested || deletion.trash().sweeps(backup))
                    .toList();
            if (group.isEmpty()) {
                throw new ProblemException(Problem.of(
                        "backup.taken-back", "backup", failed.subject().name()));
            }
            group.forEach(deletion::deletable);
            group.forEach(backup -> again.add(backup.id()));
            return deletion.begin(
                    vaults.get(group.getFirst().vaultId()),
                    group,
                    rested ? Deletion.Wanted.RESTED : Deletion.Wanted.BY_HAND);
        });
        deletion.launch(again, List.of(row));
        return row;
    }

    /** Whether a backup that lay in the trash has lain there ever since: put there again, it rests anew. */
    private static boolean restsAsThen(Backup backup, Kept trashed) {
        Optional<Instant> then = trashed.moment(backup.id().toString());
        return then.isEmpty() || then.equals(backup.trashedAt());
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
                    .flatMap(backup -> deletion.refusal(backup).stream())
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new ProblemException(problem);
                    });
            group.forEach(backup -> again.add(backup.id()));
            return deletion.begin(vaults.get(vault), group, Deletion.Wanted.BY_RULE);
        });
        deletion.launch(again, List.of(row));
        return row;
    }
}
