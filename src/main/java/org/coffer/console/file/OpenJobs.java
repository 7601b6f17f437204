package org.coffer.console.file;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;

/**
 * Restores of files that somebody may still go on with: those that have not ended, however long they are paused, and those that
 * ended not too long ago. How long ago that is tells the last thing that was done here, not the clock alone: a computer that was off
 * for months, or whose clock jumped ahead, has not made anything older.
 */
final class OpenJobs {
    /** Nobody goes on with a restore so long after it ended. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** Open tasks come first in the list, so that the last of all is among so many. */
    private static final int LATEST = 100;

    private OpenJobs() {}

    /** The IDs of their {@linkplain RestoreJob#id notes}. */
    static Set<UUID> of(Tasks tasks, Instant now) {
        Instant last = tasks.list(TaskFilter.ALL, 0, LATEST).stream()
                .map(OpenJobs::last)
                .max(Instant::compareTo)
                .filter(done -> done.isBefore(now))
                .orElse(now);
        TaskFilter ofFiles = new TaskFilter(
                Set.of(TaskType.RESTORE_FILES), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), "");
        List<Task> all = tasks.list(ofFiles, 0, Integer.MAX_VALUE);
        Set<UUID> open = new HashSet<>();
        for (Task task : all) {
            if (!task.status().ended() || !last(task).isBefore(last.minus(KEPT))) {
                open.add(RestoreJob.of(task).id());
            }
        }
        return open;
    }

    private static Instant last(Task task) {
        return task.ended().orElse(task.created());
    }
}
