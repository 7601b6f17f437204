package org.coffer.console.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Replicas: copies of backups in vaults of other locations (X1). Which there are, and starting them; {@link ReplicaWork} makes
 * them.
 *
 * <p>A replica is a backup like any other, of the same disk and the same moment, with an origin of its own; it restores without
 * what it was copied from, and is not copied again. So the record of a replication is the replica itself: its state, and its
 * task.
 */
public final class Replicas {
    /** How generated names begin. */
    public static final String PREFIX = "replica_";

    private final Backups backups;
    private final BackupStore store;
    private final ReplicaStore replicas;
    private final Twins twins;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Events events;
    private final RandomGenerator random;

    /** Copies {@code backups} through {@code tasks}; names are drawn from {@code random}. */
    public Replicas(Backups backups, Vaults vaults, Tasks tasks, Events events, RandomGenerator random) {
        this.backups = backups;
        this.store = backups.store();
        this.replicas = backups.replicas();
        this.twins = new Twins(backups, vaults);
        this.vaults = vaults;
        this.tasks = tasks;
        this.events = events;
        this.random = random;
    }

    // ---- looking

    /** The copies of a backup that are there, being made, or failed: newest first. */
    public List<Backup> of(Backup backup) {
        return backup.session().stream()
                .flatMap(session -> replicas.copies(session).stream())
                .flatMap(id -> store.find(id).stream())
                .sorted(Comparator.comparing((Backup copy) -> copy.finishedAt().orElse(Instant.MAX))
                        .reversed()
                        .thenComparing(Backup::id))
                .toList();
    }

    /** What a backup is a copy of; empty if it is none. */
    public Optional<CopyOf> copied(UUID replica) {
        return replicas.find(replica);
    }

    /** What a replica was copied from, if this catalog has it. */
    public Optional<Backup> original(UUID replica) {
        return copied(replica)
                .flatMap(of -> replicas.made(of.session()).stream()
                        .flatMap(id -> store.find(id).stream())
                        .findFirst());
    }

    /**
     * The backup in another vault from which a damaged one can be healed now (B11): a replica of it, what it is a replica of, or
     * another replica of that. A sound one before one that is damaged too, because its damage may lie elsewhere.
     */
    public Optional<Backup> healer(Backup damaged) {
        return twins.besides(damaged).stream()
                .filter(copy -> vaults.find(copy.vaultId())
                        .filter(vault -> VaultAction.RESTORE.refusal(vault).isEmpty())
                        .isPresent())
                .min(Comparator.comparing(Backup::damaged).thenComparing(Backup::id));
    }

    /** The damaged backups of a vault that can be healed now, by {@link #healer}. */
    public List<Backup> healable(UUID vault) {
        return backups.ofVault(vault).stream()
                .filter(backup -> backup.damaged() && healer(backup).isPresent())
                .toList();
    }

    /** A name for one to be made: {@code replica_7f3a}. */
    public String suggestName() {
        return Names.suggest(PREFIX, random);
    }

    /** Why a backup cannot be copied anywhere as it is now, its vault included; empty if it can. */
    public Optional<Problem> refusal(Backup backup) {
        return unfit(backup).or(() -> VaultAction.RESTORE.refusal(vaults.get(backup.vaultId())));
    }

    /** Why a backup cannot be copied anywhere, by what it is itself; nothing is looked up for that. */
    public static Optional<Problem> unfit(Backup backup) {
        if (backup.origin() == Origin.REPLICA) {
            return Optional.of(Problem.of("replicate.replica", "backup", backup.name()));
        }
        if (backup.trashedAt().isPresent()) {
            return Optional.of(Problem.of("replicate.trashed", "backup", backup.name()));
        }
        if (backup.damaged()) {
            return Optional.of(Problem.of("replicate.damaged", "backup", backup.name()));
        }
        return Backups.notRestorable(backup);
    }

    /** Why a backup cannot be copied into this vault; empty if it can. */
    public Optional<Problem> refusal(Backup backup, Vault target) {
        Vault source = vaults.get(backup.vaultId());
        if (source.locationId().equals(target.locationId())) {
            return Optional.of(sameLocation(target));
        }
        return VaultAction.REPLICATE_INTO.refusal(target).or(() -> there(backup, target));
    }

    /** A vault that lies beside what is to be copied. */
    public static Problem sameLocation(Vault target) {
        return Problem.of("replicate.same-location", "vault", target.name(), "location", target.locationName());
    }

    private Optional<Problem> there(Backup backup, Vault target) {
        return of(backup).stream()
                .filter(copy -> copy.vaultId().equals(target.id()) && copy.status() != BackupStatus.ERROR)
                .findFirst()
                .map(copy -> Problem.of(
                        "replicate.again", "backup", backup.name(), "vault", target.name(), "replica", copy.name()));
    }

    /** The vaults of other locations, by name, each with the reason why the backup cannot be copied into it, if there is one. */
    public Map<Vault, Optional<Problem>> targets(Backup backup) {
        UUID here = vaults.get(backup.vaultId()).locationId();
        Map<Vault, Optional<Problem>> targets = new LinkedHashMap<>();
        vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> !vault.locationId().equals(here))
                .forEach(vault -> targets.put(vault, refusal(backup, vault)));
        return targets;
    }

    /** What is wrong with a copy to be made, by the form's field: backup, vault, name. */
    public Map<String, Problem> problems(NewReplica wanted) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Backup backup = backups.get(wanted.backup());
        refusal(backup).ifPresent(p -> problems.put("backup", p));
        refusal(backup, vaults.get(wanted.vault())).ifPresent(p -> problems.put("vault", p));
        Backups.nameProblem(wanted.name(), Names.LONGEST).ifPresent(p -> problems.put("name", p));
        return problems;
    }

    // ---- making

    /**
     * Starts to copy a backup. As long as it runs neither the backup nor its vault can be deleted.
     *
     * @throws ProblemException the first of {@link #problems}
     */
    public Task start(NewReplica wanted) {
        problems(wanted).values().stream().findFirst().ifPresent(Replicas::refuse);
        Vault target = vaults.get(wanted.vault());
        Task task = backups.leases().take(() -> {
            Backup source = backups.get(wanted.backup());
            changed(source, target).ifPresent(Replicas::refuse);
            return enter(source, target, wanted.name(), Optional.empty(), Optional.empty(), 0);
        });
        launch(List.of(task));
        return task;
    }

    private static void refuse(Problem problem) {
        throw new ProblemException(problem);
    }

    /** What may have changed since it was looked at, asked with nobody between the answer and the row. */
    private Optional<Problem> changed(Backup source, Vault target) {
        return Backups.notRestorable(source).or(() -> there(source, target));
    }

    /**
     * Starts what a policy copies at one of its slots. What cannot be copied is skipped, and the skip is a task.
     *
     * @return the tasks, in the order of the backups; none if the slot was taken before
     */
    public List<Task> start(NewAutomaticReplicas wanted) {
        Vault target = vaults.get(wanted.vault());
        List<Task> rows = backups.leases().take(() -> {
            List<Task> written = new ArrayList<>();
            if (wanted.claim().getAsBoolean()) {
                wanted.backups()
                        .forEach(
                                id -> backups.find(id).ifPresent(source -> written.add(enter(wanted, source, target))));
            }
            return written;
        });
        launch(rows);
        return rows;
    }

    private Task enter(NewAutomaticReplicas wanted, Backup source, Vault target) {
        String name = suggestName();
        Optional<Problem> refused = changed(source, target);
        if (refused.isPresent()) {
            NewTask skipped = work(source, target, Optional.empty(), name, wanted.limit());
            return tasks.enterEnded(skipped, TaskStatus.SKIPPED, refused.get());
        }
        return enter(
                source,
                target,
                name,
                Optional.of(wanted.from()),
                wanted.expiry().apply(backups.now()),
                wanted.limit());
    }

    private Task enter(
            Backup source,
            Vault target,
            String name,
            Optional<Backup.Automatic> automatic,
            Optional<Instant> expires,
            long limit) {
        UUID id = UUID.randomUUID();
        Task row = tasks.create(work(source, target, Optional.of(id), name, limit));
        store.insert(creating(id, name, source, target, row.id(), automatic, expires));
        replicas.insert(id, new CopyOf(source.session().orElseThrow(), source.name(), source.vaultName()));
        return row;
    }

    private void launch(List<Task> rows) {
        for (Task row : rows) {
            if (row.status().ended()) {
                tasks.tell(row);
            } else {
                tasks.launch(row);
                row.subject().backupId().ifPresent(id -> events.publish(new Event.BackupChanged(id)));
            }
            source(row).ifPresent(id -> events.publish(new Event.BackupChanged(id)));
        }
    }

    /** The backup that a replication copies, by its ID. */
    static Optional<UUID> source(Task replication) {
        return Optional.ofNullable(replication.parameters().get(Leases.SOURCE))
                .map(Object::toString)
                .map(UUID::fromString);
    }

    private static NewTask work(Backup source, Vault target, Optional<UUID> id, String name, long limit) {
        return new NewTask(
                TaskType.REPLICATE,
                new Task.Subject(
                        source.name(),
                        Optional.of(target.id()),
                        target.name(),
                        Optional.of(source.diskId()),
                        source.diskName(),
                        id,
                        Optional.of(target.locationId())),
                Map.of(
                        Leases.SOURCE,
                        source.id().toString(),
                        Leases.SOURCE_VAULT,
                        source.vaultId().toString(),
                        BackupWork.NAME,
                        name,
                        BackupWork.LIMIT,
                        limit));
    }

    private static Backup creating(
            UUID id,
            String name,
            Backup source,
            Vault target,
            UUID task,
            Optional<Backup.Automatic> automatic,
            Optional<Instant> expires) {
        return new Backup(
                id,
                name,
                source.description(),
                target.id(),
                target.name(),
                source.diskId(),
                source.diskName(),
                source.role(),
                BackupStatus.CREATING,
                Origin.REPLICA,
                Kind.INCREMENTAL,
                false,
                source.consistency(),
                source.reason(),
                source.encryption(),
                source.createdAt(),
                Optional.empty(),
                new Backup.Sizes(source.sizes().capacity(), 0, 0, 0, 0),
                Optional.empty(),
                Optional.of(task),
                expires,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                automatic,
                true);
    }

    /**
     * What a policy has still to copy of a vault, oldest first: of each disk the backups that are newer than the newest that
     * it copied, and those whose copy it began and that did not succeed; of one that nothing was copied of, the newest alone.
     * What a clock that ran ahead dated later than now holds nothing back: neither does such a copy say how far the policy came,
     * nor does such a backup take the place of another.
     *
     * @param policy whose replicas count; those of backups that were made by hand are nobody's, and count where it made no other
     * @param most of each disk, the newest that policies made; what retention would let go at once need not travel
     */
    public List<Backup> outstanding(UUID policy, Vault source, Vault target, int most) {
        Instant now = backups.now();
        Map<UUID, Instant> reached = reached(policy, target, now);
        Set<String> failed = failed(policy, target);
        Map<UUID, List<Backup>> seen = new HashMap<>();
        List<Backup> outstanding = new ArrayList<>();
        for (Backup backup : backups.ofVault(source.id())) { // Newest first.
            if (backup.origin() == Origin.SAFETY_COPY || !backup.checkable()) {
                continue;
            }
            List<Backup> newer = seen.computeIfAbsent(backup.diskId(), disk -> new ArrayList<>());
            Optional<Instant> last = Optional.ofNullable(reached.get(backup.diskId()));
            boolean tried = backup.session().filter(failed::contains).isPresent();
            boolean next = last.map(at -> backup.createdAt().isAfter(at))
                    .orElseGet(
                            () -> newer.stream().allMatch(one -> one.createdAt().isAfter(now)));
            boolean worth = backup.automatic().isEmpty() || counted(newer, now) < most;
            if ((next || tried) && worth) {
                outstanding.add(backup);
            }
            newer.add(backup);
        }
        return outstanding.stream()
                .filter(backup ->
                        refusal(backup).isEmpty() && there(backup, target).isEmpty())
                .sorted(Comparator.comparing(Backup::createdAt).thenComparing(Backup::id))
                .toList();
    }

    /** The sessions of what a policy began to copy to a vault and did not: as long as the failed runs are kept (P12). */
    private Set<String> failed(UUID policy, Vault target) {
        Map<UUID, String> sources = replicas.sources(target.id());
        return store.ofVault(target.id()).stream()
                .filter(copy -> copy.status() == BackupStatus.ERROR
                        && copy.finishedAt().isEmpty()
                        && copy.automatic()
                                .filter(by -> by.policy().equals(policy))
                                .isPresent())
                .flatMap(copy -> Optional.ofNullable(sources.get(copy.id())).stream())
                .collect(Collectors.toSet());
    }

    private static long counted(List<Backup> chosen, Instant now) {
        return chosen.stream()
                .filter(backup ->
                        backup.automatic().isPresent() && !backup.createdAt().isAfter(now))
                .count();
    }

    /** Up to when a policy copied what there was of each disk, as far as that is not later than {@code now}. */
    private Map<UUID, Instant> reached(UUID policy, Vault target, Instant now) {
        Map<UUID, Instant> mine = new HashMap<>();
        Map<UUID, Instant> nobodys = new HashMap<>();
        for (Backup copy : store.ofVault(target.id())) {
            if (copy.origin() == Origin.REPLICA
                    && copy.finishedAt().isPresent()
                    && !copy.createdAt().isAfter(now)) {
                Optional<UUID> maker = copy.automatic().map(Backup.Automatic::policy);
                if (maker.isEmpty() || maker.get().equals(policy)) {
                    (maker.isEmpty() ? nobodys : mine)
                            .merge(copy.diskId(), copy.createdAt(), (a, b) -> a.isAfter(b) ? a : b);
                }
            }
        }
        nobodys.forEach(mine::putIfAbsent);
        return mine;
    }
}
