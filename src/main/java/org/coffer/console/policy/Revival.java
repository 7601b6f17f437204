package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.backup.Backups;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Kept;
import org.coffer.console.name.Names;
import org.coffer.console.vault.LeftStore;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;

/**
 * Brings the policies of a vault back from what the vault remembers of them (V17). Nothing is owed from the time when nobody ran
 * it: slots count from now on.
 */
public final class Revival {
    private static final String POLICY = "policy";
    private static final String REPLICATION = "replication";

    private final Catalog catalog;
    private final PolicyStore store;
    private final Editing editing;
    private final Backups backups;
    private final Clock clock;

    Revival(Catalog catalog, PolicyStore store, Editing editing, Backups backups, Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.editing = editing;
        this.backups = backups;
        this.clock = clock;
    }

    /**
     * In a transaction: binds the vault to the policies that it remembers, which another vault may have brought back before.
     * One that copies to a vault which is not here copies once that is.
     *
     * @param remembered what the vault remembers
     * @param on whether they may start anything here; those that another console goes on running may not
     * @return the policy of its backups, what is to be said of either, and what {@link #settle} binds later
     */
    public Revived revive(Vault vault, Map<String, Object> remembered, boolean on) {
        Revived making = revive(vault.id(), vault.name(), remembered, POLICY, on, now());
        Revived copying = revive(vault.id(), vault.name(), remembered, REPLICATION, on, now());
        return new Revived(
                making.policy(),
                Stream.concat(making.notes().stream(), copying.notes().stream()).toList(),
                Stream.concat(making.later().stream(), copying.later().stream()).toList());
    }

    /**
     * Once the backups of the vault are here: binds what waited for that, and leaves the replicas in it that were made before the
     * policy which copied them was given its rules of now, or was bound to what they are of; and what is dated ahead of now.
     * Nobody was asked about any of it.
     *
     * @param rest what {@link Revived#rest} said
     * @param also done in the same transaction
     */
    public void settle(Vault vault, Map<String, Object> rest, Runnable also) {
        if (Revived.settled(rest)) {
            return;
        }
        LeftStore left = store.left();
        catalog.transaction(() -> {
            also.run();
            Revived.later(vault.id(), rest)
                    .forEach(bond -> store.find(bond.policy()).ifPresent(policy -> bind(policy, bond)));
            store.all().stream()
                    .filter(policy -> policy.plan().target().equals(Optional.of(vault.id())))
                    .filter(policy -> madeBefore(policy, vault.id()))
                    .forEach(policy -> left.policyGone(policy.id(), vault.id()));
            left.attached(vault.id());
            left.datedAfter(now().plus(ClockWatch.STEP));
        });
    }

    /** Whether all that a policy made in a vault is from before its retention was changed last. */
    private boolean madeBefore(Policy policy, UUID vault) {
        return backups.ofVaultWithTrash(vault).stream()
                .filter(backup -> backup.automatic()
                        .filter(from -> from.policy().equals(policy.id()))
                        .isPresent())
                .flatMap(backup -> backup.finishedAt().stream())
                .noneMatch(at -> at.isAfter(policy.keepsSince()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Revived revive(
            UUID vault, String vaultName, Map<String, Object> remembered, String which, boolean on, Instant now) {
        Map<String, Object> kept = new Kept(remembered).inner(which);
        if (kept.isEmpty()) {
            return Revived.nothing();
        }
        Kept fields = new Kept(kept);
        Optional<UUID> id = fields.id("id");
        Optional<PolicyPlan> plan = plan(fields, kept);
        Optional<Policy> known = id.flatMap(store::find);
        if (known.isPresent()) {
            Policy policy = known.get();
            boolean wasOn = plan.filter(PolicyPlan::enabled).isPresent();
            boolean alike = plan.filter(was -> alike(policy, was, fields)).isPresent();
            return known(policy, vaultName, new Bond(policy.id(), vault, policy.kind(), now), on, wasOn, alike);
        }
        if (id.isEmpty() || plan.isEmpty()) {
            return refused("attach.policy", vaultName);
        }
        String name = plan.get().name();
        untouched(name).ifPresent(store::delete);
        if (store.all().size() >= Policy.MOST) {
            return refused("attach.policy-many", vaultName);
        }
        String free = free(name);
        Policy policy = new Policy(
                id.get(),
                plan.get().named(free).enabled(on && plan.get().enabled()),
                fields.moment("createdAt").orElse(now),
                now,
                fields.moment("keepsSince").filter(at -> !at.isAfter(now)).orElse(now));
        store.put(policy);
        bind(policy, new Bond(policy.id(), vault, policy.kind(), now));
        List<Problem> notes = free.equals(name)
                ? List.of()
                : List.of(Problem.of("attach.policy-renamed", "policy", name, "name", free));
        return new Revived(Optional.of(policy), notes, List.of());
    }

    /**
     * A policy that this home has already serves the vault as it is by now. Nobody was asked about what it would let go of there,
     * so if it has other rules than the vault remembers, it is bound when the vault's backups are here.
     */
    private Revived known(Policy policy, String vault, Bond bond, boolean on, boolean wasOn, boolean alike) {
        if (policy.enabled() && !on) {
            return Revived.nothing(about("attach.policy-twice", policy, vault));
        }
        List<Problem> notes = new ArrayList<>();
        if (!policy.enabled() && on && wasOn) {
            notes.add(about("attach.policy-off", policy, vault));
        }
        if (alike) {
            bind(policy, bond);
            return new Revived(Optional.of(policy), notes, List.of());
        }
        notes.add(about("attach.policy-changed", policy, vault));
        return new Revived(Optional.of(policy), notes, List.of(bond));
    }

    private static Problem about(String code, Policy policy, String vault) {
        return Problem.of(code, "policy", policy.name(), "vault", vault);
    }

    /** Whether a policy lets go of what it would have let go of when the vault remembered it. */
    private static boolean alike(Policy policy, PolicyPlan was, Kept fields) {
        return Editing.keepsAlike(was, policy.plan())
                && fields.moment("keepsSince")
                        .filter(policy.keepsSince()::equals)
                        .isPresent()
                && (was.enabled() || !policy.enabled());
    }

    /** Lets a policy serve a vault, and leaves what it made there before. */
    private void bind(Policy policy, Bond bond) {
        store.bind(bond, policy.plan().target().orElse(bond.vault()));
    }

    private static Revived refused(String code, String vault) {
        return Revived.nothing(Problem.of(code, "vault", vault, "most", Policy.MOST));
    }

    private static Optional<PolicyPlan> plan(Kept fields, Map<String, Object> kept) {
        try {
            return fields.text("name")
                    .map(name -> PolicyJson.read(name, fields.flag("enabled"), kept))
                    .filter(plan -> PolicyRules.problems(plan).isEmpty());
        } catch (RuntimeException e) {
            // Whatever damaged or newer rules lead to, the vault comes back without them.
            System.getLogger(Revival.class.getName())
                    .log(System.Logger.Level.WARNING, "a policy that cannot be read", e);
            return Optional.empty();
        }
    }

    /** The policy to begin with, if it has the name that is needed, and nobody changed or used it. */
    private Optional<UUID> untouched(String name) {
        PolicyPlan first = editing.first().plan();
        return store.all().stream()
                .filter(policy -> policy.name().equals(name))
                .filter(policy -> policy.plan().on(first.schedule()).equals(first))
                .filter(policy ->
                        policy.plan().schedule().times().equals(first.schedule().times()))
                .map(Policy::id)
                .filter(id ->
                        store.bonds().stream().noneMatch(bond -> bond.policy().equals(id)))
                .findFirst();
    }

    private String free(String name) {
        String free = name;
        for (int number = 2; editing.taken(free, Optional.empty()); number++) {
            free = Names.numbered(name, number);
        }
        return free;
    }
}
