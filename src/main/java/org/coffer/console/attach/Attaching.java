package org.coffer.console.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Writer;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Revived;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Remembered;
import org.coffer.console.vault.Stranger;
import org.coffer.console.vault.Strangers;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Attaching vaults that lie in a location: they come back with their disks, backups, policies and tags, from the location
 * alone, given the key (V17).
 *
 * <p>Finding and opening write nothing. Attaching first asks, through its caller, whether the console that kept the vault is
 * gone. If it is, this one takes its place: runs that the other one did not end are ended, and from now on this one writes
 * down what the vault holds. If it is not, both may back up into the vault, delete and clean up, which the vault's protocol
 * makes safe; the other one goes on describing it, and the policy comes back switched off, so that nothing runs twice. One that
 * runs here already is not bound to it.
 *
 * <p><b>Ended in between.</b> What is left to do, and what was answered, is noted in the transaction that enters the vault. Until it is done no rule
 * judges what lies there; each opening of the vault finishes it. Done are then, in this order: the backups are entered; policies are
 * bound that waited for them, and what nobody was asked about is left; the runs of the console that is gone are ended; and the
 * vault says that this console keeps it.
 */
public final class Attaching {
    private static final System.Logger LOG = System.getLogger(Attaching.class.getName());

    private final Strangers strangers;
    private final Vaults vaults;
    private final Backups backups;
    private final Policies policies;
    private final Writer writer;
    private final Audit audit;
    private final Events events;
    private final ReentrantLock finishing = new ReentrantLock();

    /** Attaches to {@code vaults}. */
    public Attaching(Vaults vaults, Backups backups, Policies policies, Writer writer, Audit audit, Events events) {
        this.strangers = vaults.strangers();
        this.vaults = vaults;
        this.backups = backups;
        this.policies = policies;
        this.writer = writer;
        this.audit = audit;
        this.events = events;
        vaults.open().onOpen(this::goOn);
    }

    /**
     * All vaults in a location, also those that this home knows already.
     *
     * @throws ProblemException {@code location.unknown}, or why it cannot be read
     */
    public List<Stranger> find(UUID location) {
        return strangers.find(location);
    }

    /**
     * Opens a vault, without attaching it. The caller closes what it gets.
     *
     * @param secret a passphrase or a recovery code, which the caller wipes; empty for a vault that takes no key
     * @throws ProblemException {@code key.wrong}, the stranger's own problem, or why it cannot be read
     */
    public OpenedStranger open(Stranger found, Optional<char[]> secret) {
        return strangers.open(found, secret);
    }

    /**
     * Who kept a vault so far, if that was another console: the one of which somebody has to say whether it is gone. A vault that
     * says nothing of it was kept by somebody too.
     */
    public Optional<Remembered.Owner> formerOwner(OpenedStranger opened) {
        Remembered.Owner owner = opened.remembered().owner().orElse(new Remembered.Owner("", "?", "?"));
        return owner.console().equals(writer.id()) ? Optional.empty() : Optional.of(owner);
    }

    /**
     * Brings a vault back.
     *
     * @param ownerGone whether the console that kept it so far is gone for good
     * @throws ProblemException {@code vault.known}, or why it cannot be read or written
     */
    public Attached attach(OpenedStranger opened, boolean ownerGone) {
        List<Problem> notes = new ArrayList<>();
        List<Revived> revived = new ArrayList<>();
        Strangers.Entered entered = strangers.enter(opened, !ownerGone, id -> {
            Revived one = policies.revival()
                    .revive(vaults.get(id), opened.remembered().rest(), ownerGone);
            vaults.attaching(id, new Vaults.Attaching(ownerGone, one.rest()));
            vaults.autoBinding().restrain(id).ifPresent(notes::add);
            revived.add(one);
        });
        Vault vault = vaults.get(entered.vault());
        audit.succeeded(
                AuditEvent.ATTACH_VAULT,
                Vaults.target(vault),
                Map.of(),
                Map.of("location", vault.locationName(), "ownerGone", ownerGone));
        notes.addAll(entered.notes());
        revived.forEach(one -> notes.addAll(one.notes()));
        try {
            finish(vault.id());
            var open = vaults.open().get(vault.id());
            if (!open.damaged().isEmpty()) {
                notes.add(Problem.of(
                        "attach.damaged",
                        "vault",
                        vault.name(),
                        "n",
                        open.damaged().size()));
            }
        } catch (ProblemException e) {
            notes.add(e.problem()); // The rest is done when it is opened the next time.
        }
        events.publish(new Event.VaultChanged(vault.id()));
        events.publish(new Event.ResourcesChanged());
        revived.stream()
                .flatMap(one -> one.policy().stream())
                .forEach(policy -> events.publish(new Event.PolicyChanged(policy.id())));
        return new Attached(
                vaults.get(vault.id()),
                backups.ofVaultWithTrash(vault.id()).size(),
                policies.ofVault(vault.id()),
                notes);
    }

    /** Does what is left of attaching a vault that was opened; what fails is tried again at the next opening. */
    private void goOn(UUID id) {
        try {
            finish(id);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "attaching vault " + id, e);
        }
    }

    /**
     * Does what is left of attaching a vault.
     *
     * @throws ProblemException if the location fails; then the vault is closed, so that the next use goes on
     */
    private void finish(UUID id) {
        if (vaults.attaching(id).isEmpty()) {
            return;
        }
        finishing.lock();
        try {
            vaults.open().get(id); // Opening compares the catalog with the vault, and so brings the backups.
            Optional<Vaults.Attaching> left = vaults.attaching(id);
            if (left.isEmpty()) {
                return; // Opening it did that.
            }
            Vault vault = vaults.get(id);
            boolean ownerGone = left.get().ownerGone();
            policies.revival()
                    .settle(
                            vault,
                            left.get().rest(),
                            () -> vaults.attaching(id, new Vaults.Attaching(ownerGone, Revived.SETTLED)));
            if (ownerGone) {
                writer.dismissOthers(id);
                vaults.memory().takeOver(vault);
            }
            vaults.attached(id);
        } catch (ProblemException e) {
            vaults.open().close(id);
            throw e;
        } finally {
            finishing.unlock();
        }
        events.publish(new Event.VaultChanged(id));
    }

    /** Why a vault cannot be {@linkplain #keep kept} here: {@code vault.kept}; empty if another console keeps it. */
    public Optional<Problem> keepProblem(UUID id) {
        Vault vault = vaults.get(id);
        return vaults.beside(id)
                ? VaultAction.EDIT.refusal(vault)
                : Optional.of(Problem.of("vault.kept", "vault", vault.name()));
    }

    /**
     * From now on this console keeps a vault beside whose owner it worked so far, because somebody knows that all others are gone
     * for good. What they made goes by no rule and no date, and out of the trash: nobody was asked about it, and what they decided
     * last may be known nowhere.
     *
     * @throws ProblemException {@code vault.kept}, that the state does not allow it, or why the vault cannot be written; then that is
     *     tried again when it is opened
     */
    public void keep(UUID id) {
        keepProblem(id).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        backups.takeOver(id, () -> {
            vaults.attaching(id, new Vaults.Attaching(true, Revived.SETTLED));
            vaults.besideNobody(id);
        });
        audit.succeeded(AuditEvent.KEEP_VAULT, Vaults.target(vaults.get(id)));
        finish(id);
        backups.ofVaultWithTrash(id).forEach(backup -> events.publish(new Event.BackupChanged(backup.id())));
    }
}
