package org.coffer.window.task;

import java.util.List;
import java.util.Optional;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.task.TaskType;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Words;

/** What is said of a task: how far it is, what came of it, what it did. */
public final class TaskWords {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private TaskWords() {}

    /** How far a running task is: <em>62 %  180 MB/s  2 min left</em>, or its stage while there are no numbers. */
    public static Sentence progress(Task task) {
        Progress now = task.progress();
        if (task.status() == TaskStatus.PAUSED) {
            return now.total() <= 0
                    ? Words.of(TaskStatus.PAUSED)
                    : Sentence.of("tasks.progress.paused", "percent", now.percent());
        }
        if (task.status() != TaskStatus.RUNNING || now.total() <= 0) {
            return Words.of(now.stage());
        }
        if (now.bytesPerSecond() <= 0 || now.secondsLeft() < 0) {
            return Sentence.of("tasks.progress.percent", "percent", now.percent());
        }
        return Sentence.of(
                "tasks.progress.full",
                "percent",
                now.percent(),
                "speed",
                now.bytesPerSecond(),
                "left",
                rounded(now.secondsLeft()));
    }

    /** The same with what it is doing: <em>Copying: 62 %  180 MB/s  2 min left</em>. */
    static String staged(Kit kit, Task task) {
        String far = kit.say(progress(task));
        return task.status() == TaskStatus.RUNNING && task.progress().total() > 0
                ? kit.say(
                        "tasks.progress.staged",
                        "stage",
                        kit.say(Words.of(task.progress().stage())),
                        "progress",
                        far)
                : far;
    }

    /** How many bytes of how many a task that has not ended has dealt with in its stage; empty while nobody knows. */
    static Optional<Sentence> bytes(Task task) {
        Progress now = task.progress();
        if (now.total() <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                now.stored() > 0
                        ? Sentence.of(
                                "tasks.progress.bytes.stored",
                                "done",
                                now.done(),
                                "total",
                                now.total(),
                                "stored",
                                now.stored())
                        : Sentence.of("tasks.progress.bytes", "done", now.done(), "total", now.total()));
    }

    /** Whole minutes from one minute on, whole hours from ten: an estimate to the second would only jitter. */
    static long rounded(long seconds) {
        if (seconds >= 10 * HOUR) {
            return Math.round((double) seconds / HOUR) * HOUR;
        }
        return seconds >= MINUTE ? Math.round((double) seconds / MINUTE) * MINUTE : Math.max(1, seconds);
    }

    /** How far a task is, what it waits for, or what came of it. */
    static String standing(Kit kit, Task task) {
        boolean told = task.status() == TaskStatus.WAITING && task.problem().isPresent();
        return told || task.status().ended() ? result(kit, task) : kit.say(progress(task));
    }

    /** What came of an ended task: its numbers, or in one sentence what went wrong. */
    public static String result(Kit kit, Task task) {
        return task.problem()
                .map(problem -> kit.text().explain(problem).what())
                .orElseGet(() -> kit.say(outcome(task)));
    }

    /** What came of a task that ended without a problem. */
    static Sentence outcome(Task task) {
        if (task.status() == TaskStatus.CANCELED) {
            return Sentence.of("tasks.result.canceled");
        }
        if (task.status() != TaskStatus.SUCCEEDED) {
            return Words.of(task.status());
        }
        return switch (task.type()) {
            case BACKUP, REPLICATE -> Sentence.of("tasks.result.backup", "bytes", number(task, "added"));
            case RESTORE, RESTORE_FILES -> Sentence.of("tasks.result.restore", "bytes", number(task, "written"));
            case DELETE, CLEAN_UP ->
                number(task, "later") > 0
                        ? Sentence.of(
                                "tasks.result.freed.later",
                                "bytes",
                                number(task, "freed"),
                                "later",
                                number(task, "later"))
                        : Sentence.of("tasks.result.freed", "bytes", number(task, "freed"));
            case MIGRATE -> Sentence.of("tasks.result.migrate", "n", number(task, "backups"));
            case EXPAND -> Sentence.of("tasks.result.expand", "gb", number(task, "capacityGb"));
            case VERIFY -> checked(task);
        };
    }

    private static Sentence checked(Task task) {
        int healed = list(task, "healed").size();
        int besides = list(task, "damaged").size();
        if (besides > 0) {
            return Sentence.of("tasks.result.verify.besides", "n", besides, "objects", number(task, "objects"));
        }
        return healed > 0
                ? Sentence.of("tasks.result.verify.healed", "n", healed, "objects", number(task, "objects"))
                : Sentence.of(
                        "tasks.result.verify", "objects", number(task, "objects"), "bytes", number(task, "bytes"));
    }

    private static List<?> list(Task task, String name) {
        return task.outcome().get(name) instanceof List<?> all ? all : List.of();
    }

    private static long number(Task task, String name) {
        return task.outcome().get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** A line of the log. A step that this version does not know is said as it was written. */
    public static String step(Kit kit, TaskStep step) {
        String key = "task.step." + step.key();
        if (!kit.text().has(key)) {
            return step.key() + ' ' + step.args();
        }
        return kit.say(key, flat(step));
    }

    private static Object[] flat(TaskStep step) {
        return step.args().entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }

    /** News of an ended task, for a toast. */
    static Sentence news(Task task) {
        String name = task.subject().name();
        return switch (task.type()) {
            case BACKUP -> Sentence.of("tasks.news.backup", "name", name, "bytes", number(task, "added"));
            case REPLICATE ->
                Sentence.of(
                        "tasks.news.replicate",
                        "name",
                        name,
                        "vault",
                        task.subject().vaultName());
            case RESTORE, RESTORE_FILES -> Sentence.of("tasks.news.restore", "name", name);
            case DELETE -> Sentence.of("tasks.news.delete", "name", name, "bytes", number(task, "freed"));
            case CLEAN_UP -> Sentence.of("tasks.news.clean-up", "name", name, "bytes", number(task, "freed"));
            case EXPAND -> Sentence.of("tasks.news.expand", "name", name, "gb", number(task, "capacityGb"));
            case MIGRATE -> Sentence.of("tasks.news.migrate", "name", name, "n", number(task, "backups"));
            case VERIFY -> Sentence.of("tasks.news.verify", "name", name);
        };
    }

    /** Whether the task reads or writes a disk that must not be left half done. */
    static boolean overwrites(Task task) {
        return task.type() == TaskType.RESTORE;
    }
}
