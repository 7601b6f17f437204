package org.coffer.console.backup;

import java.util.Map;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.Stage;
import org.coffer.problem.ProblemException;

/** Frees what no backup uses any more, and counts anew what each backup alone holds. */
public final class Cleaning implements TaskHandler {
    private final Backups backups;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Audit audit;
    private final ConsoleId console;

    /** Cleans {@code vaults} through {@code tasks}. */
    public Cleaning(Backups backups, Vaults vaults, Tasks tasks, Audit audit, Writer writer) {
        this.backups = backups;
        this.vaults = vaults;
        this.tasks = tasks;
        this.audit = audit;
        this.console = writer.console();
        tasks.register(TaskType.CLEAN_UP, this);
    }

    /**
     * Starts a clean-up by hand.
     *
     * @throws org.coffer.problem.ProblemException that the vault's state does not allow it
     */
    public Task start(UUID id) {
        Vault vault = vaults.allowed(id, VaultAction.COLLECT);
        Task task = tasks.create(
                new NewTask(TaskType.CLEAN_UP, Task.Subject.vault(id, vault.name(), vault.locationId()), Map.of()));
        audit.succeeded(AuditEvent.COLLECT_VAULT, Vaults.target(vault));
        tasks.launch(task);
        return task;
    }

    @Override
    public void run(TaskRun run) {
        run.outcome("freed", collect(run, run.task().subject().vaultId().orElseThrow()));
    }

    /** Collects in one vault and returns the bytes freed. */
    long collect(TaskRun run, UUID vault) {
        run.work().stage(Stage.COLLECTING);
        var report = vaults.open().get(vault).collect(console, run.work());
        report.problem().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        run.step("collected", "bytes", report.freed());
        vaults.measure(vault);
        count(vault);
        return report.freed();
    }

    /**
     * Counts what each backup of a vault alone holds. Damage somewhere in the maps leaves the old numbers: they are
     * estimates, and no reason to fail what was done.
     */
    void count(UUID vault) {
        try {
            var sizes = vaults.open().get(vault).sizesOfEach();
            for (Backup backup : backups.store().ofVault(vault)) {
                backup.session()
                        .map(SessionId::of)
                        .map(sizes::get)
                        .ifPresent(size -> backups.store().sizes(backup.id(), size.onlyHere(), size.freedNow()));
            }
        } catch (ProblemException e) {
            System.getLogger(Cleaning.class.getName()).log(System.Logger.Level.WARNING, "counting sizes", e);
        }
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
