package org.coffer.console.backup;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;

/**
 * Who works on a disk, on a new file, on a backup, in a vault: the only place that answers this.
 *
 * <p><b>What a lease is.</b> Nothing is kept beside the tasks: the row of a task that has not ended is the lease on all
 * that its subject and parameters name. It is taken by writing that row and given back by ending it, so a process that
 * dies leaves none that the next start does not settle.
 *
 * <p><b>One disk, many names.</b> An image, a loop device over it and every link to it are one disk here, whatever row of
 * the list a task names.
 *
 * <p><b>Taking one.</b> Ask and write inside one {@link #take}: those who take stand in line, so nobody can come between
 * the question and the row. A home has one process, so one lock in it is enough. Asking without taking is for showing
 * only.
 *
 * <p><b>Giving it back early.</b> A handler that is done with its disk and its backup says so by {@link #release}, in the
 * transaction that gives the backup its new state: its task's row ends only after the handler returned.
 */
public final class Leases {
    /** The parameter of a restore that names the disk it overwrites, by its ID. */
    public static final String TARGET_DISK = "disk";
    /** The parameter of a restore that names where it writes; a file of its own unless there is a target disk. */
    public static final String TARGET_PATH = "path";
    /** The parameter of a restore that names the safety copy which it makes or leans on, by its ID. */
    public static final String SAFETY_COPY = "copy";
    /** The parameter of a replication that names the backup which is copied, by its ID. */
    public static final String SOURCE = "source";
    /** The parameter of a replication that names the vault which it reads, by its ID. */
    static final String SOURCE_VAULT = "sourceVault";
    /** The ending of such a file until it is finished. */
    public static final String PART = ".coffer-part";
    /** The parameter of a migration that names the vault which it moves to, by its ID. */
    public static final String TARGET_VAULT = "targetVault";
    /** The parameter of a deletion, or a migration, that lists the backups, by their IDs. */
    static final String BACKUPS = "backups";

    /** The vault that a replication reads, by the parameters of its task; empty for other work. */
    public static Optional<UUID> sourceVault(Map<String, Object> parameters) {
        return Optional.ofNullable(parameters.get(SOURCE_VAULT))
                .map(Object::toString)
                .map(UUID::fromString);
    }

    private static final Set<TaskType> RESTORES = Set.of(TaskType.RESTORE, TaskType.RESTORE_FILES);

    private final Catalog catalog;
    private final Tasks tasks;
    private final Disks disks;
    private final ReentrantLock line = new ReentrantLock(true);
    private final Set<UUID> released = ConcurrentHashMap.newKeySet();
    /** How often each backup is being looked at. */
    private final Map<UUID, Integer> lookedAt = new ConcurrentHashMap<>();

    private volatile OpenBackups others = new NothingOpen();

    Leases(Catalog catalog, Tasks tasks, Disks disks) {
        this.catalog = catalog;
        this.tasks = tasks;
        this.disks = disks;
    }

    /** Backups that are held by something that is no task. */
    public interface OpenBackups {
        /** Why a backup may not be deleted. */
        Optional<Problem> backup(Backup backup);

        /** Whether a backup is being read. */
        boolean reads(UUID backup);

        /** Why a vault may not be deleted, for one of its backups. */
        Optional<Problem> vault(UUID vault);
    }

    private record NothingOpen() implements OpenBackups {
        @Override
        public Optional<Problem> backup(Backup backup) {
            return Optional.empty();
        }

        @Override
        public boolean reads(UUID backup) {
            return false;
        }

        @Override
        public Optional<Problem> vault(UUID vault) {
            return Optional.empty();
        }
    }

    /** Asks these too from now on. */
    public void alsoAsk(OpenBackups held) {
        others = held;
    }

    /** A backup that somebody looks at, until it is closed. Closing it again does nothing. */
    public interface Look extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps a backup from being deleted while somebody looks into it or decides what to restore from it. It lasts as long
     * as this process at most; what is deleted already, or being deleted, is not brought back by it.
     */
    public Look lookAt(UUID backup) {
        var open = new AtomicBoolean(true);
        line.lock();
        try {
            lookedAt.merge(backup, 1, Integer::sum);
        } finally {
            line.unlock();
        }
        return () -> {
            if (open.getAndSet(false)) {
                lookedAt.computeIfPresent(backup, (id, times) -> times == 1 ? null : times - 1);
            }
        };
    }

    /** Asks and writes in one transaction, with nobody between. Neither waits for anything nor tells anybody inside. */
    public <T> T take(Supplier<T> act) {
        line.lock();
        try {
            return catalog.transaction(act);
        } finally {
            line.unlock();
        }
    }

    /** Lets go of all that a running task holds, and changes what follows from that. */
    public void release(Task task, Runnable change) {
        take(() -> {
            released.retainAll(tasks.openIds());
            released.add(task.id());
            change.run();
            return task;
        });
    }

    private Stream<Task> held() {
        return tasks.open().stream().filter(task -> !released.contains(task.id()));
    }

    /** Why a disk may neither be read for a backup nor be overwritten: {@code backup.busy}, {@code restore.running}. */
    public Optional<Problem> disk(Disk disk) {
        return disk(disk, Optional.empty());
    }

    /** The same for a task that holds the disk itself. */
    public Optional<Problem> disk(Disk disk, Optional<UUID> mine) {
        return held().filter(task -> !mine.equals(Optional.of(task.id())))
                .filter(task -> holds(task, disk))
                .findFirst()
                .map(task -> busy(disk, task));
    }

    /** Who holds which disks now, for asking about many of them inside one {@link #take}. */
    HeldDisks disks() {
        return new HeldDisks(this, disks, held().toList());
    }

    /** Says that a task holds a disk. */
    static Problem busy(Disk disk, Task task) {
        return switch (task.type()) {
            case BACKUP -> progress("backup.busy", "disk", disk.name(), task);
            case MIGRATE -> progress("migrate.running", "disk", disk.name(), task);
            default -> progress("restore.running", "target", disk.name(), task);
        };
    }

    boolean holds(Task task, Disk disk) {
        return switch (task.type()) {
            case BACKUP, MIGRATE ->
                task.subject().resourceId().filter(id -> isOne(id, disk)).isPresent();
            case RESTORE ->
                task.parameters().get(TARGET_DISK) instanceof String id
                        ? isOne(UUID.fromString(id), disk)
                        : disk.state() != Disk.State.MISSING && makes(task, disk.path());
            case RESTORE_FILES, REPLICATE, DELETE, EXPAND, VERIFY, CLEAN_UP -> false;
        };
    }

    /** Whether two disks on the list are one: the same row, or the same bytes under another name. */
    private boolean isOne(UUID id, Disk disk) {
        return id.equals(disk.id())
                || disks.find(id)
                        .filter(other -> other.state() != Disk.State.MISSING && disk.state() != Disk.State.MISSING)
                        .filter(other -> disks.shares(other.path(), disk.path()))
                        .isPresent();
    }

    /** Why a new file may not be made here: {@code restore.running}. */
    public Optional<Problem> file(Path file, Optional<UUID> mine) {
        return held().filter(task -> !mine.equals(Optional.of(task.id())))
                .filter(task -> makes(task, file))
                .findFirst()
                .map(task -> progress("restore.running", "target", file.toString(), task));
    }

    private boolean makes(Task task, Path file) {
        return !task.parameters().containsKey(TARGET_DISK)
                && task.parameters().get(TARGET_PATH) instanceof String path
                && (disks.shares(Path.of(path), file) || disks.shares(Path.of(path + PART), file));
    }

    private static Problem progress(String code, String what, String name, Task task) {
        return Problem.of(
                code,
                what,
                name,
                "task",
                shortId(task),
                "percent",
                task.progress().percent());
    }

    /** Whether a backup is being restored. */
    boolean restoring(UUID backup) {
        return held().anyMatch(task ->
                RESTORES.contains(task.type()) && task.subject().backupId().equals(Optional.of(backup)));
    }

    /** The task that makes, restores, checks or deletes a backup. */
    public Optional<Task> ofBackup(UUID backup) {
        return held().filter(task -> names(task, backup)).findFirst();
    }

    private static boolean names(Task task, UUID backup) {
        return task.subject().backupId().equals(Optional.of(backup))
                || backup.toString().equals(task.parameters().get(SAFETY_COPY))
                || backup.toString().equals(task.parameters().get(SOURCE))
                || (task.parameters().get(BACKUPS) instanceof Collection<?> ids && ids.contains(backup.toString()));
    }

    /**
     * Why a backup may not be deleted: {@code backup.held} for the task that works on it, {@code backup.looked-at} for
     * whoever looks at it; or what else holds it.
     */
    Optional<Problem> backup(Backup backup) {
        return ofBackup(backup.id())
                .map(task -> Problem.of("backup.held", "backup", backup.name(), "task", shortId(task)))
                .or(() -> Optional.ofNullable(lookedAt.get(backup.id()))
                        .map(times -> Problem.of("backup.looked-at", "backup", backup.name())))
                .or(() -> others.backup(backup));
    }

    /** Whether a backup is being read by anything but a migration, so that what holds its content has to stay. */
    boolean read(UUID backup) {
        return held().anyMatch(task -> task.type() != TaskType.MIGRATE && names(task, backup))
                || lookedAt.containsKey(backup)
                || others.reads(backup);
    }

    /** {@code vault.busy}: a task about a vault, or about anything in it, keeps it from being deleted. */
    Optional<Problem> vault(Vault vault) {
        return ofVault(vault.id())
                .map(task -> Problem.of("vault.busy", "vault", vault.name()))
                .or(() -> others.vault(vault.id()));
    }

    /** A task about a vault, or about anything in it. */
    Optional<Task> ofVault(UUID vault) {
        return tasks.open().stream()
                .filter(task -> task.subject().vaultId().equals(Optional.of(vault))
                        || vault.toString().equals(task.parameters().get(SOURCE_VAULT))
                        || vault.toString().equals(task.parameters().get(TARGET_VAULT)))
                .findFirst();
    }

    private static String shortId(Task task) {
        return task.id().toString().substring(0, 8);
    }
}
