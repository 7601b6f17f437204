package org.coffer.console.policy;

import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.backup.Aftercare;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Cleaning;
import org.coffer.console.backup.Due;
import org.coffer.console.backup.Expiry;
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
    private final Expiry expiry;
    private final Cleaning cleaning;
    private final Vaults vaults;

    /** Lets go through {@code expiry}; locked vaults are kept anew by {@code cleaning}. */
    public Cleaner(Dues dues, Expiry expiry, Cleaning cleaning, Vaults vaults) {
        this.dues = dues;
        this.expiry = expiry;
        this.cleaning = cleaning;
        this.vaults = vaults;
    }

    @Override
    public void before(TaskRun run, UUID vault) {
        expiry.expire(run, vault, dues::now);
    }

    /**
     * A count that was lowered waits for the next backup (P7), which a vault above its capacity does not let in (V6): each
     * would wait for the other for ever. So there it acts at once; the newest ones, by the new number, stay.
     */
    @Override
    public void full(TaskRun run, UUID vault) {
        expiry.expire(run, vault, dues::withoutWaiting);
    }

    @Override
    public Due due() {
        return dues.now();
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
                .forEach(id -> {
                    finishAttaching(id);
                    clean(id);
                });
        cleaning.daily();
    }

    /** Opening a vault finishes what is left of attaching it; without that nothing there is ever judged. */
    private void finishAttaching(UUID vault) {
        try {
            if (vaults.attaching(vault).isPresent()) {
                vaults.open().get(vault);
            }
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "attaching vault " + vault, e);
        }
    }

    private void clean(UUID vault) {
        try {
            Caller.me(Caller.From.COFFER).run(() -> expiry.expire(vault, dues::now));
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "letting backups of vault " + vault + " go", e);
        } catch (RuntimeException e) {
            // They stay due. The other vaults, and the backup after which this runs, have nothing to do with it.
            LOG.log(System.Logger.Level.ERROR, "letting backups of vault " + vault + " go", e);
        }
    }
}
