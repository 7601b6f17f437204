package org.coffer.console.policy;

import java.util.List;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.backup.Aftercare;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Deletion;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.ProblemException;

/**
 * Lets backups go when {@link Dues} says so: before each backup and after it, and once a day (P13). What cannot be
 * deleted now, because its location is away or somebody works with it, stays due and goes the next time.
 */
public final class Cleaner implements Aftercare {
    private static final System.Logger LOG = System.getLogger(Cleaner.class.getName());

    private final Dues dues;
    private final Deletion deletion;
    private final Vaults vaults;

    /** Deletes through {@code deletion}. */
    public Cleaner(Dues dues, Deletion deletion, Vaults vaults) {
        this.dues = dues;
        this.deletion = deletion;
        this.vaults = vaults;
    }

    @Override
    public void before(TaskRun run, UUID vault) {
        expire(run, vault, dues.now(vault));
    }

    /**
     * A count that was lowered waits for the next backup (P7), which a vault above its capacity does not let in (V6): each
     * would wait for the other for ever. So there it acts at once; the newest ones, by the new number, stay.
     */
    @Override
    public void full(TaskRun run, UUID vault) {
        expire(run, vault, dues.withoutWaiting(vault));
    }

    private void expire(TaskRun run, UUID vault, List<UUID> due) {
        if (!due.isEmpty()) {
            deletion.expire(run, vault, due);
        }
    }

    @Override
    public void after(Backup ended) {
        clean(ended.vaultId());
    }

    /** Once a day: every vault that can be written to. */
    void cleanAll() {
        vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> VaultAction.DELETE_BACKUP.refusal(vault).isEmpty())
                .map(Vault::id)
                .forEach(this::clean);
    }

    private void clean(UUID vault) {
        try {
            List<UUID> due = dues.now(vault);
            if (!due.isEmpty()) {
                Caller.me(Caller.From.COFFER).run(() -> deletion.expire(due));
            }
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "letting backups of vault " + vault + " go", e);
        } catch (RuntimeException e) {
            // They stay due. The other vaults, and the backup after which this runs, have nothing to do with it.
            LOG.log(System.Logger.Level.ERROR, "letting backups of vault " + vault + " go", e);
        }
    }
}
