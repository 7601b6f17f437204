package org.coffer.console.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.catalog.Json;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Makes {@link Receipt}s out of the rows of restores. */
final class Receipts {
    /** What a restore ends with: names of {@link Receipt.Aftercare}. */
    static final String AFTERCARE = "aftercare";

    /** The line of its log with which a restore begins to overwrite a disk. */
    static final String OVERWRITING = "overwriting";

    /** What a restore ends with that was to grow what comes last: bytes before and after, and why it failed, if it did. */
    static final String GROWN_FROM = "grownFrom";

    static final String GROWN_TO = "grownTo";
    static final String GROW_PROBLEM = "growProblem";

    static final String COMPARED = "compared";
    static final String WRITTEN = "written";
    static final String VERIFIED = "verified";

    private final Backups backups;
    private final Disks disks;
    private final Tasks tasks;

    Receipts(Backups backups, Disks disks, Tasks tasks) {
        this.backups = backups;
        this.disks = disks;
        this.tasks = tasks;
    }

    /** The receipt of a restore. @throws ProblemException {@code task.missing}, {@code receipt.none} if it is no restore */
    Receipt of(UUID id) {
        String shortId = id.toString().substring(0, 8);
        Task task = tasks.find(id).orElseThrow(() -> new ProblemException(Problem.of("task.missing", "task", shortId)));
        if (task.type() != TaskType.RESTORE) {
            throw new ProblemException(Problem.of("receipt.none", "task", shortId));
        }
        RestoreTask asked = RestoreTask.of(task);
        return new Receipt(
                task.id(),
                asked.undoes(),
                source(task, asked),
                new Receipt.Destination(asked.disk(), task.subject().name(), asked.path()),
                verdict(task, asked),
                task.problem(),
                new Receipt.Bytes(number(task, COMPARED), number(task, WRITTEN), number(task, VERIFIED)),
                task.caller(),
                task.started().orElse(task.created()),
                task.ended(),
                copy(task),
                aftercare(task),
                grown(task));
    }

    private Receipt.Source source(Task task, RestoreTask asked) {
        Optional<Backup> backup = task.subject().backupId().flatMap(backups::find);
        return new Receipt.Source(
                task.subject().backupId(),
                asked.name().isEmpty() ? backup.map(Backup::name).orElse("") : asked.name(),
                asked.source().isEmpty()
                        ? backup.map(Backup::diskName).orElse(task.subject().resourceName())
                        : asked.source(),
                task.subject().vaultName(),
                asked.moment().or(() -> backup.map(Backup::createdAt)));
    }

    /** The copy that it made or took over, as it was then. */
    private Optional<Receipt.Copy> copy(Task task) {
        Map<String, Object> end = task.outcome();
        if (end.containsKey(Endings.VERDICT)) {
            return end.get(Copies.COPY) instanceof String id
                    ? Optional.of(new Receipt.Copy(
                            UUID.fromString(id),
                            String.valueOf(end.getOrDefault(Endings.COPY_NAME, "")),
                            end.get(Endings.COPY_UNTIL) instanceof String until
                                    ? Optional.of(Instant.parse(until))
                                    : Optional.empty()))
                    : Optional.empty();
        }
        // It has not ended, or an earlier version noted less.
        return Copies.of(task)
                .flatMap(backups::find)
                .filter(Backup::restorable)
                .map(copy -> new Receipt.Copy(copy.id(), copy.name(), copy.expiresAt()));
    }

    private Receipt.Verdict verdict(Task task, RestoreTask asked) {
        if (!task.status().ended()) {
            return Receipt.Verdict.RUNNING;
        }
        if (task.outcome().get(Endings.VERDICT) instanceof String noted) {
            return Receipt.Verdict.valueOf(noted);
        }
        if (task.status() == TaskStatus.SUCCEEDED) {
            return asked.wanted().verify() ? Receipt.Verdict.VERIFIED : Receipt.Verdict.UNVERIFIED;
        }
        boolean marked = asked.disk()
                .flatMap(disks::find)
                .flatMap(Disk::unfinishedRestore)
                .equals(Optional.of(task.id()));
        if (marked) {
            return Receipt.Verdict.UNFINISHED;
        }
        boolean overwrote =
                tasks.steps(task.id()).stream().anyMatch(step -> step.key().equals(OVERWRITING));
        return overwrote ? Receipt.Verdict.SETTLED : Receipt.Verdict.UNTOUCHED;
    }

    private static long number(Task task, String name) {
        return task.outcome().get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Optional<Receipt.Grown> grown(Task task) {
        return task.outcome().containsKey(GROWN_FROM)
                ? Optional.of(new Receipt.Grown(
                        number(task, GROWN_FROM), number(task, GROWN_TO), Optional.ofNullable(growProblem(task))))
                : Optional.empty();
    }

    private static @Nullable Problem growProblem(Task task) {
        return task.outcome().get(GROW_PROBLEM) instanceof String written ? Json.readProblem(written) : null;
    }

    private static List<Receipt.Aftercare> aftercare(Task task) {
        return task.outcome().get(AFTERCARE) instanceof Collection<?> names
                ? new ArrayList<>(names).stream().flatMap(Receipts::named).toList()
                : List.of();
    }

    private static Stream<Receipt.Aftercare> named(Object name) {
        return Stream.of(Receipt.Aftercare.values()).filter(one -> one.name().equals(name));
    }
}
