package org.coffer.console.backup;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultObjects;
import org.coffer.console.vault.VaultStatus;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Deleting whole vaults (V12): into the trash first, for ever only by a separate act, or after
 * {@value Vaults#TRASH_DAYS} days on which Coffer ran.
 */
public final class VaultTrash implements TaskHandler {
    private static final System.Logger LOG = System.getLogger(VaultTrash.class.getName());
    private static final String WHOLE = "wholeVault";
    private static final String HALF = "halfDeleted";
    private static final String HALF_DELETED = "vault.half-deleted";

    private final Backups backups;
    private final Deletion deletion;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Audit audit;
    private final Leases leases;

    /** Deletes {@code vaults} through {@code tasks}; single backups go to {@code deletion}. */
    public VaultTrash(Backups backups, Deletion deletion, Vaults vaults, Tasks tasks, Audit audit) {
        this.backups = backups;
        this.deletion = deletion;
        this.vaults = vaults;
        this.tasks = tasks;
        this.audit = audit;
        this.leases = backups.leases();
        tasks.register(TaskType.DELETE, this);
    }

    /** Why a vault cannot be deleted now; empty if it can. */
    public Optional<Problem> refusal(UUID id) {
        Vault vault = vaults.get(id);
        return VaultAction.DELETE.refusal(vault).or(() -> held(vault)).or(() -> leases.vault(vault));
    }

    private Optional<Problem> held(Vault vault) {
        return RetentionHold.ofVault(vault, backups.store().ofVault(vault.id()));
    }

    /** Looks into the vault itself: another console may have locked it, or backed up into it, since it went into the trash. */
    private void notHeld(Vault vault) {
        try {
            var open = vaults.open().get(vault.id());
            open.refresh();
            long held = open.locked() ? open.backupsOfPolicies() : 0;
            if (held > 0) {
                throw new ProblemException(Problem.of("lock.vault", "vault", vault.name(), "n", held));
            }
        } catch (ProblemException e) {
            if (vault.lock().isPresent() || e.problem().code().equals("lock.vault")) {
                throw e;
            }
            LOG.log(System.Logger.Level.INFO, "vault " + vault.name() + " is deleted without a look into it", e);
        }
    }

    /**
     * Puts a vault with all its backups into the trash.
     *
     * @param typedName what the user typed: must be the vault's name
     * @throws ProblemException {@code vault.name-mismatch}, {@code vault.busy}, {@code lock.vault} if it is locked and holds
     *     automatic backups, or that the state does not allow it
     */
    public void delete(UUID id, String typedName) {
        Vault vault = leases.take(() -> {
            Vault found = vaults.get(id);
            if (!typedName.equals(found.name())) {
                throw new ProblemException(Problem.of("vault.name-mismatch", "vault", found.name()));
            }
            refusal(id).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            vaults.trashed(id, true);
            return found;
        });
        vaults.describe(id);
        vaults.tell(id);
        audit.succeeded(AuditEvent.DELETE_VAULT, Vaults.target(vault));
    }

    /**
     * Takes a vault back out of the trash. Disks that were bound elsewhere meanwhile stay there, and backups whose date came
     * meanwhile have none any more: who takes a vault back wants what is in it.
     *
     * @throws ProblemException {@code vault.not-trashed}, {@code vault.busy} while it is being deleted for ever, or
     *     {@code vault.half-deleted} once that began
     */
    public void restore(UUID id) {
        Set<UUID> bound = new HashSet<>();
        TrustedTime.Reading reading = backups.time().read();
        Vault vault = leases.take(() -> {
            Vault found = notBeingDeleted(id);
            if (half(found)) {
                throw new ProblemException(halfDeleted(found.name()));
            }
            vaults.list(VaultFilter.ALL).forEach(other -> bound.addAll(other.disks()));
            vaults.trashed(id, false);
            backups.store().ofVault(id).stream()
                    .filter(backup -> backup.origin() != Origin.SAFETY_COPY)
                    .forEach(backup -> deletion.trash().takeDate(backup, reading));
            return found;
        });
        vaults.tell(id);
        vault.disks().stream()
                .filter(bound::contains)
                .forEach(disk -> vaults.bindings().leave(id, List.of(disk)));
        vaults.describe(id);
        audit.succeeded(AuditEvent.RESTORE_VAULT, Vaults.target(vault));
    }

    private Vault inTrash(UUID id) {
        Vault vault = vaults.get(id);
        if (vault.trashedAt().isEmpty()) {
            throw new ProblemException(Problem.of("vault.not-trashed", "vault", vault.name()));
        }
        return vault;
    }

    private Vault notBeingDeleted(UUID id) {
        Vault vault = inTrash(id);
        if (vault.status() == VaultStatus.DELETING) {
            throw new ProblemException(Problem.of("vault.busy", "vault", vault.name()));
        }
        return vault;
    }

    /**
     * Deletes a vault in the trash for ever.
     *
     * @throws ProblemException {@code vault.not-trashed}, {@code vault.busy} while that is being done or anything else is
     *     done with it, or why its location cannot be written: freezing never deletes
     */
    public Task purge(UUID id) {
        Task task = leases.take(() -> {
            Vault vault = notBeingDeleted(id);
            held(vault).or(() -> leases.vault(vault)).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            if (vault.status() == VaultStatus.FROZEN) {
                throw new ProblemException(vault.problem().orElseGet(() -> VaultAction.stateProblem(vault)));
            }
            vaults.deleting(id);
            return tasks.create(new NewTask(
                    TaskType.DELETE,
                    Task.Subject.vault(id, vault.name(), vault.locationId()),
                    Map.of(WHOLE, true, HALF, half(vault))));
        });
        vaults.tell(id);
        tasks.launch(task);
        return task;
    }

    /**
     * Empties the trash of what rested long enough, vaults and backups. Called from time to time. The last good backup of a
     * disk, and the vault that holds it, rest on until somebody deletes them; so does what another console keeps, and everything while the clock is not believed,
     * and no day is counted then.
     */
    public void housekeeping() {
        TrustedTime.Reading reading = backups.time().read();
        if (reading.doubted()) {
            return;
        }
        vaults.restedInTrash(reading.day()).stream()
                .flatMap(id -> vaults.find(id).stream())
                .filter(VaultTrash::deletable)
                .filter(vault -> keptHere(vault.id()))
                .filter(vault -> !deletion.trash().holdsLastGood(vault.id()))
                .forEach(this::purgeRested);
        deletion.trash().empty(reading.day());
    }

    /** Whether this console keeps a vault; of one that cannot be read nobody can tell. */
    private boolean keptHere(UUID vault) {
        try {
            vaults.lookAtOwner(vault);
            return !vaults.beside(vault) && vaults.attaching(vault).isEmpty();
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "vault " + vault + " stays in the trash", e);
            return false;
        }
    }

    private static boolean half(Vault vault) {
        return vault.problem()
                .filter(problem -> problem.code().equals(HALF_DELETED))
                .isPresent();
    }

    /** One that was taken back meanwhile, or that somebody works on, is left alone today. */
    private void purgeRested(Vault vault) {
        try {
            purge(vault.id());
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "vault " + vault.name() + " stays in the trash", e);
        }
    }

    /** What is being deleted is left to that; what cannot be reached rests on until it can. */
    private static boolean deletable(Vault vault) {
        return vault.status() != VaultStatus.DELETING && vault.status() != VaultStatus.FROZEN;
    }

    @Override
    public void run(TaskRun run) {
        if (!run.task().parameters().containsKey(WHOLE)) {
            deletion.work().run(run);
            return;
        }
        UUID id = run.task().subject().vaultId().orElseThrow();
        Vault vault = inTrash(id);
        if (vault.status() != VaultStatus.DELETING) {
            throw new ProblemException(VaultAction.stateProblem(vault));
        }
        try {
            if (!begunBefore(run.task())) {
                notHeld(vault);
            }
        } catch (ProblemException e) {
            vaults.status(id, VaultStatus.AVAILABLE, Optional.empty());
            throw e;
        }
        vaults.open().close(id);
        try {
            deleteObjects(run, id);
        } catch (StoreException e) {
            ProblemException problem = StoreProblems.of(e, vault.locationName());
            vaults.status(id, VaultStatus.ERROR, Optional.of(halfDeleted(vault.name())));
            throw problem;
        } catch (CanceledException e) {
            spare(run, vault);
            throw e;
        }
        backups.store().deleteAllOf(id);
        vaults.forget(id);
        audit.succeeded(AuditEvent.PURGE_VAULT, Vaults.target(vault));
    }

    /**
     * Forgets a vault whose location never comes back: what lies there stays, and so does its key in this home.
     *
     * @throws ProblemException {@code vault.busy} while something works on it
     */
    public void forget(UUID id) {
        Vault vault = leases.take(() -> {
            Vault found = vaults.get(id);
            leases.vault(found).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            backups.store().deleteAllOf(id);
            vaults.leave(id);
            return found;
        });
        vaults.open().close(id);
        vaults.tell(id);
        audit.succeeded(AuditEvent.FORGET_VAULT, Vaults.target(vault));
    }

    /** Called off: a vault of which something is gone already can only be deleted for good, any other is as it was. */
    private void spare(TaskRun run, Vault vault) {
        boolean whole = run.work().snapshot().done() == 0 && !begunBefore(run.task());
        vaults.status(
                vault.id(),
                whole ? VaultStatus.AVAILABLE : VaultStatus.ERROR,
                whole ? Optional.empty() : Optional.of(halfDeleted(vault.name())));
    }

    private static boolean begunBefore(Task purge) {
        return Boolean.TRUE.equals(purge.parameters().get(HALF));
    }

    private static Problem halfDeleted(String vault) {
        return Problem.of(HALF_DELETED, "vault", vault);
    }

    private void deleteObjects(TaskRun run, UUID id) throws StoreException {
        try (ObjectStore objects = vaults.objects(id)) {
            run.work().stage(Stage.COLLECTING);
            VaultObjects.delete(objects, run.work());
        }
    }

    @Override
    public boolean settle(Task interrupted) {
        if (!interrupted.parameters().containsKey(WHOLE)) {
            return deletion.work().settle(interrupted);
        }
        UUID id = interrupted.subject().vaultId().orElseThrow();
        if (vaults.find(id).isEmpty()) {
            return true;
        }
        if (interrupted.started().isEmpty() && !begunBefore(interrupted)) {
            // Nothing was touched yet: it rests in the trash as it did.
            vaults.status(id, VaultStatus.AVAILABLE, Optional.empty());
            return false;
        }
        vaults.status(
                id,
                VaultStatus.ERROR,
                Optional.of(halfDeleted(interrupted.subject().vaultName())));
        return false;
    }

    @Override
    public boolean retryable(Task failed) {
        return failed.parameters().containsKey(WHOLE) || deletion.work().retryable(failed);
    }

    @Override
    public Task retry(Task failed) {
        return failed.parameters().containsKey(WHOLE)
                ? purge(failed.subject().vaultId().orElseThrow())
                : deletion.work().retry(failed);
    }
}
