package org.coffer.console.vault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Disks that bind themselves to a vault at its next scheduled run, if nobody protects them yet (V8). */
public final class AutoBinding {
    private static final System.Logger LOG = System.getLogger(AutoBinding.class.getName());
    private static final int LONGEST = 255;

    private final VaultStore store;
    private final Vaults vaults;
    private final Bindings bindings;
    private final Audit audit;

    AutoBinding(VaultStore store, Vaults vaults, Bindings bindings, Audit audit) {
        this.store = store;
        this.vaults = vaults;
        this.bindings = bindings;
        this.audit = audit;
    }

    /** The rule of a vault. */
    public Optional<AutoBindRule> rule(UUID vault) {
        return store.autoBind(vault);
    }

    /** What is wrong with a rule: {@code auto-bind.pattern}. */
    public static Optional<Problem> problem(AutoBindRule rule) {
        String pattern = rule.pattern();
        return pattern.isBlank() || pattern.length() > LONGEST
                ? Optional.of(Problem.of("auto-bind.pattern", "most", LONGEST))
                : Optional.empty();
    }

    /**
     * Gives a vault a rule, or takes it away.
     *
     * @throws ProblemException {@code auto-bind.pattern}, {@code vault.replication}, or that the vault's state does not allow it
     */
    public void set(UUID id, Optional<AutoBindRule> rule) {
        Vault vault = vaults.allowed(id, VaultAction.EDIT);
        rule.flatMap(AutoBinding::problem).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (rule.isPresent() && vault.protection() == Protection.REPLICATION) {
            throw new ProblemException(VaultAction.replicasOnly(vault.name()));
        }
        Optional<AutoBindRule> before = rule(id);
        store.autoBind(id, rule);
        audit.succeeded(
                AuditEvent.UPDATE_VAULT,
                Vaults.target(vault),
                Map.of("autoBind", before.map(AutoBindRule::pattern).orElse("")),
                Map.of("autoBind", rule.map(AutoBindRule::pattern).orElse("")));
        vaults.changed(id);
    }

    /** The disks that a rule would bind now. */
    public List<Disk> matches(UUID vault, AutoBindRule rule) {
        return bindings.candidates(vaults.get(vault).locationId()).stream()
                .filter(candidate -> candidate.whyNot().isEmpty())
                .map(Candidate::disk)
                .filter(rule::matches)
                .toList();
    }

    /** By vault, in the order of their names: which of some disks its rule takes in again at its next run once they are unbound. */
    public Map<Vault, List<Disk>> again(List<Disk> unbound) {
        Map<Vault, List<Disk>> again = new LinkedHashMap<>();
        for (Vault vault : vaults.list(VaultFilter.ALL)) {
            rule(vault.id())
                    .map(rule -> unbound.stream().filter(rule::matches).toList())
                    .filter(fitting -> !fitting.isEmpty())
                    .ifPresent(fitting -> again.put(vault, fitting));
        }
        return again;
    }

    /**
     * In the transaction that attaches a vault: takes away a rule that would bind disks of this computer, which its vault has never
     * seen. Who attaches a vault wants its backups back, and has not said that other disks go into it.
     *
     * @return what to tell whoever attaches, if there was such a rule
     */
    public Optional<Problem> restrain(UUID id) {
        return rule(id).flatMap(rule -> {
            List<Disk> meant = matches(id, rule);
            if (meant.isEmpty()) {
                return Optional.empty();
            }
            store.autoBind(id, Optional.empty());
            return Optional.of(Problem.of(
                    "attach.rule",
                    "vault",
                    vaults.get(id).name(),
                    "pattern",
                    rule.pattern(),
                    "n",
                    meant.size(),
                    "disks",
                    meant.stream().map(Disk::name).toList()));
        });
    }

    /**
     * Binds what the rule of a vault means, disk by disk, as far as it fits. What does not is told in the log and tried again
     * at the next run.
     *
     * @return those that were bound
     */
    public List<Disk> bindNew(UUID vault) {
        List<Disk> bound = new ArrayList<>();
        rule(vault).map(rule -> matches(vault, rule)).orElse(List.of()).forEach(disk -> {
            try {
                bindings.bind(vault, List.of(disk.id()));
                bound.add(disk);
            } catch (ProblemException e) {
                LOG.log(System.Logger.Level.WARNING, "not bound by itself: " + e.problem());
            }
        });
        return bound;
    }
}
