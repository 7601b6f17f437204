package org.coffer.console.restore;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Origin;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Which restores can be undone (S8). One can as long as its safety copy is there and it did overwrite something: it ended
 * well, or its disk still bears its mark. What happened to the disk since is no reason against it, but has to be said. An undoing that
 * kept what was there before it can be undone like any other restore: also where that is what an earlier restore kept that did not finish.
 */
final class Undoing {
    private static final int MOST = 1000;

    private final Backups backups;
    private final Disks disks;
    private final Tasks tasks;
    private final Copies copies;
    private final Clock clock;

    Undoing(Backups backups, Disks disks, Tasks tasks, Copies copies, Clock clock) {
        this.backups = backups;
        this.disks = disks;
        this.tasks = tasks;
        this.copies = copies;
        this.clock = clock;
    }

    /** All of them, newest first. */
    List<Undoable> all() {
        List<Task> restores =
                restores(Optional.of(clock.instant().minus(Copies.MOST, ChronoUnit.DAYS)), Optional.empty());
        return restores.stream()
                .filter(task -> look(task, restores).isEmpty())
                .map(task -> undoable(task, restores))
                .toList();
    }

    /** This one, if it can be undone. */
    Optional<Undoable> find(UUID id) {
        return tasks.find(id).flatMap(task -> {
            List<Task> restores = ofDisk(task);
            return look(task, restores).isPresent() ? Optional.empty() : Optional.of(undoable(task, restores));
        });
    }

    /**
     * This one.
     *
     * @throws ProblemException {@code task.missing}, or why it cannot be undone: {@code undo.none}, {@code undo.running},
     *     {@code undo.untouched}, {@code undo.done}, {@code undo.over}
     */
    Undoable get(UUID id) {
        Task task = tasks.find(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("task.missing", "task", id.toString().substring(0, 8))));
        List<Task> restores = ofDisk(task);
        look(task, restores).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return undoable(task, restores);
    }

    /** This one, or the one that left the disk of this one unfinished. */
    Optional<Undoable> wayBack(UUID id) {
        return find(id).or(() -> tasks.find(id)
                .filter(task -> task.type() == TaskType.RESTORE && task.status() != TaskStatus.SUCCEEDED)
                .flatMap(task -> RestoreTask.of(task).disk())
                .flatMap(disks::find)
                .flatMap(Disk::unfinishedRestore)
                .flatMap(tasks::find)
                .flatMap(mark ->
                        find(mark.id()).or(() -> RestoreTask.of(mark).undoes().flatMap(this::find))));
    }

    /** Also those that seem older than it: the clock may have been set back since. */
    private List<Task> ofDisk(Task task) {
        return restores(Optional.empty(), task.subject().resourceId());
    }

    private List<Task> restores(Optional<Instant> from, Optional<UUID> disk) {
        return tasks.list(
                new TaskFilter(Set.of(TaskType.RESTORE), Set.of(), from, Optional.empty(), disk, ""), 0, MOST);
    }

    /** Why a task cannot be undone; empty if it can. */
    private Optional<Problem> look(Task task, List<Task> restores) {
        if (task.type() != TaskType.RESTORE) {
            return Optional.of(problem("undo.none", task));
        }
        RestoreTask asked = RestoreTask.of(task);
        Optional<UUID> copy = Copies.of(task);
        if (asked.disk().isEmpty() || copy.isEmpty() || copy.equals(wentBackTo(task, asked))) {
            return Optional.of(problem("undo.none", task));
        }
        if (!task.status().ended()) {
            return Optional.of(problem("undo.running", task));
        }
        if (task.status() != TaskStatus.SUCCEEDED
                && !unfinished(task, asked.disk().get(), restores)) {
            return Optional.of(problem("undo.untouched", task));
        }
        if (undone(task, restores)) {
            return Optional.of(problem("undo.done", task));
        }
        return backups.find(copy.get()).filter(copies::usable).isPresent()
                ? Optional.empty()
                : Optional.of(problem("undo.over", task));
    }

    private static Problem problem(String code, Task task) {
        return Problem.of(
                code,
                "task",
                task.id().toString().substring(0, 8),
                "target",
                task.subject().name());
    }

    /**
     * The copy that an undoing went back to; empty if it is none. It may be its way back as well: then it made none of what was there
     * before, because nothing whole was.
     */
    private static Optional<UUID> wentBackTo(Task task, RestoreTask asked) {
        return asked.undoes().isPresent() ? task.subject().backupId() : Optional.empty();
    }

    /** Whether an undoing of it succeeded, which was not undone itself since. */
    private static boolean undone(Task task, List<Task> restores) {
        return restores.stream()
                .filter(other -> other.status() == TaskStatus.SUCCEEDED)
                .filter(other -> RestoreTask.of(other).undoes().equals(Optional.of(task.id())))
                .anyMatch(other -> !undone(other, restores));
    }

    /** Whether its disk still bears its mark, or that of an undoing of it which did not finish either. */
    private boolean unfinished(Task task, UUID disk, List<Task> restores) {
        Optional<UUID> mark = disks.find(disk).flatMap(Disk::unfinishedRestore);
        return mark.equals(Optional.of(task.id()))
                || restores.stream()
                        .filter(other -> mark.equals(Optional.of(other.id())))
                        .anyMatch(other -> RestoreTask.of(other).undoes().equals(Optional.of(task.id())));
    }

    private Undoable undoable(Task task, List<Task> restores) {
        UUID disk = RestoreTask.of(task).disk().orElseThrow();
        Backup copy = backups.get(Copies.of(task).orElseThrow());
        return new Undoable(
                task,
                disk,
                disks.find(disk).map(Disk::name).orElse(task.subject().name()),
                copy,
                copy.expiresAt(),
                unfinished(task, disk, restores),
                RestoreTask.of(task).undoes().isPresent(),
                warnings(task, disk, restores));
    }

    private List<Problem> warnings(Task task, UUID disk, List<Task> restores) {
        List<Problem> found = new ArrayList<>();
        String name = task.subject().name();
        Instant end = task.ended().orElse(task.created());
        if (RestoreTask.of(task).body().replacedBy(disks.body(disk))) {
            found.add(Problem.of("undo.exchanged", "target", name));
        }
        BackupFilter later = BackupFilter.ALL.ofDisk(disk).between(Optional.of(end), Optional.empty());
        long backedUp = backups.list(later, BackupSort.NEWEST, 0, MOST).stream()
                .filter(backup -> backup.origin() != Origin.SAFETY_COPY && backup.restorable())
                .count();
        if (backedUp > 0) {
            found.add(Problem.of("undo.backed-up", "target", name, "n", backedUp));
        }
        restores.stream()
                .filter(other -> other.created().isAfter(task.created()))
                .filter(other -> other.status() == TaskStatus.SUCCEEDED)
                .filter(other -> RestoreTask.of(other).disk().equals(Optional.of(disk)))
                .findFirst()
                .ifPresent(other -> found.add(Problem.of(
                        "undo.restored", "target", name, "time", other.ended().orElse(other.created()))));
        return List.copyOf(found);
    }
}
