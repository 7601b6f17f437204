package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.problem.Problem;

/**
 * The disks that are being worked on at one moment, found by what they are instead of compared one by one: a policy's run
 * asks about hundreds of disks while hundreds are being backed up. Says the same as {@link Leases#disk(Disk)}, inside one
 * {@link Leases#take}.
 */
final class HeldDisks {
    private final Leases leases;
    private final Disks disks;
    private final Map<UUID, Disk> known;
    private final Map<UUID, Task> byId = new HashMap<>();
    private final Map<String, Task> byBody = new HashMap<>();
    /** Restores, and what lies where the system has no names for: they are asked one by one. */
    private final List<Task> others = new ArrayList<>();

    HeldDisks(Leases leases, Disks disks, List<Task> held) {
        this.leases = leases;
        this.disks = disks;
        this.known = disks.byId();
        held.forEach(this::add);
    }

    /** A task that holds its disk from now on. */
    void add(Task task) {
        Optional<UUID> id = task.subject().resourceId().filter(_ -> task.type() == TaskType.BACKUP);
        if (id.isEmpty()) {
            others.add(task);
            return;
        }
        byId.putIfAbsent(id.get(), task);
        Optional<Disk> disk = there(Optional.ofNullable(known.get(id.get())));
        if (disk.isPresent()) {
            Set<String> bodies = disks.bodies(disk.get().path());
            bodies.forEach(body -> byBody.putIfAbsent(body, task));
            if (bodies.isEmpty()) {
                others.add(task);
            }
        }
    }

    /** The disk with this ID. */
    Disk get(UUID id) {
        Disk disk = known.get(id);
        return disk == null ? disks.get(id) : disk;
    }

    /** Why a disk may not be read for a backup: {@code backup.busy}, {@code restore.running}. */
    Optional<Problem> problem(Disk disk) {
        return Optional.ofNullable(byId.get(disk.id()))
                .or(() -> sharing(disk))
                .or(() ->
                        others.stream().filter(task -> leases.holds(task, disk)).findFirst())
                .map(task -> Leases.busy(disk, task));
    }

    private Optional<Task> sharing(Disk disk) {
        return there(Optional.of(disk))
                .flatMap(found -> disks.bodies(found.path()).stream()
                        .map(byBody::get)
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    private static Optional<Disk> there(Optional<Disk> disk) {
        return disk.filter(found -> found.state() != Disk.State.MISSING);
    }
}
