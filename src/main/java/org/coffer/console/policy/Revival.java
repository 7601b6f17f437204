package org.coffer.console.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.catalog.Kept;
import org.coffer.console.name.Names;
import org.coffer.problem.Problem;

/**
 * Brings the policies of a vault back from what the vault remembers of them (V17). Nothing is owed from the time when nobody ran
 * it: slots count from now on.
 */
final class Revival {
    private static final String POLICY = "policy";
    private static final String REPLICATION = "replication";

    private final PolicyStore store;
    private final Editing editing;

    Revival(PolicyStore store, Editing editing) {
        this.store = store;
        this.editing = editing;
    }

    /**
     * In a transaction: binds the vault to the policies that it remembers, which another vault may have brought back before.
     * One that copies to a vault which is not here copies once that is.
     *
     * @param on whether they may start anything here; those that another console goes on running may not
     * @return the policy of its backups, what is to be said of either, and what is bound later
     */
    Revived revive(UUID vault, String vaultName, Map<String, Object> remembered, boolean on, Instant now) {
        Revived backups = revive(vault, vaultName, remembered, POLICY, on, now);
        Revived replication = revive(vault, vaultName, remembered, REPLICATION, on, now);
        return new Revived(
                backups.policy(),
                Stream.concat(backups.notes().stream(), replication.notes().stream())
                        .toList(),
                Stream.concat(backups.later().stream(), replication.later().stream())
                        .toList());
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

    /** In a transaction: lets a policy serve a vault, and leaves what it made there before. */
    void bind(Policy policy, Bond bond) {
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
