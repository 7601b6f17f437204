package org.coffer.console.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.backup.Replicas;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Runs policies when somebody asks for it (P14). */
public final class ByHand {
    private final Policies policies;
    private final Vaults vaults;
    private final Disks disks;
    private final Backups backups;
    private final Replicas replicas;
    private final RandomGenerator random;

    ByHand(Policies policies, Vaults vaults, Disks disks, Backups backups, Replicas replicas, RandomGenerator random) {
        this.policies = policies;
        this.vaults = vaults;
        this.disks = disks;
        this.backups = backups;
        this.replicas = replicas;
        this.random = random;
    }

    /**
     * Runs a policy now, on or off: manual backups of all disks of its vaults (P14).
     *
     * @param chosen only these disks; empty for all
     * @throws ProblemException {@code policy.unknown}, {@code policy.nothing}, {@code policy.disk-elsewhere} if one of the chosen
     *     is in none of its vaults, or why nothing can start in one of them; then nothing starts
     */
    public List<Task> run(UUID id, List<UUID> chosen) {
        Policy policy = policies.get(id);
        if (policy.kind() == PolicyKind.REPLICATION) {
            return replicateNow(policy, chosen);
        }
        refuseElsewhere(policy, chosen);
        List<NewBackup> wanted = new ArrayList<>();
        for (Vault vault : policies.vaultsOf(id)) {
            List<UUID> disks = vault.disks().stream()
                    .filter(disk -> chosen.isEmpty() || chosen.contains(disk))
                    .toList();
            if (!disks.isEmpty()) {
                wanted.add(new NewBackup(vault.id(), disks, Names.suggest(Backups.MANUAL_PREFIX, random), "", false));
            }
        }
        if (wanted.isEmpty()) {
            throw new ProblemException(Problem.of("policy.nothing", "policy", policy.name()));
        }
        // All or none: a refusal halfway would leave work running of which nobody is told.
        wanted.stream()
                .flatMap(one -> backups.problems(one).values().stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        return wanted.stream().flatMap(one -> backups.start(one).stream()).toList();
    }

    private void refuseElsewhere(Policy policy, List<UUID> chosen) {
        List<UUID> bound = policies.vaultsOf(policy.id()).stream()
                .flatMap(vault -> vault.disks().stream())
                .toList();
        chosen.stream().filter(disk -> !bound.contains(disk)).findFirst().ifPresent(disk -> {
            throw new ProblemException(Problem.of(
                    "policy.disk-elsewhere",
                    "policy",
                    policy.name(),
                    "disk",
                    disks.get(disk).name()));
        });
    }

    /** Copies what the policy has still to copy, by hand. */
    private List<Task> replicateNow(Policy policy, List<UUID> chosen) {
        Vault target = vaults.allowed(policy.plan().target().orElseThrow(), VaultAction.REPLICATE_INTO);
        List<NewReplica> wanted = policies.vaultsOf(policy.id()).stream()
                .flatMap(vault ->
                        replicas
                                .outstanding(
                                        policy.id(),
                                        vault,
                                        target,
                                        policy.plan().retention().most())
                                .stream())
                .filter(backup -> chosen.isEmpty() || chosen.contains(backup.diskId()))
                .map(backup -> new NewReplica(backup.id(), target.id(), replicas.suggestName()))
                .toList();
        if (wanted.isEmpty()) {
            throw new ProblemException(
                    Problem.of("policy.all-replicated", "policy", policy.name(), "vault", target.name()));
        }
        // All or none, as above.
        wanted.stream()
                .flatMap(one -> replicas.problems(one).values().stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        return wanted.stream().map(replicas::start).toList();
    }
}
