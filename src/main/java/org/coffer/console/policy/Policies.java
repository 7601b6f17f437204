package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Replicas;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disks;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Policies: making, editing, binding to vaults (P1, P3, P8, P9). {@link Agenda} tells what runs next, {@link Scheduler} runs
 * them, {@link ByHand} when somebody asks for it, {@link Cleaner} lets their backups go, {@link Simulator} tells both beforehand.
 */
public final class Policies {
    /** How generated names begin. */
    public static final String PREFIX = "Policy-";

    private static final String BEGUN = "policies.begun";

    private final Catalog catalog;
    private final PolicyStore store;
    private final Vaults vaults;
    private final Backups backups;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final RandomGenerator random;
    private final Editing editing;
    private final Revival revival;
    private final Agenda agenda;
    private final ByHand byHand;
    private volatile BeforeEnd beforeEnd = (policy, vault) -> {};
    private final ReentrantLock line = new ReentrantLock(true);

    /** Keeps policies in {@code catalog}; names are drawn from {@code random}. */
    public Policies(
            Catalog catalog,
            Vaults vaults,
            Disks disks,
            Backups backups,
            Replicas replicas,
            Audit audit,
            Events events,
            Clock clock,
            RandomGenerator random) {
        this.catalog = catalog;
        this.store = new PolicyStore(catalog);
        this.vaults = vaults;
        this.backups = backups;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.editing = new Editing(store, this::lockedVault, clock);
        this.revival = new Revival(catalog, store, editing, backups, clock);
        this.agenda = new Agenda(this, clock);
        this.byHand = new ByHand(this, vaults, disks, backups, replicas, random);
        vaults.memory().also(vault -> PolicyFacts.description(ofVault(vault), replicationOf(vault)));
    }

    /** At the first start: one policy to begin with, every day at 02:00, the newest 30 (P1). */
    public void begin(Settings settings) {
        if (settings.get(BEGUN).isEmpty()) {
            store.put(editing.first());
            settings.set(BEGUN, now().toString());
        }
    }

    PolicyStore store() {
        return store;
    }

    /** Is told before a plan ends to run, so that slots which passed under it unseen are not forgotten (P11). */
    @FunctionalInterface
    interface BeforeEnd {
        /** A policy's plan ends in one vault, or in all that it serves. */
        void ends(UUID policy, Optional<UUID> vault);
    }

    void beforeEnd(BeforeEnd who) {
        this.beforeEnd = who;
    }

    // ---- looking

    /** All, by name. */
    public List<Policy> list() {
        return store.all();
    }

    /** All of one kind, by name. */
    public List<Policy> list(PolicyKind kind) {
        return list().stream().filter(policy -> policy.kind() == kind).toList();
    }

    /** The policy with this ID. */
    public Optional<Policy> find(UUID id) {
        return store.find(id);
    }

    /**
     * The policy with this ID.
     *
     * @throws ProblemException {@code policy.unknown}
     */
    public Policy get(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.of("policy.unknown", "policy", id)));
    }

    /** The policy that makes the backups of a vault. */
    public Optional<Policy> ofVault(UUID vault) {
        return ofVault(vault, PolicyKind.BACKUP);
    }

    /** The policy that copies the backups of a vault to another location. */
    public Optional<Policy> replicationOf(UUID vault) {
        return ofVault(vault, PolicyKind.REPLICATION);
    }

    /** The policy of one kind of a vault. */
    public Optional<Policy> ofVault(UUID vault, PolicyKind kind) {
        return store.bondOf(vault, kind).flatMap(bond -> find(bond.policy()));
    }

    /** The backup policies of all vaults that have one, by the vault's ID: one look for a whole list. */
    public Map<UUID, Policy> byVault() {
        return byVault(PolicyKind.BACKUP);
    }

    /** The same for policies of one kind. */
    public Map<UUID, Policy> byVault(PolicyKind kind) {
        Map<UUID, Policy> policies = new HashMap<>();
        list().forEach(policy -> policies.put(policy.id(), policy));
        Map<UUID, Policy> byVault = new HashMap<>();
        store.bonds().forEach(bond -> {
            Policy policy = policies.get(bond.policy());
            if (policy != null && bond.kind() == kind) {
                byVault.put(bond.vault(), policy);
            }
        });
        return byVault;
    }

    /** How a vault stands with policies, by what {@link #ofVault} or {@link #byVault} said. */
    public static PolicyState state(Optional<Policy> policy) {
        return policy.map(found -> found.enabled() ? PolicyState.ENABLED : PolicyState.DISABLED)
                .orElse(PolicyState.NONE);
    }

    /** The policies that serve any vault. */
    List<Policy> serving() {
        Set<UUID> bound = store.bonds().stream().map(Bond::policy).collect(Collectors.toSet());
        return list().stream().filter(policy -> bound.contains(policy.id())).toList();
    }

    /** The vaults that a policy serves, by name; those in the trash left out. */
    public List<Vault> vaultsOf(UUID policy) {
        List<UUID> served = store.bonds().stream()
                .filter(bond -> bond.policy().equals(policy))
                .map(Bond::vault)
                .toList();
        return vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> served.contains(vault.id()))
                .toList();
    }

    /** The vaults in which lies what a policy makes: those that it serves, of a policy of replication its target. */
    public List<Vault> holding(Policy policy) {
        return policy.plan()
                .target()
                .map(target -> vaults.find(target).stream().toList())
                .orElseGet(() -> vaultsOf(policy.id()));
    }

    /** A policy of replication that serves no vault has left what it made. */
    private Optional<String> lockedVault(Policy policy) {
        return holding(policy).stream()
                .filter(_ -> serves(policy))
                .filter(vault -> vault.lock().isPresent())
                .map(Vault::name)
                .findFirst();
    }

    /**
     * Learns of locks that other consoles set on the vaults in which lies what a policy counts.
     *
     * @throws ProblemException {@code lock.unread}
     */
    private void lookForLocks(Policy policy) {
        if (!serves(policy)) {
            return;
        }
        for (Vault vault : holding(policy)) {
            try {
                if (counts(policy, vault)) {
                    vaults.lookForLock(vault.id());
                }
            } catch (ProblemException e) {
                throw new ProblemException(
                        Problem.of(
                                "lock.unread",
                                "policy",
                                policy.name(),
                                "vault",
                                vault.name(),
                                "location",
                                vault.locationName()),
                        e);
            }
        }
    }

    /** Whether a vault holds anything that a count of a policy could take. */
    private boolean counts(Policy policy, Vault vault) {
        return backups.ofVaultWithTrash(vault.id()).stream()
                .anyMatch(backup -> backup.automatic()
                        .filter(from -> from.policy().equals(policy.id()) && !from.left())
                        .isPresent());
    }

    /** Whether it serves any vault, be it one in the trash. */
    private boolean serves(Policy policy) {
        return store.bonds().stream().anyMatch(bond -> bond.policy().equals(policy.id()));
    }

    /** A name that is not taken: {@code Policy-7f3a}. */
    public String suggestName() {
        String name = Names.suggest(PREFIX, random);
        return editing.taken(name, Optional.empty()) ? suggestName() : name;
    }

    /** What runs next, and when. */
    public Agenda agenda() {
        return agenda;
    }

    /** Running them when somebody asks for it. */
    public ByHand byHand() {
        return byHand;
    }

    /** Bringing them back with their vaults. */
    public Revival revival() {
        return revival;
    }

    // ---- making and editing

    /** What is wrong with a plan, by the form's field: name, to, times, days, retention, full, conditions, policies. */
    public Map<String, Problem> problems(PolicyPlan plan, Optional<UUID> self) {
        Map<String, Problem> problems = new LinkedHashMap<>(editing.problems(plan, self));
        plan.target()
                .filter(_ -> aims(plan, self.flatMap(this::find)))
                .flatMap(
                        target -> targetProblem(target, self.map(this::vaultsOf).orElse(List.of())))
                .ifPresent(p -> problems.putIfAbsent("to", p));
        return problems;
    }

    /** Whether a plan begins to copy into its target: one whose target is gone can still be edited and switched off. */
    private static boolean aims(PolicyPlan plan, Optional<Policy> before) {
        return before.map(Policy::plan)
                .filter(old -> old.target().equals(plan.target()))
                .filter(old -> old.enabled() || !plan.enabled())
                .isEmpty();
    }

    /** Why the backups of some vaults cannot be copied into a vault by a policy: it is not there, or beside one of them. */
    private Optional<Problem> targetProblem(UUID target, List<Vault> sources) {
        Optional<Vault> found = vaults.find(target);
        if (found.isEmpty()) {
            return Optional.of(Problem.of("vault.unknown", "vault", target));
        }
        Vault vault = found.get();
        if (vault.trashedAt().isPresent()) {
            return Optional.of(Problem.of("vault.trashed", "vault", vault.name()));
        }
        return sources.stream()
                .filter(source -> source.locationId().equals(vault.locationId()))
                .findFirst()
                .map(source -> Replicas.sameLocation(vault));
    }

    /** Refuses what is wrong with a policy; in line, so that of two that want the same name the second is refused. */
    private void check(Policy policy, Optional<Policy> before) {
        problems(policy.plan(), before.map(Policy::id)).values().stream()
                .findFirst()
                .or(() -> before.flatMap(old -> editing.shortened(old, policy.plan())))
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    /** Writes what was checked. With another target, the replicas in the one before are left in the same moment. */
    private void put(Policy policy, Optional<Policy> before) {
        catalog.transaction(() -> {
            store.put(policy);
            before.flatMap(old -> old.plan().target())
                    .filter(old -> !policy.plan().target().equals(Optional.of(old)))
                    .ifPresent(old -> store.left().policyGone(policy.id(), old));
        });
    }

    /**
     * Makes a policy. An interval is counted from today.
     *
     * @throws ProblemException the first of {@link #problems}
     */
    public Policy create(PolicyPlan wanted) {
        Policy made = editing.made(wanted);
        line.lock();
        try {
            check(made, Optional.empty());
            put(made, Optional.empty());
        } finally {
            line.unlock();
        }
        audit.succeeded(AuditEvent.CREATE_POLICY, PolicyFacts.target(made), Map.of(), PolicyFacts.of(made.plan()));
        events.publish(new Event.PolicyChanged(made.id()));
        return made;
    }

    /**
     * Changes a policy. Slots that are past stay past. What becomes of older backups says {@link Keeping}.
     *
     * @param restart whether an interval is counted from today; if not it keeps the day from which it is counted (P3)
     * @throws ProblemException {@code policy.unknown}, {@code lock.unread} if a count could take something sooner in a vault of
     *     which nobody can tell now whether another console locked it, or the first of {@link #problems}
     */
    public Policy edit(UUID id, PolicyPlan wanted, boolean restart) {
        Policy seen = get(id);
        if (editing.shortens(seen, edited(seen, wanted, restart).plan())) {
            lookForLocks(seen); // Takes as long as the location does, so not in line.
        }
        Policy before;
        Policy after;
        line.lock();
        try {
            before = get(id); // Somebody may have deleted it, which lasts.
            after = edited(before, wanted, restart);
            check(after, Optional.of(before)); // Before anything is done: a refused edit ends no plan.
            if (!after.runsSince().equals(before.runsSince()) || (before.enabled() && !after.enabled())) {
                beforeEnd.ends(id, Optional.empty());
            }
            put(after, Optional.of(before));
        } finally {
            line.unlock();
        }
        audit.succeeded(
                AuditEvent.UPDATE_POLICY,
                PolicyFacts.target(after),
                PolicyFacts.of(before.plan()),
                PolicyFacts.of(after.plan()));
        events.publish(new Event.PolicyChanged(id));
        vaultsOf(id).forEach(vault -> vaults.describe(vault.id()));
        return after;
    }

    /** What {@link #edit} would make of a policy now; for showing beforehand. */
    public Policy edited(Policy before, PolicyPlan wanted, boolean restart) {
        return editing.edited(before, wanted, restart);
    }

    /** Switches a policy on or off. One that is off starts nothing and deletes nothing; what runs goes on (P8). */
    public Policy enable(UUID id, boolean on) {
        return edit(id, get(id).plan().enabled(on), false);
    }

    /**
     * Deletes a policy. No backup goes by that: what has a date still goes on it, what is counted stays, and what had run out
     * while the policy was off stays too (P8). {@link Simulator#farewell} counts them.
     */
    public void delete(UUID id) {
        Policy gone;
        List<Vault> served;
        List<UUID> spared;
        line.lock();
        try {
            gone = get(id);
            served = vaultsOf(id);
            beforeEnd.ends(id, Optional.empty());
            boolean off = !gone.enabled();
            spared = catalog.transaction(() -> {
                List<UUID> dated = off ? backups.takeDates(id, now()) : List.of();
                store.delete(id);
                return dated;
            });
        } finally {
            line.unlock();
        }
        audit.succeeded(
                AuditEvent.DELETE_POLICY,
                PolicyFacts.target(gone),
                PolicyFacts.of(gone.plan()),
                spared.isEmpty() ? Map.of() : Map.of("spared", spared.size()));
        events.publish(new Event.PolicyChanged(id));
        spared.forEach(backup -> events.publish(new Event.BackupChanged(backup)));
        served.forEach(vault -> {
            vaults.describe(vault.id());
            events.publish(new Event.VaultChanged(vault.id()));
        });
    }

    // ---- vaults

    /** Why a policy cannot serve a vault; empty if it can: its state, or that its copies would lie beside the backups. */
    public Optional<Problem> refusal(Policy policy, Vault vault) {
        return VaultAction.BIND_POLICY.refusal(vault).or(() -> unfit(policy, vault));
    }

    private Optional<Problem> unfit(Policy policy, Vault vault) {
        return policy.plan().target().flatMap(target -> targetProblem(target, List.of(vault)));
    }

    /**
     * Lets a policy serve a vault, instead of the one that did so far (P9).
     *
     * @return the one that is left
     * @throws ProblemException {@code policy.unknown}, {@code vault.unknown}, or that the vault's state does not allow it
     */
    public Optional<Policy> bind(UUID id, UUID vaultId) {
        Policy policy;
        Vault vault = vaults.allowed(vaultId, VaultAction.BIND_POLICY);
        Optional<Policy> before;
        line.lock();
        try {
            policy = get(id);
            refuse(policy, vault);
            before = ofVault(vaultId, policy.kind());
            if (!before.equals(Optional.of(policy))) {
                before.ifPresent(left -> beforeEnd.ends(left.id(), Optional.of(vaultId)));
                Policy next = policy;
                catalog.transaction(() -> bound(next, vaultId));
            }
        } finally {
            line.unlock();
        }
        if (!before.equals(Optional.of(policy))) {
            audit.succeeded(
                    AuditEvent.ASSOCIATE_POLICY,
                    Vaults.target(vault),
                    Map.of("policy", before.map(Policy::name).orElse("")),
                    Map.of("policy", policy.name()));
            changed(policy, vaultId);
        }
        return before.filter(other -> !other.id().equals(id));
    }

    private void refuse(Policy policy, Vault vault) {
        unfit(policy, vault).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    /** In a transaction. */
    private void bound(Policy policy, UUID vault) {
        store.bind(
                new Bond(policy.id(), vault, policy.kind(), now()),
                policy.plan().target().orElse(vault));
    }

    /** Takes a vault's backup policy away, as {@link #unbind(UUID, PolicyKind)}. */
    public Policy unbind(UUID vaultId) {
        return unbind(vaultId, PolicyKind.BACKUP);
    }

    /**
     * Takes a vault's policy of one kind away. No backup goes by that (P8).
     *
     * @throws ProblemException {@code vault.unknown}, {@code policy.none}, or that the vault's state does not allow it
     */
    public Policy unbind(UUID vaultId, PolicyKind kind) {
        Vault vault = vaults.allowed(vaultId, VaultAction.EDIT);
        Policy policy;
        line.lock();
        try {
            policy = ofVault(vaultId, kind)
                    .orElseThrow(() -> new ProblemException(Problem.of("policy.none", "vault", vault.name())));
            beforeEnd.ends(policy.id(), Optional.of(vaultId));
            catalog.transaction(() -> store.unbind(vaultId, kind));
        } finally {
            line.unlock();
        }
        audit.succeeded(
                AuditEvent.DISSOCIATE_POLICY,
                Vaults.target(vault),
                Map.of("policy", policy.name()),
                Map.of("policy", ""));
        changed(policy, vaultId);
        return policy;
    }

    private void changed(Policy policy, UUID vault) {
        vaults.describe(vault);
        events.publish(new Event.PolicyChanged(policy.id()));
        events.publish(new Event.VaultChanged(vault));
    }

    /** Makes a vault that a policy serves from the start (V2): both or neither. */
    public Vault createVault(NewVault wanted, UUID policyId) {
        Policy policy = get(policyId);
        VaultAction.withoutPolicy(wanted).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Vault made = vaults.create(wanted, id -> {
            Policy now = get(policyId); // Making a vault takes as long as its location does.
            refuse(now, vaults.get(id));
            bound(now, id);
        });
        audit.succeeded(
                AuditEvent.ASSOCIATE_POLICY,
                Vaults.target(made),
                Map.of("policy", ""),
                Map.of("policy", policy.name()));
        changed(policy, made.id());
        return made;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
