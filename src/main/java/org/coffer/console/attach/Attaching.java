package org.coffer.console.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
 */
public final class Attaching {
    private final Strangers strangers;
    private final Vaults vaults;
    private final Backups backups;
    private final Policies policies;
    private final Writer writer;
    private final Audit audit;
    private final Events events;

    /** Attaches to {@code vaults}. */
    public Attaching(Vaults vaults, Backups backups, Policies policies, Writer writer, Audit audit, Events events) {
        this.strangers = vaults.strangers();
        this.vaults = vaults;
        this.backups = backups;
        this.policies = policies;
        this.writer = writer;
        this.audit = audit;
        this.events = events;
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
        Strangers.Entered entered = strangers.enter(
                opened,
                !ownerGone,
                id -> revived.add(policies.revival()
                        .revive(vaults.get(id), opened.remembered().rest(), ownerGone)));
        Vault vault = vaults.get(entered.vault());
        audit.succeeded(
                AuditEvent.ATTACH_VAULT,
                Vaults.target(vault),
                Map.of(),
                Map.of("location", vault.locationName(), "ownerGone", ownerGone));
        notes.addAll(entered.notes());
        revived.forEach(one -> notes.addAll(one.notes()));
        // Opening compares the catalog with the vault, and so brings the backups.
        var open = vaults.open().get(vault.id());
        revived.forEach(one -> policies.revival().settle(vault, one));
        if (ownerGone) {
            try {
                writer.dismissOthers(vault.id());
                vaults.memory().takeOver(vault);
            } catch (ProblemException e) {
                notes.add(e.problem());
            }
        }
        if (!open.damaged().isEmpty()) {
            notes.add(Problem.of(
                    "attach.damaged", "vault", vault.name(), "n", open.damaged().size()));
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
}
