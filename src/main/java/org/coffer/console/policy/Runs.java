package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.coffer.console.backup.AutomaticBackups;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewAutomatic;
import org.coffer.console.backup.NewAutomaticReplicas;
import org.coffer.console.backup.Replicas;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.policy.RunTaskStore.FullRun;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultStatus;
import org.coffer.console.vault.Vaults;
import org.coffer.machine.Surroundings;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Starts the backups of a slot in one vault, or says why it does not. {@link Scheduler} decides when. */
public final class Runs {
    /** Longer than full backups are apart and a task waits for its turn. */
    private static final Duration LOOK_BACK = PolicyRules.BETWEEN_FULL.multipliedBy(2);

    /** Why slots did not run that are told together. */
    static final String MISSED_MANY = "policy.missed-many";

    /** Reasons why nothing runs at a slot that nobody has to see to. */
    private static final Set<String> BLAMELESS = Set.of(
            "backup.nothing",
            "policy.battery",
            "policy.hours",
            "policy.metered",
            "policy.missed",
            MISSED_MANY,
            "policy.nothing-new",
            "policy.ran-ahead",
            "policy.withdrawn");

    private final AutomaticBackups automatic;
    private final Replicas replicas;
    private final Policies policies;
    private final Backups backups;
    private final Vaults vaults;
    private final Noticed noticed;
    private final RunTaskStore tasks;

    /** Starts backups through {@code automatic}, and copies of them through {@code replicas}. */
    public Runs(
            Catalog catalog,
            AutomaticBackups automatic,
            Replicas replicas,
            Policies policies,
            Backups backups,
            Vaults vaults,
            Surroundings surroundings) {
        this.tasks = new RunTaskStore(catalog);
        this.automatic = automatic;
        this.replicas = replicas;
        this.policies = policies;
        this.backups = backups;
        this.vaults = vaults;
        this.noticed = new Noticed(surroundings);
    }

    /** Asks the surroundings what conditions have to know, for all of a look. It may take seconds. */
    void lookAround() {
        noticed.look();
    }

    /** Whether a vault is there, and not in the trash. */
    boolean exists(UUID vault) {
        return vaults.find(vault).filter(found -> found.trashedAt().isEmpty()).isPresent();
    }

    /**
     * Why a run has to wait, if it has to: its location is away, or a condition does not hold.
     *
     * @param time of day in the policy's zone
     */
    Optional<Problem> wait(PolicyPlan plan, UUID vaultId, LocalTime time) {
        return frozen(vaultId).or(() -> plan.target().flatMap(this::frozen)).or(() -> condition(plan, time));
    }

    private Optional<Problem> frozen(UUID vaultId) {
        return vaults.find(vaultId)
                .filter(vault -> vault.status() == VaultStatus.FROZEN)
                .flatMap(VaultAction.BACK_UP::refusal);
    }

    /**
     * Which condition of a policy does not hold: {@code policy.hours}, {@code policy.battery}, {@code policy.metered}.
     *
     * @param time of day in the policy's zone
     */
    Optional<Problem> condition(PolicyPlan plan, LocalTime time) {
        Conditions conditions = plan.conditions();
        if (conditions.hours().filter(hours -> !hours.include(time)).isPresent()) {
            Conditions.Hours hours = conditions.hours().get();
            return Optional.of(Problem.of(
                    "policy.hours",
                    "policy",
                    plan.name(),
                    "from",
                    hours.from().toString(),
                    "until",
                    hours.until().toString()));
        }
        if (conditions.notOnBattery() && noticed.onBattery()) {
            return Optional.of(Problem.of("policy.battery", "policy", plan.name()));
        }
        if (conditions.notMetered() && noticed.metered()) {
            return Optional.of(Problem.of("policy.metered", "policy", plan.name()));
        }
        return Optional.empty();
    }

    /**
     * Starts the backups of a slot.
     *
     * @param claim takes the slot, in the transaction that writes the tasks
     * @throws ProblemException why nothing can start
     */
    void start(Policy policy, UUID vaultId, Instant slot, Instant now, BooleanSupplier claim) {
        if (policy.kind() == PolicyKind.REPLICATION) {
            replicate(policy, vaultId, slot, claim);
            return;
        }
        vaults.allowed(vaultId, VaultAction.BACK_UP);
        vaults.autoBinding().bindNew(vaultId);
        Vault vault = vaults.get(vaultId);
        if (vault.disks().isEmpty()) {
            throw new ProblemException(Problem.of("backup.nothing", "vault", vault.name()));
        }
        PolicyPlan plan = policy.plan();
        var history = backups.ofVaultWithTrash(vaultId).stream().collect(Collectors.groupingBy(Backup::diskId));
        List<FullRun> full = plan.fullEvery().isPresent() ? tasks.full(vaultId, slot.minus(LOOK_BACK)) : List.of();
        automatic.start(new NewAutomatic(
                vaultId,
                new Backup.Automatic(policy.id(), slot),
                disk -> FullBackups.due(
                        plan.fullEvery(), history.getOrDefault(disk, List.of()), full(full, disk), slot, now),
                created -> plan.retention().expiry(created, plan.schedule().zone()),
                plan.conditions().limit(),
                claim));
    }

    private static List<FullRun> full(List<FullRun> runs, UUID disk) {
        return runs.stream().filter(run -> run.disk().equals(disk)).toList();
    }

    private void replicate(Policy policy, UUID vaultId, Instant slot, BooleanSupplier claim) {
        PolicyPlan plan = policy.plan();
        Vault source = vaults.allowed(vaultId, VaultAction.RESTORE);
        UUID target = plan.target().orElseThrow();
        if (vaults.find(target).isEmpty()) {
            throw new ProblemException(Problem.of("policy.target-gone", "policy", policy.name()));
        }
        if (vaults.attaching(target).isPresent()) {
            vaults.open().get(target); // What it has already is known when that is done.
        }
        List<UUID> chosen = replicas
                .outstanding(
                        policy.id(),
                        source,
                        vaults.allowed(target, VaultAction.REPLICATE_INTO),
                        plan.retention().most())
                .stream()
                .map(Backup::id)
                .toList();
        if (chosen.isEmpty()) {
            throw new ProblemException(
                    Problem.of("policy.nothing-new", "policy", policy.name(), "vault", source.name()));
        }
        replicas.start(new NewAutomaticReplicas(
                chosen,
                target,
                new Backup.Automatic(policy.id(), slot),
                created -> plan.retention().expiry(created, plan.schedule().zone()),
                plan.conditions().limit(),
                claim));
    }

    /** Why a missed slot did not run. */
    Problem missed(Policy policy, Instant slot) {
        return Problem.of("policy.missed", "policy", policy.name(), "time", clock(policy, slot));
    }

    /** Why a slot does not run whose policy was changed right before. */
    Problem withdrawn(Policy policy, Instant slot) {
        return Problem.of("policy.withdrawn", "policy", policy.name(), "time", clock(policy, slot));
    }

    /** Why a slot does not run that ran before its time. */
    Problem ranAhead(Policy policy, Instant slot) {
        return Problem.of("policy.ran-ahead", "policy", policy.name(), "time", clock(policy, slot));
    }

    /** Why many missed slots did not run. */
    Problem missedMany(Policy policy, int n, Instant first, Instant last) {
        return Problem.of(
                MISSED_MANY,
                "policy",
                policy.name(),
                "n",
                n,
                "first",
                clock(policy, first),
                "last",
                clock(policy, last));
    }

    /** A slot as the policy's own wall clock shows it. */
    private static String clock(Policy policy, Instant slot) {
        return LocalDateTime.ofInstant(slot, policy.plan().schedule().zone())
                .toString()
                .replace('T', ' ');
    }

    /**
     * Enters a slot that did not run, and why, in the transaction of an act; {@link #tell} after it. What was missed, or what
     * waited in vain, was skipped; anything else is a failure that somebody should see to.
     */
    Task skipped(UUID policy, UUID vaultId, Problem why) {
        return skipped(policies.find(policy).map(Policy::kind).orElse(PolicyKind.BACKUP), vaultId, why);
    }

    /** The same for a policy that may be gone already. */
    Task skipped(PolicyKind kind, UUID vaultId, Problem why) {
        Vault vault = vaults.get(vaultId);
        boolean blameless = BLAMELESS.contains(why.code()) || vault.status() == VaultStatus.FROZEN;
        return automatic.skipped(
                vault,
                kind == PolicyKind.REPLICATION ? TaskType.REPLICATE : TaskType.BACKUP,
                blameless ? TaskStatus.SKIPPED : TaskStatus.FAILED,
                why);
    }

    /** Tells everybody of it. */
    void tell(Task skipped) {
        automatic.tell(skipped);
    }
}
