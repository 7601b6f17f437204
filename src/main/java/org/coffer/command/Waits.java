package org.coffer.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Waits for tasks that a command started, and draws how far they are. They belong to the command: when its caller
 * presses Ctrl+C or goes away, they are canceled.
 */
final class Waits {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Context context;
    private final Tasks tasks;

    Waits(Context context) {
        this.context = context;
        this.tasks = context.services().tasks();
    }

    /**
     * Waits for one task to succeed.
     *
     * @throws ProblemException why it failed, or that it was canceled
     */
    Task succeed(Task started) {
        Task ended = all(List.of(started)).getFirst();
        failure(ended).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return ended;
    }

    /** Waits until all have ended, however that is. */
    List<Task> all(List<Task> started) {
        AtomicBoolean stop = new AtomicBoolean();
        Terminal.Interest interest = context.terminal().onInterrupt(() -> stop.set(true));
        List<Task> ended = new ArrayList<>();
        try (ProgressBar bar = new ProgressBar(context.terminal(), context.clock())) {
            for (int i = 0; i < started.size(); i++) {
                String which = started.size() == 1 ? "" : (i + 1) + "/" + started.size() + " ";
                ended.add(one(started, started.get(i).id(), stop, bar, which));
            }
        } finally {
            interest.close();
        }
        return ended;
    }

    private Task one(List<Task> all, UUID id, AtomicBoolean stop, ProgressBar bar, String which) {
        boolean canceled = false;
        while (true) {
            Optional<Task> ended = await(id);
            if (ended.isPresent() && ended.get().status().ended()) {
                return ended.get();
            }
            if (stop.get() && !canceled) {
                canceled = true;
                all.forEach(task -> tasks.cancel(task.id()));
            }
            tasks.find(id).ifPresent(task -> bar.show(task.progress().percent(), which + words(task.progress())));
        }
    }

    private Optional<Task> await(UUID id) {
        try {
            return tasks.await(id, LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String words(Progress now) {
        String stage = context.text().word(now.stage());
        if (now.total() <= 0) {
            return stage;
        }
        String words = context.text()
                .get(
                        "command.progress",
                        "stage",
                        stage,
                        "percent",
                        now.percent(),
                        "done",
                        now.done(),
                        "total",
                        now.total(),
                        "speed",
                        now.bytesPerSecond());
        return now.secondsLeft() < 0
                ? words
                : words + ' ' + context.text().get("command.progress.left", "left", now.secondsLeft());
    }

    /** Why a task that ended did not succeed; empty if it did. */
    static Optional<Problem> failure(Task ended) {
        if (ended.status() == TaskStatus.SUCCEEDED) {
            return Optional.empty();
        }
        return ended.problem()
                .or(() -> Optional.of(Problem.of(
                        "task.canceled",
                        "task",
                        ended.id().toString().substring(0, 8),
                        "name",
                        ended.subject().name())));
    }

    /** How many seconds a task ran. */
    static double seconds(Task ended) {
        Instant end = ended.ended().orElse(ended.created());
        return ended.took(end).toMillis() / 1000.0;
    }

    /** A number that a task ended with; 0 if it has none of this name. */
    static long number(Task ended, String name) {
        return ended.outcome().get(name) instanceof Number number ? number.longValue() : 0;
    }
}
