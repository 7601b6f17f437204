package org.coffer.console.restore;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;

/**
 * How long a restore may take, by how long similar work took here before.
 *
 * <p>As long as the last restore of the same kind took. Where there was none, a restore onto a disk reads the disk once for the
 * safety copy and once to compare, which is twice what a backup of it does; and a new file is written about as fast as the disk
 * was read. It is a guess: how much differs is known only after a comparison.
 */
final class Estimates {
    private static final int READINGS = 2;

    private final Tasks tasks;
    private final Clock clock;

    Estimates(Tasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Onto a disk; empty if it was neither backed up nor restored yet. */
    Optional<Duration> disk(Disk disk) {
        return last(disk.id(), TaskType.RESTORE)
                .filter(task -> RestoreTask.of(task).disk().isPresent())
                .map(this::took)
                .or(() ->
                        last(disk.id(), TaskType.BACKUP).map(task -> took(task).multipliedBy(READINGS)));
    }

    /** Into a new file; empty if that disk was never backed up here. */
    Optional<Duration> file(Backup backup) {
        return last(backup.diskId(), TaskType.RESTORE)
                .filter(task -> RestoreTask.of(task).disk().isEmpty())
                .or(() -> last(backup.diskId(), TaskType.BACKUP))
                .map(this::took);
    }

    private Duration took(Task task) {
        return task.took(clock.instant());
    }

    private Optional<Task> last(UUID disk, TaskType type) {
        TaskFilter filter = new TaskFilter(
                Set.of(type), Set.of(TaskStatus.SUCCEEDED), Optional.empty(), Optional.empty(), Optional.of(disk), "");
        return tasks.list(filter, 0, 1).stream().findFirst();
    }
}
