package org.coffer.console.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.setting.Settings;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.DiskCompare;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.work.Work;
import org.coffer.machine.Machine;
import org.coffer.machine.SpecialFiles;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Getting a disk back (S1, S3, S4): first a {@link Plan} that says what stands in the way, on request a comparison that
 * counts what would be overwritten, then the task that {@link RestoreWork} does.
 */
public final class Restores {
    private final Backups backups;
    private final Vaults vaults;
    private final Locations locations;
    private final Disks disks;
    private final Tasks tasks;
    private final Audit audit;
    private final Leases leases;
    private final Cargo cargo;

    /**
     * Restores {@code backups} through {@code tasks}, and keeps disks mounted that nobody may overwrite.
     *
     * @param home the folder of the catalog and the secrets
     */
    public Restores(
            Backups backups,
            Vaults vaults,
            Locations locations,
            Disks disks,
            Tasks tasks,
            Audit audit,
            Settings settings,
            Path home) {
        this.backups = backups;
        this.vaults = vaults;
        this.locations = locations;
        this.disks = disks;
        this.tasks = tasks;
        this.audit = audit;
        this.leases = backups.leases();
        this.cargo = new Cargo(locations, vaults, disks, settings, home);
        disks.guardMounts(cargo::problem);
    }

    /** Remembers which disks carry vaults, so that they are no targets after they were unmounted by hand either. */
    public void rememberCarriers() {
        cargo.remember();
    }

    /**
     * What a restore would do. Looks at the target disk.
     *
     * @throws ProblemException {@code backup.missing}
     */
    public Plan plan(NewRestore wanted) {
        return plan(wanted, Optional.empty());
    }

    /** The same for a task that holds backup and target itself. */
    private Plan plan(NewRestore wanted, Optional<UUID> mine) {
        Backup backup = backups.get(wanted.backup());
        List<Problem> blocking = new ArrayList<>(sourceProblems(backup));
        List<Problem> warnings = new ArrayList<>();
        return switch (wanted.target()) {
            case Target.Original ignored -> ontoDisk(backup, disks.look(backup.diskId()), mine, blocking, warnings);
            case Target.OtherDisk other -> ontoDisk(backup, disks.look(other.disk()), mine, blocking, warnings);
            case Target.NewFile file -> intoFile(backup, real(file.path()), mine, blocking, warnings);
        };
    }

    /** Why a backup cannot be read now. */
    Optional<Problem> sourceProblem(Backup backup) {
        return sourceProblems(backup).stream().findFirst();
    }

    private List<Problem> sourceProblems(Backup backup) {
        List<Problem> problems = new ArrayList<>();
        Backups.notRestorable(backup).ifPresent(problems::add);
        if (backup.trashedAt().isPresent()) {
            problems.add(Problem.of("backup.trashed", "backup", backup.name()));
        }
        Vault vault = vaults.get(backup.vaultId());
        VaultAction.RESTORE.refusal(vault).ifPresent(problems::add);
        Location location = locations.get(vault.locationId());
        if (!location.status().readable()) {
            problems.add(location.problem().orElse(Problem.of("location.unreachable", "location", location.name())));
        } else if (!vault.keyed()) {
            problems.add(Problem.of("vault.no-key", "vault", vault.name()));
        }
        return problems;
    }

    private Plan ontoDisk(
            Backup backup, Disk disk, Optional<UUID> mine, List<Problem> blocking, List<Problem> warnings) {
        if (!disk.state().readable()) {
            blocking.add(disk.cause()
                    .orElse(Problem.of(
                            disk.state() == Disk.State.MISSING ? "disk.missing" : "disk.faulty", "disk", disk.name())));
        }
        if (!disk.mounts().isEmpty()) {
            blocking.add(Machine.inUse(disk.name(), disk.mounts()));
        } else if (disk.state() == Disk.State.IN_USE) {
            blocking.add(Problem.of("restore.held", "target", disk.name()));
        }
        if (disk.capacity() < backup.sizes().capacity()) {
            blocking.add(Problem.of(
                    "restore.small",
                    "target",
                    disk.name(),
                    "a",
                    disk.capacity(),
                    "b",
                    backup.sizes().capacity()));
        } else if (disk.capacity() > backup.sizes().capacity()) {
            warnings.add(Problem.of(
                    "restore.larger",
                    "target",
                    disk.name(),
                    "rest",
                    disk.capacity() - backup.sizes().capacity()));
        }
        if (disk.role() == Disk.Role.SYSTEM && backup.role() == Disk.Role.DATA) {
            blocking.add(Problem.of("restore.system", "target", disk.name()));
        }
        if (disk.state() != Disk.State.MISSING) {
            disks.inGrounds(disk).ifPresent(blocking::add);
            cargo.problem(disk).ifPresent(blocking::add);
        }
        leases.disk(disk, mine).ifPresent(blocking::add);
        if (!disk.id().equals(backup.diskId())) {
            warnings.add(Problem.of("restore.other-disk", "target", disk.name(), "disk", backup.diskName()));
        }
        return new Plan(
                backup,
                disk.name(),
                disk.path(),
                Optional.of(disk.id()),
                disk.capacity(),
                disk.role() == Disk.Role.SYSTEM,
                List.copyOf(blocking),
                List.copyOf(warnings));
    }

    private Plan intoFile(
            Backup backup, Path path, Optional<UUID> mine, List<Problem> blocking, List<Problem> warnings) {
        Path folder = path.getParent();
        leases.file(path, mine).ifPresent(blocking::add);
        locations.grounds().image(path).ifPresent(blocking::add);
        if (Files.exists(path)) {
            blocking.add(Problem.of("image.exists", "path", path.toString()));
        } else if (folder == null || !Files.isDirectory(folder)) {
            blocking.add(Problem.of("location.missing", "path", String.valueOf(folder)));
        } else if (SpecialFiles.hold(folder)) {
            blocking.add(Problem.of("location.special", "path", folder.toString()));
        } else if (!Files.isWritable(folder)) {
            blocking.add(
                    Problem.of("image.denied", "path", path.toString(), "user", System.getProperty("user.name", "?")));
        } else {
            room(backup, path, folder).ifPresent(blocking::add);
        }
        if (backup.role() == Disk.Role.SYSTEM) {
            warnings.add(Problem.of("restore.system-copy", "target", String.valueOf(path.getFileName())));
        }
        return new Plan(
                backup,
                String.valueOf(path.getFileName()),
                path,
                Optional.empty(),
                backup.sizes().capacity(),
                false,
                List.copyOf(blocking),
                List.copyOf(warnings));
    }

    /** The one path of a file, by whatever links it was named, so that no two restores write to it. */
    private static Path real(Path named) {
        Path path = named.toAbsolutePath().normalize();
        Path folder = path.getParent();
        Path name = path.getFileName();
        if (folder == null || name == null) {
            return path;
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (IOException e) {
            // There is no such folder, which the plan says.
            return path;
        }
    }

    /**
     * Holes and zeros take no room, so what the disk held is what is needed. A file that an earlier run left unfinished
     * has some of it already; how much only going on can tell.
     */
    private static Optional<Problem> room(Backup backup, Path path, Path folder) {
        if (Files.exists(path.resolveSibling(path.getFileName() + RestoreWork.PART))) {
            return Optional.empty();
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= backup.sizes().logical()
                    ? Optional.empty()
                    : Optional.of(Problem.of(
                            "image.room",
                            "path",
                            path.toString(),
                            "free",
                            free,
                            "need",
                            backup.sizes().logical()));
        } catch (IOException e) {
            return Optional.of(Problem.of("location.missing", "path", folder.toString()));
        }
    }

    /**
     * Reads the target disk and counts what would be overwritten. Takes as long as reading it does.
     *
     * @return bytes that differ
     * @throws ProblemException why it cannot be compared
     */
    public long compare(NewRestore wanted, Work work) {
        Plan plan = plan(wanted);
        if (plan.targetDisk().isEmpty()) {
            return plan.backup().sizes().logical();
        }
        var vault = vaults.open().get(plan.backup().vaultId());
        DiskReader reader = RestoreWork.reader(vault, plan.backup());
        try (BlockSource target = disks.source(plan.targetDisk().get())) {
            DiskCompare.Difference found = DiskCompare.run(reader, target, work);
            return found.toWrite() + found.toZero();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("disk.failed", "disk", plan.targetName(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Starts a restore.
     *
     * @throws ProblemException the first thing that stands in the way
     */
    public Task start(NewRestore wanted) {
        Task task = prepare(wanted);
        tasks.launch(task);
        return task;
    }

    /** Writes the row of a restore; it runs when it is launched. */
    Task prepare(NewRestore wanted) {
        Plan plan = plan(wanted);
        plan.blocking().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Backup backup = plan.backup();
        Vault vault = vaults.get(backup.vaultId());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(RestoreWork.VERIFY, wanted.verify());
        parameters.put(Leases.TARGET_PATH, plan.path().toString());
        plan.targetDisk().ifPresent(disk -> {
            parameters.put(Leases.TARGET_DISK, disk.toString());
            parameters.put(RestoreWork.CAPACITY, plan.targetCapacity());
        });
        NewTask restore = new NewTask(
                TaskType.RESTORE,
                new Task.Subject(
                        plan.targetName(),
                        Optional.of(vault.id()),
                        vault.name(),
                        Optional.of(plan.targetDisk().orElse(backup.diskId())),
                        plan.targetDisk().isPresent() ? plan.targetName() : backup.diskName(),
                        Optional.of(backup.id()),
                        Optional.of(vault.locationId())),
                parameters);
        Task task = backups.beginRestore(backup.id(), restore, () -> taken(plan));
        audit.succeeded(
                AuditEvent.RESTORE_BACKUP,
                new Audit.Target("backup", backup.id().toString(), backup.name()),
                Map.of(),
                Map.of("target", plan.path().toString()));
        return task;
    }

    /** What may have changed between the plan and the row of the task: the backup's state, and who holds the target. */
    private Optional<Problem> taken(Plan plan) {
        List<Problem> found =
                new ArrayList<>(sourceProblems(backups.get(plan.backup().id())));
        plan.targetDisk()
                .map(disks::get)
                .ifPresentOrElse(
                        disk -> leases.disk(disk).ifPresent(found::add),
                        () -> leases.file(plan.path(), Optional.empty()).ifPresent(found::add));
        return found.stream().findFirst();
    }

    /**
     * Looks at everything again when a task begins to run, which may be long after it was asked for: whatever the plan
     * would refuse, and a target that is not as it was shown.
     */
    Optional<Problem> refusal(Task task, NewRestore wanted) {
        Plan now = plan(wanted, Optional.of(task.id()));
        return now.blocking().stream().findFirst().or(() -> changed(task, now));
    }

    private static Optional<Problem> changed(Task task, Plan now) {
        return task.parameters().get(RestoreWork.CAPACITY) instanceof Number shown
                        && shown.longValue() != now.targetCapacity()
                ? Optional.of(Problem.of(
                        "restore.changed",
                        "target",
                        now.targetName(),
                        "a",
                        shown.longValue(),
                        "b",
                        now.targetCapacity()))
                : Optional.empty();
    }

    /**
     * Takes a disk as it is although a restore onto it did not finish: it can be backed up and bound again. Does nothing
     * if it carries no such mark.
     *
     * @throws ProblemException {@code restore.running} while a restore writes to it
     */
    public void useAsItIs(UUID id) {
        Disk disk = disks.get(id);
        Optional<UUID> unfinished = leases.take(() -> {
            leases.disk(disk).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            Optional<UUID> mark = disks.get(id).unfinishedRestore();
            mark.ifPresent(task -> disks.usable(id));
            return mark;
        });
        unfinished.ifPresent(task -> {
            audit.succeeded(
                    AuditEvent.UPDATE_DISK,
                    new Audit.Target("disk", id.toString(), disk.name()),
                    Map.of("unfinishedRestore", task.toString()),
                    Map.of());
            disks.changed();
        });
    }
}
