package org.coffer.console.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.machine.Body;
import org.coffer.machine.Machine;
import org.coffer.machine.SpecialFiles;
import org.coffer.problem.Problem;

/** Makes {@link Plan}s: looks at the target, and finds what stands in the way. */
final class Planner {
    private final Backups backups;
    private final Vaults vaults;
    private final Locations locations;
    private final Disks disks;
    private final Leases leases;
    private final Cargo cargo;
    private final Previews previews;

    Planner(Backups backups, Vaults vaults, Locations locations, Disks disks, Cargo cargo, Previews previews) {
        this.backups = backups;
        this.vaults = vaults;
        this.locations = locations;
        this.disks = disks;
        this.leases = backups.leases();
        this.cargo = cargo;
        this.previews = previews;
    }

    /**
     * What a restore would do.
     *
     * @param mine the task that holds backup and target itself
     */
    Plan plan(NewRestore wanted, Optional<UUID> mine) {
        Backup backup = backups.get(wanted.backup());
        List<Problem> blocking = new ArrayList<>(sourceProblems(backup));
        List<Problem> warnings = new ArrayList<>();
        return switch (wanted.target()) {
            case Target.Original ignored ->
                ontoDisk(backup, wanted, disks.look(backup.diskId()), mine, blocking, warnings);
            case Target.OtherDisk other -> ontoDisk(backup, wanted, disks.look(other.disk()), mine, blocking, warnings);
            case Target.NewFile file -> intoFile(backup, real(file.path()), mine, blocking, warnings);
        };
    }

    /** Why a backup cannot be read now. */
    Optional<Problem> sourceProblem(Backup backup) {
        return sourceProblems(backup).stream().findFirst();
    }

    List<Problem> sourceProblems(Backup backup) {
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

    /** Bytes that a vault may still take: up to its capacity, and what its location has. */
    long free(Vault vault) {
        long here = Math.max(0, vault.capacityBytes() - vault.used());
        long there = locations.get(vault.locationId()).freeBytes();
        return there < 0 ? here : Math.min(here, there);
    }

    private Plan ontoDisk(
            Backup backup,
            NewRestore wanted,
            Disk disk,
            Optional<UUID> mine,
            List<Problem> blocking,
            List<Problem> warnings) {
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
        if (wanted.grow() && !wanted.verify()) {
            blocking.add(Problem.of("grow.unverified", "target", disk.name()));
        }
        if (!disk.id().equals(backup.diskId())) {
            warnings.add(Problem.of("restore.other-disk", "target", disk.name(), "disk", backup.diskName()));
        }
        Body body = disk.state().readable() ? disks.body(disk.id()) : Body.UNKNOWN;
        Preview preview = previews.ontoDisk(backup, disk, body);
        if (wanted.safetyCopy()) {
            // Where nothing can be read from there is nothing to go on with, with a copy or without.
            preview.safetyCopy()
                    .flatMap(Preview.Safety::refusal)
                    .filter(why -> !why.code().equals("restore.no-copy")
                            || sourceProblem(backup).isEmpty())
                    .ifPresent(blocking::add);
        }
        return new Plan(
                backup,
                disk.name(),
                disk.path(),
                Optional.of(disk.id()),
                disk.capacity(),
                body,
                disk.role() == Disk.Role.SYSTEM,
                List.copyOf(blocking),
                List.copyOf(warnings),
                preview);
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
                Body.UNKNOWN,
                false,
                List.copyOf(blocking),
                List.copyOf(warnings),
                previews.intoFile(backup));
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
}
