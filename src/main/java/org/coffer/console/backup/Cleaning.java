package org.coffer.console.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
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
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.CollectReport;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Damage;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Sizes;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Frees what no backup uses any more, and counts anew what each backup alone holds.
 *
 * <p>What runs of this home left behind that died is brought to its end first (rule 6 of the vault's protocol), because
 * the collector waits for every session that has not ended. Those that really run it cannot wait for here; so it is run
 * again by itself once nothing is being backed up into that vault any more.
 */
public final class Cleaning implements TaskHandler {
    private static final System.Logger LOG = System.getLogger(Cleaning.class.getName());

    private static final String LATER = "later";

    private static final int MOST_NAMED = 5;

    private final Backups backups;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Audit audit;
    private final Writer writer;
    private final HeldRuns held;
    private final Retaining retaining;
    /** Vaults in which something is left to free when the running backups have ended. */
    private final Set<UUID> unfinished = ConcurrentHashMap.newKeySet();

    /** Cleans {@code vaults} through {@code tasks}. */
    public Cleaning(Backups backups, Vaults vaults, Tasks tasks, Audit audit, Writer writer) {
        this.backups = backups;
        this.vaults = vaults;
        this.tasks = tasks;
        this.audit = audit;
        this.writer = writer;
        this.held = new HeldRuns(backups);
        this.retaining = new Retaining(backups, vaults);
        tasks.register(TaskType.CLEAN_UP, this);
    }

    /** From now on settles each vault when it is opened, and finishes by itself what had to wait. */
    public void listen(Events events) {
        vaults.open().onOpen(this::settle);
        events.subscribe(event -> {
            if (event instanceof Event.TaskChanged(UUID task) && !unfinished.isEmpty()) {
                tasks.find(task)
                        .filter(ended -> ended.type() != TaskType.CLEAN_UP
                                && ended.status().ended())
                        .flatMap(ended -> ended.subject().vaultId())
                        .ifPresent(this::goOn);
            }
        });
    }

    /**
     * Ends the sessions that died with earlier processes of this home. A vault that cannot be written is left as it is:
     * reading does not need it.
     */
    private void settle(UUID vault) {
        if (VaultAction.COLLECT.refusal(vaults.get(vault)).isPresent()) {
            return;
        }
        try {
            writer.settle(vault);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "settling what was left in vault " + vault, e);
        }
    }

    /** Cleans up again what had to wait, as soon as no backup runs in that vault. */
    private void goOn(UUID vault) {
        if (!beingWritten(vault) && unfinished.remove(vault)) {
            try {
                launch(vaults.allowed(vault, VaultAction.COLLECT));
            } catch (ProblemException e) {
                LOG.log(System.Logger.Level.INFO, "not cleaned up again: " + e.problem());
            }
        }
    }

    private boolean beingWritten(UUID vault) {
        return backups.store().inState(BackupStatus.CREATING).stream()
                .anyMatch(backup -> backup.vaultId().equals(vault));
    }

    /**
     * Starts a clean-up by hand.
     *
     * @throws org.coffer.problem.ProblemException that the vault's state does not allow it
     */
    public Task start(UUID id) {
        Vault vault = vaults.allowed(id, VaultAction.COLLECT);
        audit.succeeded(AuditEvent.COLLECT_VAULT, Vaults.target(vault));
        return launch(vault);
    }

    private Task launch(Vault vault) {
        Task task = tasks.create(new NewTask(
                TaskType.CLEAN_UP, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), Map.of()));
        tasks.launch(task);
        return task;
    }

    @Override
    public void run(TaskRun run) {
        UUID vault = run.task().subject().vaultId().orElseThrow();
        run.outcome("freed", collect(run, vault));
        retaining.retain(run, vault);
    }

    /** Once a day: a locked vault in object storage has what it holds kept anew. */
    public void daily() {
        vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> retaining.wanted(vault.id()))
                .filter(vault -> VaultAction.COLLECT.refusal(vault).isEmpty())
                .forEach(this::launch);
    }

    /** After an automatic backup. It is there whatever comes of this; the next clean-up tries again, and fails if it must. */
    void retain(TaskRun run, UUID vault) {
        try {
            retaining.retain(run, vault);
        } catch (ProblemException e) {
            run.work().checkpoint();
            run.step("retained-not", "vault", vaults.get(vault).name());
            LOG.log(System.Logger.Level.WARNING, "keeping what vault " + vault + " holds", e);
        }
    }

    /** Puts the final marker of one backup because somebody wants it gone. Room is freed by collecting. */
    void purge(UUID vault, SessionId backup) {
        vaults.open().get(vault).purge(writer.console(), backup);
    }

    /** The same because its rule lets it go, which a locked vault allows too. */
    void expire(UUID vault, SessionId backup) {
        vaults.open().get(vault).expire(writer.console(), backup);
    }

    /** Collects in one vault and returns the bytes freed. */
    long collect(TaskRun run, UUID vault) {
        CollectReport report = free(run, vault, false);
        run.step("collected", "bytes", report.freed());
        if (!report.waiting().isEmpty()) {
            run.step("collected-later", "n", report.waiting().size());
        } else if (report.later() > 0) {
            run.step("collected-rest", "bytes", report.later());
        }
        if (report.held() > 0) {
            run.step("collected-held", "bytes", report.held());
        }
        if (!report.unread().isEmpty()) {
            run.step("collected-unread", "n", report.unread().size());
        }
        if (report.later() > 0) {
            run.outcome(LATER, report.later());
        }
        return report.freed();
    }

    /**
     * Bytes that the last clean-up of a vault found unused but could not free yet, because a backup was running or
     * because it had done its share; 0 if there is nothing, or nothing known.
     */
    public long later(UUID vault) {
        var cleaned = new TaskFilter(
                Set.of(TaskType.DELETE, TaskType.CLEAN_UP),
                Set.of(TaskStatus.SUCCEEDED),
                Optional.empty(),
                Optional.of(vault),
                Optional.empty(),
                "");
        return tasks.list(cleaned, 0, 1).stream()
                .map(task -> task.outcome().get(LATER))
                .mapToLong(bytes -> bytes instanceof Number number ? number.longValue() : 0)
                .sum();
    }

    /**
     * Frees nothing in a vault that lacks backups which nobody deleted: whoever moved a folder of it away, or lost one, would
     * lose what they need as well, and they could not come back with the folder.
     *
     * @throws ProblemException {@code collect.lost}
     */
    private void refuseIfLost(UUID vault) {
        var open = vaults.open().get(vault);
        // Before the vault is asked: what becomes a backup in between is there, then.
        List<Backup> rows = backups.store().ofVault(vault);
        Set<String> there = Stream.concat(
                        open.backups().stream().map(Commit::id),
                        open.damaged().stream()
                                .filter(damage -> damage.reason() != Damage.Reason.VANISHED)
                                .flatMap(damage -> damage.backups().stream()))
                .map(SessionId::toString)
                .collect(Collectors.toSet());
        List<String> lost = rows.stream()
                .filter(backup -> backup.finishedAt().isPresent() && backup.status() != BackupStatus.DELETING)
                .filter(backup -> backup.session()
                        .filter(session -> !there.contains(session) && !open.purged(SessionId.of(session)))
                        .isPresent())
                .map(Backup::name)
                .toList();
        if (!lost.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "collect.lost",
                    "vault",
                    vaults.get(vault).name(),
                    "names",
                    lost.stream().limit(MOST_NAMED).toList(),
                    "n",
                    lost.size()));
        }
    }

    /** @param roomIsShort whether it is done because room is needed */
    private CollectReport free(TaskRun run, UUID vault, boolean roomIsShort) {
        run.work().stage(Stage.COLLECTING);
        var open = vaults.open().get(vault);
        boolean writing = beingWritten(vault);
        writer.settle(vault);
        refuseIfLost(vault);
        open.listDelay().ifPresent(most -> run.step("collected-waits", "time", most.toSeconds()));
        CollectReport report = open.collect(writer.console(), held.spared(vault, roomIsShort), run.work());
        report.problem().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (!report.waiting().isEmpty()) {
            unfinished.add(vault);
            if (writing && !beingWritten(vault)) {
                goOn(vault); // They ended while they were being counted.
            }
        }
        vaults.measure(vault);
        report.touched().ifPresentOrElse(touched -> count(vault, touched), () -> count(vault));
        return report;
    }

    /**
     * Before a backup into a vault that is above its capacity (V6): frees what can be freed. Whatever keeps it from that
     * is no reason of its own to refuse the backup; the gate judges by what is left.
     */
    void makeRoom(TaskRun run, UUID vault) {
        try {
            CollectReport report = free(run, vault, true);
            if (report.freed() > 0) {
                run.step("collected", "bytes", report.freed());
            }
        } catch (ProblemException e) {
            run.work().checkpoint();
            LOG.log(System.Logger.Level.WARNING, "making room in vault " + vault, e);
        }
    }

    /**
     * Counts what each backup of a vault alone holds. Damage somewhere in the maps leaves the old numbers: they are
     * estimates, and no reason to fail what was done.
     */
    void count(UUID vault) {
        count(vault, org.coffer.engine.vault.Vault::sizesOfEach);
    }

    /** The same for those alone that share packs with these: of no other can it be different because of them. */
    void count(UUID vault, Set<SessionId> changed) {
        if (!changed.isEmpty()) {
            count(vault, open -> open.sizesAround(changed));
        }
    }

    private void count(UUID vault, Function<org.coffer.engine.vault.Vault, Map<SessionId, Sizes>> counting) {
        try {
            var sizes = counting.apply(vaults.open().get(vault));
            for (Backup backup : backups.store().ofVault(vault)) {
                backup.session()
                        .map(SessionId::of)
                        .map(sizes::get)
                        // Of a thousand backups, a new one changes what few of them hold alone.
                        .filter(size -> size.onlyHere() != backup.sizes().onlyHere()
                                || size.freedNow() != backup.sizes().freesNow())
                        .ifPresent(size -> backups.store().sizes(backup.id(), size.onlyHere(), size.freedNow()));
            }
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "counting sizes", e);
        }
    }

    @Override
    public boolean pausable() {
        return true;
    }

    @Override
    public boolean settle(Task interrupted) {
        return false;
    }

    @Override
    public Task retry(Task failed) {
        return start(failed.subject().vaultId().orElseThrow());
    }
}
