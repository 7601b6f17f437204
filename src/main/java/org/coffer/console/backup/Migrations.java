package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.SessionId;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Moving disks with all their backups to another vault (V15): what stands in the way, and one task for each disk, which
 * {@link MigrationWork} does. Merging vaults is the same for every disk of one.
 *
 * <p>What a migration leaves to be deleted, the originals of what it moved or the copies of what it did not, goes when their
 * vault is opened next, and from time to time.
 */
public final class Migrations {
    /** How long the copies of a migration that failed wait for somebody to try again. */
    static final Duration PATIENCE = Duration.ofDays(14);

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    private final Backups backups;
    private final BackupStore store;
    private final MovedCopyStore moved;
    private final Vaults vaults;
    private final Disks disks;
    private final Tasks tasks;
    private final Writer writer;
    private final Audit audit;
    private final Events events;

    /** Moves {@code backups} through {@code tasks}, from now on. */
    public static Migrations in(
            Backups backups,
            Vaults vaults,
            Disks disks,
            Intake intake,
            Cleaning cleaning,
            Writer writer,
            Verification verification,
            Tasks tasks,
            Audit audit,
            Events events) {
        var migrations = new Migrations(backups, vaults, disks, tasks, writer, audit, events);
        vaults.open().onOpen(migrations::clean);
        tasks.register(
                TaskType.MIGRATE,
                new MigrationWork(migrations, backups, vaults, intake, cleaning, writer, verification, events));
        return migrations;
    }

    private Migrations(
            Backups backups, Vaults vaults, Disks disks, Tasks tasks, Writer writer, Audit audit, Events events) {
        this.backups = backups;
        this.store = backups.store();
        this.moved = backups.moved();
        this.vaults = vaults;
        this.disks = disks;
        this.tasks = tasks;
        this.writer = writer;
        this.audit = audit;
        this.events = events;
    }

    // ---- looking

    /** The disks of a vault, those that are bound and those of which it only holds backups. */
    public List<UUID> disksOf(UUID vault) {
        Set<UUID> all = new LinkedHashSet<>(vaults.get(vault).disks());
        store.ofVault(vault).forEach(backup -> all.add(backup.diskId()));
        return List.copyOf(all);
    }

    /**
     * What would move.
     *
     * @param backups how many backups, those in the trash included
     * @param bytes what they take up, an estimate
     * @param room what the target may still take, by its capacity
     * @param taken how many of them another console made, which keeps its vault: where they go they are left, have no date, and are out
     *     of the trash
     * @param problem why it cannot be done
     */
    public record Preview(long backups, long bytes, long room, long taken, Optional<Problem> problem) {}

    /** Tells beforehand what moving disks, or all of them, would do. Reads the source's maps; may take seconds. */
    public Preview preview(UUID source, Collection<UUID> chosen, UUID target) {
        List<UUID> all = chosen.isEmpty() ? disksOf(source) : List.copyOf(chosen);
        long count = all.stream().mapToLong(disk -> theirs(source, disk).size()).sum();
        long taken = all.stream()
                .flatMap(disk -> theirs(source, disk).stream())
                .filter(backup -> !backup.madeHere())
                .count();
        Vault into = vaults.get(target);
        Optional<Problem> problem = refusal(source, all, target);
        long bytes = problem.isPresent() ? 0 : bytes(source, all);
        long room = Math.max(0, into.capacityBytes() - into.used());
        return new Preview(count, bytes, room, taken, problem.or(() -> roomProblem(into, bytes)));
    }

    private List<Backup> theirs(UUID vault, UUID disk) {
        return store.of(vault, disk);
    }

    /** What backups take up that are to be moved together: what they added, and what they have from some that are gone. */
    private long bytes(UUID source, List<UUID> all) {
        List<SessionId> sessions = all.stream()
                .flatMap(disk -> theirs(source, disk).stream())
                .flatMap(backup -> backup.session().stream())
                .map(SessionId::of)
                .toList();
        if (sessions.isEmpty()) {
            return 0;
        }
        var sizes = vaults.open().get(source).sizes(sessions);
        return Math.max(sizes.added(), sizes.onlyHere());
    }

    private static Optional<Problem> roomProblem(Vault into, long bytes) {
        long room = Math.max(0, into.capacityBytes() - into.used());
        return bytes <= room
                ? Optional.empty()
                : Optional.of(Problem.of("migrate.room", "vault", into.name(), "need", bytes, "room", room));
    }

    /** Why these disks cannot be moved now, without a look at what they take up. */
    private Optional<Problem> refusal(UUID source, List<UUID> all, UUID target) {
        Vault from = vaults.get(source);
        Vault into = vaults.get(target);
        if (source.equals(target)) {
            return Optional.of(Problem.of("migrate.same", "vault", from.name()));
        }
        if (all.isEmpty()) {
            return Optional.of(Problem.of("migrate.nothing", "vault", from.name()));
        }
        return VaultAction.MIGRATE
                .refusal(from)
                .or(() -> VaultAction.MIGRATE_INTO.refusal(into))
                .or(() -> all.stream()
                        .flatMap(disk -> refusal(from, disks.get(disk), into).stream())
                        .findFirst())
                .or(() -> vaults.bindings()
                        .movable(
                                target,
                                all.stream().filter(from.disks()::contains).toList()));
    }

    private Optional<Problem> refusal(Vault from, Disk disk, Vault into) {
        List<Backup> all = theirs(from.id(), disk.id());
        if (all.isEmpty() && !from.disks().contains(disk.id())) {
            return Optional.of(Problem.of("migrate.nothing-of", "disk", disk.name(), "vault", from.name()));
        }
        return backups.leases()
                .disk(disk)
                .or(() -> all.stream()
                        .flatMap(backup -> backups.leases().backup(backup).stream())
                        .findFirst())
                .or(() -> all.stream()
                        .filter(Backup::damaged)
                        .findFirst()
                        .map(backup -> Problem.of("migrate.damaged", "backup", backup.name(), "vault", into.name())));
    }

    // ---- moving

    /**
     * Starts to move disks with all their backups: one task for each.
     *
     * @param chosen disks of the source; empty for all, which merges it into the target
     * @throws ProblemException {@code migrate.same}, {@code migrate.nothing}, {@code migrate.nothing-of},
     *     {@code migrate.damaged}, {@code migrate.room}, {@code lock.migrate}, why a disk or a backup is busy or cannot be
     *     bound to the target, or that the state of a vault does not allow it; then nothing starts
     */
    public List<Task> start(UUID source, Collection<UUID> chosen, UUID target) {
        List<UUID> all =
                chosen.isEmpty() ? disksOf(source) : chosen.stream().distinct().toList();
        refuse(preview(source, all, target).problem());
        List<Task> started = backups.leases().take(() -> {
            refuse(refusal(source, all, target));
            List<Task> rows = new ArrayList<>();
            all.forEach(disk -> rows.add(tasks.create(work(vaults.get(source), disks.get(disk), vaults.get(target)))));
            return rows;
        });
        started.forEach(tasks::launch);
        audit.succeeded(
                AuditEvent.MIGRATE_RESOURCES,
                Vaults.target(vaults.get(source)),
                Map.of(),
                Map.of(
                        "vault",
                        vaults.get(target).name(),
                        "disks",
                        all.stream().map(id -> disks.get(id).name()).toList()));
        return started;
    }

    private static void refuse(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw new ProblemException(found);
        });
    }

    private NewTask work(Vault from, Disk disk, Vault into) {
        return new NewTask(
                TaskType.MIGRATE,
                new Task.Subject(
                        disk.name(),
                        Optional.of(from.id()),
                        from.name(),
                        Optional.of(disk.id()),
                        disk.name(),
                        Optional.empty(),
                        Optional.of(from.locationId())),
                Map.of(
                        Leases.TARGET_VAULT,
                        into.id().toString(),
                        MigrationWork.TARGET_NAME,
                        into.name(),
                        Leases.BACKUPS,
                        theirs(from.id(), disk.id()).stream()
                                .map(backup -> backup.id().toString())
                                .toList()));
    }

    // ---- afterwards

    /**
     * From time to time: gives up copies of migrations that failed long ago and that nobody went on with, and deletes what is
     * left over anywhere.
     */
    public void housekeeping() {
        Set<UUID> underWay = new HashSet<>();
        tasks.open().stream()
                .filter(task -> task.type() == TaskType.MIGRATE)
                .forEach(task -> underWay.addAll(MigrationWork.backups(task)));
        moved.giveUpBefore(backups.now().minus(PATIENCE), underWay);
        for (UUID vault : moved.vaultsWithSpent()) {
            if (vaults.find(vault).isEmpty()) {
                moved.forget(vault);
            } else {
                clean(vault);
            }
        }
    }

    /**
     * Deletes what is left over in a vault. What cannot be deleted now, because somebody is still reading it or the vault
     * cannot be written, waits for the next time.
     */
    void clean(UUID vault) {
        List<MovedCopyStore.Spent> all = moved.spent(vault);
        if (all.isEmpty()
                || VaultAction.DELETE_BACKUP.refusal(vaults.get(vault)).isPresent()) {
            return;
        }
        try {
            var open = vaults.open().get(vault);
            for (MovedCopyStore.Spent one : all) {
                if (!backups.leases().read(one.backup())) {
                    open.purge(writer.console(), one.session());
                    moved.gone(vault, one.session());
                }
            }
            events.publish(new Event.VaultChanged(vault));
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "what was moved out of vault " + vault + " is deleted later", e);
        }
    }

    Instant now() {
        return backups.now();
    }
}
