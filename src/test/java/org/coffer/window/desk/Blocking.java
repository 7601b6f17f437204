package org.coffer.window.desk;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Work that stands at 62 % until it is let go, then succeeds or fails. */
public final class Blocking implements TaskHandler {
    private final Tasks tasks;
    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile @Nullable TaskRun run;
    private volatile Optional<Problem> end = Optional.empty();
    private volatile boolean pausable;
    private volatile long total = 1000;

    /** From now on work of this kind stands. */
    public Blocking(Tasks tasks, TaskType type) {
        this.tasks = tasks;
        tasks.register(type, this);
    }

    /** From now on it can be paused. */
    public Blocking pausable(boolean yes) {
        pausable = yes;
        return this;
    }

    /** From now on it has so many bytes to deal with, and stands at 62 of 100 of them. */
    public Blocking expecting(long bytes) {
        total = bytes;
        return this;
    }

    @Override
    public boolean pausable() {
        return pausable;
    }

    /** Waits until it stands. */
    public void await() throws InterruptedException {
        there.await();
    }

    /** Starts a verification and waits until it stands. */
    public Task start(Task.Subject subject) throws InterruptedException {
        Task task = tasks.create(new NewTask(TaskType.VERIFY, subject, Map.of()));
        tasks.launch(task);
        there.await();
        return task;
    }

    /** Moves on by so much and stands again. */
    public void advance(long bytes) {
        Objects.requireNonNull(run).work().advance(bytes);
    }

    public void letGo() {
        go.countDown();
    }

    public void fail(Problem problem) {
        end = Optional.of(problem);
        go.countDown();
    }

    @Override
    public void run(TaskRun run) {
        this.run = run;
        run.work().stage(Stage.CHECKING);
        run.work().expect(total);
        run.work().advance(total * 62 / 100);
        there.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        end.ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    @Override
    public boolean settle(Task interrupted) {
        return false;
    }

    @Override
    public Task retry(Task failed) {
        throw new UnsupportedOperationException();
    }
}
