package org.coffer.console.backup;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.LeftStore;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Backups: making them by hand, listing, describing. {@link Deletion} removes them, {@link VaultTrash} deletes whole
 * vaults, {@link BackupWork} is the road that a backup takes.
 */
public final class Backups {
    /** Hand-given names may not begin like this (B3). */
    public static final String AUTOMATIC_PREFIX = "autobk_";
    /** How generated names of manual backups begin. */
    public static final String MANUAL_PREFIX = "manualbk_";

    private static final int SUFFIX = 5;

    private final BackupStore store;
    private final BackupListStore lists;
    private final ReplicaStore replicas;
    private final Labels labels;
    private final MovedCopyStore moved;
    private final Leases leases;
    private final LeftStore left;
    private final Vaults vaults;
    private final Disks disks;
    private final Tasks tasks;
    private final Audit audit;
    private final Events events;
    private final TrustedTime time;
    private volatile Aftercare aftercare = Aftercare.NONE;

    /** Keeps backups in {@code catalog}. */
    public Backups(
            Catalog catalog, Vaults vaults, Disks disks, Tasks tasks, Audit audit, Events events, TrustedTime time) {
        this.store = new BackupStore(catalog);
        this.lists = new BackupListStore(catalog);
        this.replicas = new ReplicaStore(catalog);
        this.moved = new MovedCopyStore(catalog);
        this.leases = new Leases(catalog, tasks, disks);
        this.left = new LeftStore(catalog);
        this.vaults = vaults;
        this.labels = new Labels(store, vaults);
        this.disks = disks;
        this.tasks = tasks;
        this.audit = audit;
        this.events = events;
        this.time = time;
    }

    Labels labels() {
        return labels;
    }

    BackupStore store() {
        return store;
    }

    MovedCopyStore moved() {
        return moved;
    }

    BackupListStore lists() {
        return lists;
    }

    ReplicaStore replicas() {
        return replicas;
    }

    LeftStore left() {
        return left;
    }

    /** Who works on which disk and which backup, for the nouns to the right. */
    public Leases leases() {
        return leases;
    }

    /** Until when somebody tried to make one that came to nothing: longer than from when on, by the days that a run may take. */
    Instant lastTried(Backup backup) {
        return backup.taskId()
                .flatMap(tasks::find)
                .map(task -> task.ended().orElseGet(this::now))
                .orElse(backup.createdAt());
    }

    /** Says who lets backups go; once, before anything is started. */
    public void aftercare(Aftercare who) {
        aftercare = who;
    }

    /** What time it is. */
    TrustedTime time() {
        return time;
    }

    Aftercare aftercare() {
        return aftercare;
    }

    // ---- looking

    /** All backups of a vault that are not in the trash, newest first. */
    public List<Backup> ofVault(UUID vault) {
        return store.ofVault(vault).stream()
                .filter(backup -> backup.trashedAt().isEmpty())
                .toList();
    }

    /** All backups of a disk in a vault that are not in the trash, newest first. */
    public List<Backup> ofDisk(UUID vault, UUID disk) {
        return store.of(vault, disk).stream()
                .filter(backup -> backup.trashedAt().isEmpty())
                .toList();
    }

    /** All backups of a vault, those in the trash too, newest first. */
    public List<Backup> ofVaultWithTrash(UUID vault) {
        return store.ofVault(vault);
    }

    /** One page of the backups that match. */
    public List<Backup> list(BackupFilter filter, BackupSort sort, int offset, int limit) {
        return lists.list(filter, sort, offset, limit);
    }

    /** How many match. */
    public long count(BackupFilter filter) {
        return lists.count(filter);
    }

    /** What those that match stored when they were made, in bytes. */
    public long addedBytes(BackupFilter filter) {
        return lists.added(filter);
    }

    /** The backup with this ID, also one in the trash. */
    public Optional<Backup> find(UUID id) {
        return store.find(id);
    }

    /**
     * The backup with this ID.
     *
     * @throws ProblemException {@code backup.missing}
     */
    public Backup get(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.of("backup.missing", "backup", id)));
    }

    /** Per disk of each vault: how many backups there are, what they hold, and the last good one. */
    public List<DiskTotals> totals() {
        return lists.totals(now());
    }

    /**
     * How many backups of a vault are damaged, and how many are sound.
     *
     * @param most how many of the damaged ones are named at most
     */
    public Soundness soundness(UUID vault, int most) {
        return lists.soundness(vault, most);
    }

    /** Those of some backups that the retention lock of their vault holds (V16): nobody may delete them by hand. */
    public Set<UUID> held(Collection<Backup> some) {
        Map<UUID, Vault> locked = new HashMap<>();
        vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> vault.lock().isPresent())
                .forEach(vault -> locked.put(vault.id(), vault));
        return some.stream()
                .filter(backup -> Optional.ofNullable(locked.get(backup.vaultId()))
                        .filter(vault -> RetentionHold.holds(vault, backup))
                        .isPresent())
                .map(Backup::id)
                .collect(Collectors.toSet());
    }

    // ---- making

    /** What is wrong with backups to be made, by the field's name: vault, name, description, disks. */
    public Map<String, Problem> problems(NewBackup wanted) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Vault vault = vaults.get(wanted.vault());
        VaultAction.BACK_UP.refusal(vault).ifPresent(p -> problems.put("vault", p));
        List<UUID> chosen = chosen(wanted, vault);
        int longest = chosen.size() > 1 ? Names.LONGEST - SUFFIX : Names.LONGEST;
        nameProblem(wanted.name(), longest).ifPresent(p -> problems.put("name", p));
        Names.descriptionProblem(wanted.description()).ifPresent(p -> problems.put("description", p));
        if (chosen.isEmpty()) {
            problems.put("disks", Problem.of("backup.nothing", "vault", vault.name()));
        }
        for (UUID disk : chosen) {
            if (!vault.disks().contains(disk)) {
                problems.put(
                        "disks",
                        Problem.of(
                                "backup.not-bound",
                                "vault",
                                vault.name(),
                                "disk",
                                disks.get(disk).name()));
            }
        }
        List<Problem> busy =
                chosen.stream().flatMap(disk -> busy(disk).stream()).toList();
        if (!chosen.isEmpty() && busy.size() == chosen.size()) {
            problems.putIfAbsent("disks", busy.getFirst());
        }
        return problems;
    }

    private static List<UUID> chosen(NewBackup wanted, Vault vault) {
        return wanted.disks().isEmpty() ? vault.disks() : List.copyOf(new java.util.LinkedHashSet<>(wanted.disks()));
    }

    static Optional<Problem> nameProblem(String name, int longest) {
        return name.toLowerCase(Locale.ROOT).startsWith(AUTOMATIC_PREFIX)
                ? Optional.of(Problem.of("backup.name-automatic", "prefix", AUTOMATIC_PREFIX))
                : Names.problem(name, longest);
    }

    /** Why this disk cannot be backed up now: a backup of it runs (B5), or a restore onto it. */
    public Optional<Problem> busy(UUID disk) {
        return leases.disk(disks.get(disk));
    }

    /**
     * Starts one backup per disk. Of several, one that cannot start fails alone: its task says why (B5).
     *
     * @return the tasks, in the order of the disks
     * @throws ProblemException the first of {@link #problems}
     */
    public List<Task> start(NewBackup wanted) {
        problems(wanted).values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Vault vault = vaults.get(wanted.vault());
        List<UUID> chosen = chosen(wanted, vault);
        List<Task> started = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            String name = chosen.size() == 1 ? wanted.name() : String.format("%s-%04d", wanted.name(), i + 1);
            started.add(startOne(vault, disks.get(chosen.get(i)), name, wanted));
        }
        return started;
    }

    private Task startOne(Vault vault, Disk disk, String name, NewBackup wanted) {
        UUID id = UUID.randomUUID();
        NewTask work = new NewTask(
                TaskType.BACKUP,
                new Task.Subject(
                        disk.name(),
                        Optional.of(vault.id()),
                        vault.name(),
                        Optional.of(disk.id()),
                        disk.name(),
                        Optional.of(id),
                        Optional.of(vault.locationId())),
                Map.of(
                        BackupWork.NAME,
                        name,
                        BackupWork.DESCRIPTION,
                        wanted.description(),
                        BackupWork.FULL,
                        wanted.full()));
        Task task;
        try {
            task = leases.take(() -> {
                leases.disk(disk).ifPresent(busy -> {
                    throw new ProblemException(busy);
                });
                Task row = tasks.create(work);
                store.insert(creating(id, name, wanted.description(), vault, disk, row.id()));
                return row;
            });
        } catch (ProblemException busy) {
            return tasks.createEnded(work, TaskStatus.FAILED, busy.problem());
        }
        tasks.launch(task);
        events.publish(new Event.BackupChanged(id));
        return task;
    }

    private Backup creating(UUID id, String name, String description, Vault vault, Disk disk, UUID task) {
        return creating(id, name, description, vault, disk, task, Origin.MANUAL, Optional.empty(), Optional.empty());
    }

    Backup creating(
            UUID id,
            String name,
            String description,
            Vault vault,
            Disk disk,
            UUID task,
            Origin origin,
            Optional<Backup.Automatic> automatic,
            Optional<Instant> expires) {
        return new Backup(
                id,
                name,
                description,
                vault.id(),
                vault.name(),
                disk.id(),
                disk.name(),
                disk.role(),
                BackupStatus.CREATING,
                origin,
                Kind.INCREMENTAL,
                false,
                Consistency.NONE,
                BackupWork.PENDING,
                disk.encryption(),
                now(),
                Optional.empty(),
                new Backup.Sizes(disk.capacity(), 0, 0, 0, 0),
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

    // ---- editing

    /**
     * Changes name and description.
     *
     * @throws ProblemException {@code name.*}, {@code backup.name-automatic}, {@code description.long}
     */
    public void rename(UUID id, String name, String description) {
        Backup before = get(id);
        Optional<Problem> wrong = name.equals(before.name()) ? Optional.empty() : nameProblem(name, Names.LONGEST);
        wrong.or(() -> Names.descriptionProblem(description)).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        store.rename(id, name, description);
        audit.succeeded(
                AuditEvent.UPDATE_BACKUP,
                target(before),
                Map.of("name", before.name(), "description", before.description()),
                Map.of("name", name, "description", description));
        events.publish(new Event.BackupChanged(id));
        vaults.describe(before.vaultId());
    }

    /**
     * Lets a backup go at a moment, or never (P6, P7).
     *
     * @throws ProblemException {@code backup.missing}, {@code backup.expiry-past}, or {@code lock.expiry} where a locked
     *     vault keeps it longer
     */
    public void expire(UUID id, Optional<Instant> at) {
        Backup before = get(id);
        at.filter(moment -> !moment.isAfter(now())).ifPresent(moment -> {
            throw new ProblemException(Problem.of("backup.expiry-past", "backup", before.name(), "time", moment));
        });
        if (RetentionHold.sooner(before, at) && RetentionHold.ofPolicy(before)) {
            vaults.lookForLock(before.vaultId());
        }
        RetentionHold.ofExpiry(vaults.get(before.vaultId()), before, at).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        store.expires(id, at.orElse(null));
        audit.succeeded(
                AuditEvent.UPDATE_BACKUP,
                target(before),
                Map.of("expires", before.expiresAt().map(Instant::toString).orElse("")),
                Map.of("expires", at.map(Instant::toString).orElse("")));
        events.publish(new Event.BackupChanged(id));
        vaults.describe(before.vaultId());
    }

    /**
     * Makes all backups of a vault this console's own that others made, which are gone: no count takes them in, their dates are taken
     * away, and those in the trash are taken out of it.
     *
     * @param also done in the same transaction
     */
    public void takeOver(UUID vault, Runnable also) {
        leases().take(() -> {
            store.takeOverAll(vault);
            also.run();
            return vault;
        });
    }

    /**
     * Takes the dates of those backups of a policy whose date has come: they stay. In the transaction of an act.
     *
     * @return their IDs
     */
    public List<UUID> takeDates(UUID policy, Instant now) {
        return store.takeDates(policy, now);
    }

    // ---- for restoring

    /**
     * Begins a restore from a backup: writes its task's row and shows the backup as being restored.
     *
     * @param refusal looks once more, with nobody between it and the row
     * @throws ProblemException what {@code refusal} found
     */
    public Task beginRestore(UUID id, NewTask restore, Supplier<Optional<Problem>> refusal) {
        Task task = leases.take(() -> {
            refusal.get().ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            store.move(id, BackupStatus.AVAILABLE, BackupStatus.RESTORING);
            return tasks.create(restore);
        });
        events.publish(new Event.BackupChanged(id));
        return task;
    }

    /** Why a backup cannot be restored from in its state; empty if it can. */
    public static Optional<Problem> notRestorable(Backup backup) {
        if (backup.restorable()) {
            return Optional.empty();
        }
        return backup.problem()
                .or(() -> Optional.of(Problem.of(
                        "backup.not-restorable",
                        "backup",
                        backup.name(),
                        "status",
                        backup.status().name())));
    }

    /** Ends a restore: the target is free, and the backup too unless another restore of it is left. */
    public void endRestore(UUID id, Task restore) {
        leases.release(restore, () -> {
            if (!leases.restoring(id)) {
                store.move(id, BackupStatus.RESTORING, BackupStatus.AVAILABLE);
            }
        });
        events.publish(new Event.BackupChanged(id));
    }

    /**
     * At start: no backup stays in a middle state that no task answers for (T4). What was being made or deleted goes to
     * error, what was being restored is available again.
     */
    public void settleStrays() {
        for (BackupStatus middle : List.of(BackupStatus.CREATING, BackupStatus.DELETING)) {
            for (Backup backup : store.inState(middle)) {
                if (leases.ofBackup(backup.id()).isEmpty()) {
                    store.status(
                            backup.id(), BackupStatus.ERROR, Problem.of("backup.interrupted", "backup", backup.name()));
                }
            }
        }
        store.inState(BackupStatus.RESTORING).stream()
                .filter(backup -> !leases.restoring(backup.id()))
                .forEach(backup -> store.sound(backup.id()));
    }

    /** A restore of a backup that was paused before the program was started is still under way. */
    public void goOnRestoring(UUID id) {
        store.move(id, BackupStatus.AVAILABLE, BackupStatus.RESTORING);
    }

    /** Remembers that every byte of a backup was read and found right, whatever was found before. */
    public void whole(UUID id) {
        store.verified(id, now());
        store.damaged(id, false, null);
        events.publish(new Event.BackupChanged(id));
    }

    /** Remembers that stored data which a backup needs is damaged. */
    public void damaged(UUID id, Problem problem) {
        store.damaged(id, true, problem);
        events.publish(new Event.BackupChanged(id));
    }

    Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }

    static Audit.Target target(Backup backup) {
        return new Audit.Target("backup", backup.id().toString(), backup.name());
    }
}
