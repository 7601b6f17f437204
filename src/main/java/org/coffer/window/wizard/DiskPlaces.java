package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Difference;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.restore.Looked;

/** Judges where a disk can come back to. Looks at disks: not on the window's thread. */
final class DiskPlaces {
    /** What stands in the way only until somebody lets go of the disk, or gives up the safety copy. */
    private static final Set<String> MENDABLE = Set.of(
            "restore.mounted",
            "restore.held",
            "restore.attached",
            "restore.running",
            "restore.full",
            "restore.room",
            "restore.no-copy",
            "backup.busy");

    private final Restores restores;
    private final Disks disks;

    DiskPlaces(Restores restores, Disks disks) {
        this.restores = restores;
        this.disks = disks;
    }

    /**
     * What was found.
     *
     * @param original the disk that was backed up; empty if it is on no list any more
     * @param others all others that are attached
     */
    record Judged(Optional<DiskChoice> original, List<DiskChoice> others) {}

    Restores restores() {
        return restores;
    }

    Judged judge(Backup backup) {
        Optional<DiskChoice> original =
                disks.find(backup.diskId()).map(disk -> judge(backup, disk, new Target.Original()));
        List<DiskChoice> others = disks.list().stream()
                .filter(disk -> !disk.id().equals(backup.diskId()))
                .filter(disk -> disk.state() != Disk.State.MISSING)
                .map(disk -> judge(backup, disk, new Target.OtherDisk(disk.id())))
                .toList();
        return new Judged(original, others);
    }

    private DiskChoice judge(Backup backup, Disk disk, Target target) {
        Optional<Problem> refusal = restores.plan(new NewRestore(backup.id(), target, true)).blocking().stream()
                .filter(problem -> !MENDABLE.contains(problem.code()))
                .findFirst();
        return new DiskChoice(disk, refusal);
    }

    Looked plan(NewRestore wanted) {
        return Looked.at(restores, disks, wanted);
    }

    void unmount(UUID disk) {
        disks.unmount(disk);
    }

    /** Puts back what was unmounted, where nothing was begun with it. */
    void mountAgain(UUID disk) {
        disks.mountAgain(disk);
    }

    /**
     * How much would be overwritten.
     *
     * @param room why the safety copy of it may have no room; empty if it has, or none is made
     */
    record Counted(long bytes, Optional<Problem> room) {}

    /** Reads the target and counts the bytes that would be overwritten; takes as long as reading it does. */
    Counted compare(NewRestore wanted, Work work) {
        Difference found = restores.compare(wanted, work);
        return new Counted(
                found.bytes(), wanted.safetyCopy() ? restores.room(restores.plan(wanted), found) : Optional.empty());
    }

    /** Starts what somebody said yes to when he had seen the plan. */
    Task start(NewRestore wanted, Plan shown) {
        return restores.start(wanted, shown);
    }
}
