package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.Capacity;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.problem.ProblemException;

/**
 * What goes before and after everything that is read into a vault, be it a backup or the safety copy of a restore: the gate,
 * what it leans on, and the counting.
 */
public final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    /** A date is remembered beside the commit if that says one so much earlier; no backup is kept for less than a day. */
    private static final Duration WORTH_REMEMBERING = Duration.ofMinutes(1);

    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Capacity capacity;
    private final Cleaning cleaning;
    private final Admission admission = new Admission();

    /** Guards {@code vaults}; one for all that writes to them. */
    public Intake(Backups backups, Vaults vaults, Capacity capacity, Cleaning cleaning) {
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.capacity = capacity;
        this.cleaning = cleaning;
    }

    /**
     * Before anything is read: lets go what is due, makes room in a vault that is above its capacity, and waits at the gate
     * (V6).
     *
     * @throws ProblemException {@code vault.full}, or that the vault's state does not allow it
     */
    Admission.Pass admit(TaskRun run, UUID into) {
        return admit(run, into, VaultAction.BACK_UP, true);
    }

    /**
     * The same for what is no backup of a disk's own history, such as a safety copy: no change of a policy that waits for the next
     * backup acts because of it.
     *
     * @throws ProblemException {@code vault.full}, or that the vault's state does not allow it
     */
    Admission.Pass admitBeside(TaskRun run, UUID into) {
        return admit(run, into, VaultAction.BACK_UP, false);
    }

    /**
     * The same for a copy of a backup of another vault.
     *
     * @throws ProblemException {@code vault.full}, or that the vault's state does not allow it
     */
    Admission.Pass admitReplica(TaskRun run, UUID into) {
        return admit(run, into, VaultAction.REPLICATE_INTO, true);
    }

    private Admission.Pass admit(TaskRun run, UUID into, VaultAction allowed, boolean edits) {
        run.work().checkpoint();
        Vault vault = vaults.allowed(into, allowed);
        // Whose the vault is decides what may be deleted, and nothing else.
        boolean mayFree = ownerIsKnown(into);
        if (mayFree) {
            backups.aftercare().before(run, vault.id());
        }
        if (mayFree && vault.over()) {
            cleaning.makeRoom(run, vault.id());
            if (edits && vaults.get(vault.id()).over()) {
                backups.aftercare().full(run, vault.id());
                cleaning.makeRoom(run, vault.id());
            }
        }
        return admission.enter(vault.id(), () -> vaults.get(vault.id()), run.work());
    }

    private boolean ownerIsKnown(UUID vault) {
        try {
            vaults.lookAtOwner(vault);
            return true;
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "looking who keeps vault " + vault, e);
            return false;
        }
    }

    /**
     * Whether everything is stored afresh because of damage. An ordinary backup leans on what earlier ones stored; once one
     * of them is known to be damaged, nothing but a full one later than it is worth leaning on.
     */
    boolean afterDamage(TaskRun run, Backup backup) {
        for (Backup earlier : store.of(backup.vaultId(), backup.diskId())) {
            if (earlier.damaged()) {
                run.step("full-after-damage", "backup", earlier.name());
                return true;
            }
            if (earlier.restorable() && earlier.storedFull()) {
                return false;
            }
        }
        return false;
    }

    /** The newest good backup of the same disk in the vault. */
    Optional<Commit> newest(Backup backup, List<Commit> commits) {
        return store.of(backup.vaultId(), backup.diskId()).stream()
                .filter(Backup::restorable)
                .filter(candidate -> !candidate.damaged())
                .flatMap(candidate -> candidate.session().stream())
                .flatMap(
                        session -> commits.stream().filter(commit -> commit.id().equals(SessionId.of(session))))
                .findFirst();
    }

    /**
     * What was published.
     *
     * @param as what its commit says of it
     * @param at when that was written down
     */
    record Published(Backup as, Instant at, Commit commit) {}

    private static Duration took(TaskRun run, Instant until) {
        return Duration.between(run.task().created(), until);
    }

    /**
     * A backup as it is now and as it is to be published: the date that a rule gave it counts from when it is there, because a run
     * may be held still for longer than what it makes is kept. Its row says so only when it is there ({@link #there}).
     */
    Backup dated(TaskRun run, Backup backup, Instant at) {
        Backup row = backups.get(backup.id());
        Duration took = took(run, at);
        return took.isNegative()
                ? row
                : row.kept(row.automatic(), row.expiresAt().map(date -> date.plus(took)));
    }

    /**
     * Turns what was published available, in one transaction with what follows from that: whose it is, until when it is kept, and
     * that its task holds it no longer. The date counts from this moment, not from when it was written into the commit: between the
     * two the computer may have slept for longer than the backup is kept. A date that somebody gave it meanwhile stays. A process
     * that dies before leaves a row that {@link Reconciler} treats alike.
     */
    Backup there(TaskRun run, Published published) {
        UUID id = published.as().id();
        backups.leases().release(run.task(), () -> {
            Instant now = backups.now();
            store.available(Reconciler.fromCommit(published.as(), published.commit(), now));
            if (published.as().automatic().isEmpty()) {
                store.nobodys(id);
            }
            boolean late = Duration.between(published.at(), now).compareTo(WORTH_REMEMBERING) > 0;
            store.postpone(id, took(run, now), late);
        });
        return backups.get(id);
    }

    /** Whatever fails here takes nothing away from the backup that was made, nor from the reason that none was. */
    void account(TaskRun run, Backup backup) {
        UUID vault = backup.vaultId();
        try {
            Optional<String> session = backups.get(backup.id()).session();
            if (session.isPresent()) {
                run.outcome("used", vaults.measure(vault));
                vaults.describe(vault);
                cleaning.count(vault, Set.of(SessionId.of(session.get())));
            }
        } catch (CanceledException e) {
            LOG.log(System.Logger.Level.INFO, "vault " + vault + " was not counted: its location does not answer");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "counting what vault " + vault + " holds", e);
        }
    }

    /** Has object storage keep what a locked vault got. */
    void retain(TaskRun run, UUID vault) {
        cleaning.retain(run, vault);
    }

    /** The backup is there: a vault that cannot grow is no failure of it, and says so at the next run. */
    void grow(UUID vault) {
        try {
            capacity.growIfWanted(vault);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "growing vault " + vault, e);
        }
    }
}
