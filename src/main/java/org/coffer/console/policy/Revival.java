package org.coffer.console.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
     * @return the policy of its backups, and what is to be said of either
     */
    Revived revive(UUID vault, String vaultName, Map<String, Object> remembered, boolean on, Instant now) {
        Revived backups = revive(vault, vaultName, remembered, POLICY, on, now);
        Revived replication = revive(vault, vaultName, remembered, REPLICATION, on, now);
        return new Revived(backups.policy(), backups.note().or(replication::note));
    }

    private Revived revive(
            UUID vault, String vaultName, Map<String, Object> remembered, String which, boolean on, Instant now) {
        Map<String, Object> kept = new Kept(remembered).inner(which);
        if (kept.isEmpty()) {
            return new Revived(Optional.empty(), Optional.empty());
        }
        Kept fields = new Kept(kept);
        Optional<UUID> id = fields.id("id");
        Optional<Policy> known = id.flatMap(store::find);
        if (known.isPresent()) {
            bind(known.get(), vault, now);
            return new Revived(known, Optional.empty());
        }
        Optional<PolicyPlan> plan = plan(fields, kept);
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
        bind(policy, vault, now);
        Optional<Problem> note = free.equals(name)
                ? Optional.empty()
                : Optional.of(Problem.of("attach.policy-renamed", "policy", name, "name", free));
        return new Revived(Optional.of(policy), note);
    }

    private void bind(Policy policy, UUID vault, Instant now) {
        store.bind(
                new Bond(policy.id(), vault, policy.kind(), now),
                policy.plan().target().orElse(vault));
    }

    private static Revived refused(String code, String vault) {
        return new Revived(Optional.empty(), Optional.of(Problem.of(code, "vault", vault, "most", Policy.MOST)));
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
