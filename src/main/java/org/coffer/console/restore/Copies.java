package org.coffer.console.restore;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.resource.Disk;
import org.coffer.console.setting.Settings;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.machine.Body;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Which safety copy belongs to which restore, and how long one is kept (S8). */
final class Copies {
    /** The setting: days, 1 to 90. */
    static final String DAYS = "restore.undo-days";

    static final int FEWEST = 1;
    static final int MOST = 90;
    private static final int USUAL = 7;

    /** What a restore ends with: the ID of its safety copy. */
    static final String COPY = "copy";

    private final Backups backups;
    private final Tasks tasks;
    private final Settings settings;
    private final Clock clock;

    Copies(Backups backups, Tasks tasks, Settings settings, Clock clock) {
        this.backups = backups;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /** How many days a safety copy is kept: what was set, or 7. */
    int days() {
        return settings.get(DAYS)
                .filter(text -> text.matches("\\d{1,2}"))
                .map(Integer::parseInt)
                .filter(days -> days >= FEWEST && days <= MOST)
                .orElse(USUAL);
    }

    /** Changes that. @throws ProblemException {@code undo.days} */
    void days(int days) {
        if (days < FEWEST || days > MOST) {
            throw new ProblemException(Problem.of("undo.days", "days", days, "fewest", FEWEST, "most", MOST));
        }
        settings.set(DAYS, Integer.toString(days));
    }

    /** When a safety copy goes that is made now. */
    Instant until() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(days(), ChronoUnit.DAYS);
    }

    /** The ID under which a restore makes its copy: the one that it was given, unless another restore's copy has that. */
    UUID own(UUID given, Task restore) {
        return backups.find(given)
                        .filter(backup -> !backup.taskId().equals(Optional.of(restore.id())))
                        .isPresent()
                ? UUID.randomUUID()
                : given;
    }

    /** The safety copy that a restore made or took over, whatever became of it. */
    static Optional<UUID> of(Task restore) {
        return restore.outcome().get(COPY) instanceof String id
                ? Optional.of(UUID.fromString(id))
                : RestoreTask.of(restore).copy();
    }

    /**
     * The backup that undoing a restore goes back to; for one that was itself an undoing and kept nothing of what was there, what that
     * went back to.
     */
    Optional<Backup> back(Task restore) {
        return of(restore)
                .flatMap(this::usable)
                .or(() -> RestoreTask.of(restore).undoes().isPresent()
                        ? restore.subject().backupId().flatMap(this::usable)
                        : Optional.empty());
    }

    private Optional<Backup> usable(UUID copy) {
        return backups.find(copy).filter(this::usable);
    }

    /** Whether a safety copy is there, whatever its date; what works on it keeps it. */
    static boolean isThere(Backup copy) {
        return copy.restorable() && copy.trashedAt().isEmpty();
    }

    /** Whether a safety copy can still be gone back to. */
    boolean usable(Backup copy) {
        return isThere(copy)
                && copy.expiresAt()
                        .filter(until -> !until.isAfter(clock.instant()))
                        .isEmpty();
    }

    /**
     * Whether a disk is what a restore left unfinished. It is not where another file or device took its place since: then the mark
     * that it bears says nothing of what is there now.
     *
     * @param now what takes its place
     */
    boolean unfinished(Disk disk, Body now) {
        return disk.unfinishedRestore().isPresent()
                && disk.unfinishedRestore()
                        .flatMap(tasks::find)
                        .filter(task -> RestoreTask.of(task).body().replacedBy(now))
                        .isEmpty();
    }

    /**
     * Whether a restore that left a disk unfinished had begun to grow what comes last on it. Then what lies behind the end of the backup
     * is not what it was either, and no restore of the backup alone makes it so again.
     *
     * @param now what takes the place of the disk
     */
    boolean halfGrown(Disk disk, Body now) {
        if (!unfinished(disk, now)) {
            return false;
        }
        TaskFilter ofDisk = new TaskFilter(
                Set.of(TaskType.RESTORE), Set.of(), Optional.empty(), Optional.empty(), Optional.of(disk.id()), "");
        return tasks.list(ofDisk, 0, Integer.MAX_VALUE).stream()
                .filter(this::leftGrowing)
                .anyMatch(task -> !RestoreTask.of(task).body().replacedBy(now));
    }

    /** Whether a restore ended while it grew something, and its disk was not finished, undone or taken as it is since. */
    boolean leftGrowing(Task restore) {
        return RestoreTask.of(restore).wanted().grow()
                && Receipt.Verdict.UNFINISHED.name().equals(restore.outcome().get(Endings.VERDICT))
                && tasks.steps(restore.id()).stream()
                        .anyMatch(step -> step.key().equals(Grower.BEGUN));
    }

    /**
     * The copy of what a disk was before a restore onto it that did not finish. As long as it is {@linkplain #unfinished
     * unfinished} there is nothing else on the disk that anybody would want to go back to.
     */
    Optional<Backup> kept(Disk disk, Body now) {
        return disk.unfinishedRestore()
                .filter(mark -> unfinished(disk, now))
                .flatMap(tasks::find)
                .filter(task -> task.type() == TaskType.RESTORE)
                .flatMap(this::back)
                .filter(copy -> copy.diskId().equals(disk.id()));
    }
}
