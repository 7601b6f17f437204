package org.coffer.window.kit;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Work off the window's thread. A model says
 *
 * <pre>{@code
 * vaults.work(service::list).then(rows::show).onError(problem::set).start();
 * }</pre>
 *
 * where {@code vaults} is a {@link Line}: of several works on one line only the answer of the last started is
 * delivered, earlier ones are dropped. {@code then} and {@code onError} run on the window's thread. An error that
 * nobody handles, and anything thrown by {@code then}, goes to the error dialog.
 *
 * <p>All methods are called on the window's thread. Tests pass {@code Runnable::run} for both executors.
 */
public final class Background {
    private final Executor work;
    private final Executor window;
    private final Consumer<Problem> unhandled;
    private final Runnable pause;

    /**
     * Wires the threads; nothing waits for people who type.
     *
     * @param work runs the works; should not be bounded so tightly that one slow work holds all others
     * @param window runs answers, usually {@code Platform::runLater}
     * @param unhandled shows problems that nobody handled
     */
    public Background(Executor work, Executor window, Consumer<Problem> unhandled) {
        this(work, window, unhandled, () -> {});
    }

    /**
     * Wires the threads.
     *
     * @param pause returns when whoever types has had the time to type on; called by the works' threads
     */
    public Background(Executor work, Executor window, Consumer<Problem> unhandled, Runnable pause) {
        this.work = work;
        this.window = window;
        this.unhandled = unhandled;
        this.pause = pause;
    }

    /** A work whose answer is always delivered. */
    public <T> Job<T> work(Callable<T> supplier) {
        return line().work(supplier);
    }

    /** A work without an answer, such as saving. */
    public Job<Boolean> act(Runnable runnable) {
        return work(() -> {
            runnable.run();
            return true;
        });
    }

    /** A new line of works that supersede one another. */
    public Line line() {
        return new Line(Optional.empty());
    }

    /** The same for works that take a while and follow what is typed: they wait a little, and only the last one is done. */
    public Line lineAfterTyping() {
        return new Line(Optional.of(pause));
    }

    /** Runs {@code task} on the window's thread, soon. May be called on any thread. */
    public void onWindow(Runnable task) {
        window.execute(task);
    }

    /** Shows a problem that nobody handled. May be called on any thread. */
    public void unhandled(Problem problem) {
        window.execute(() -> unhandled.accept(problem));
    }

    /** Works of which only the last one's answer counts. */
    public final class Line {
        private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
        /** What each work waits for, to be dropped then if there is a later one. */
        private final Optional<Runnable> patience;

        private final AtomicLong latest = new AtomicLong();

        private Line(Optional<Runnable> patience) {
            this.patience = patience;
        }

        /** Waits, and says whether a work was superseded meanwhile. */
        private boolean superseded(long mine) {
            patience.ifPresent(Runnable::run);
            return patience.isPresent() && mine != latest.get();
        }

        /** Prepares a work; nothing happens before {@link Job#start()}. */
        public <T> Job<T> work(Callable<T> supplier) {
            return new Job<>(this, supplier);
        }

        /** True while the latest work runs. */
        public ReadOnlyBooleanProperty busyProperty() {
            return busy.getReadOnlyProperty();
        }

        /** Drops the answer of what still runs. */
        public void drop() {
            latest.incrementAndGet();
            busy.set(false);
        }
    }

    /**
     * One work, started at most once.
     *
     * @param <T> its answer
     */
    public final class Job<T> {
        private final Line line;
        private final Callable<T> supplier;
        private Consumer<? super T> then = answer -> {};
        private @Nullable Consumer<? super Problem> onError;

        private Job(Line line, Callable<T> supplier) {
            this.line = line;
            this.supplier = supplier;
        }

        /** Takes the answer on the window's thread. */
        public Job<T> then(Consumer<? super T> taker) {
            this.then = taker;
            return this;
        }

        /** Takes the problem instead, on the window's thread. */
        public Job<T> onError(Consumer<? super Problem> taker) {
            this.onError = taker;
            return this;
        }

        /** Starts it. Works started earlier on the same line lose their say. */
        public void start() {
            long mine = line.latest.incrementAndGet();
            line.busy.set(true);
            work.execute(() -> {
                try {
                    if (line.superseded(mine)) {
                        return;
                    }
                    T answer = supplier.call();
                    window.execute(() -> deliver(mine, () -> then.accept(answer)));
                } catch (Exception e) {
                    Problem problem = Problem.from(e);
                    window.execute(() -> deliver(mine, () -> fail(problem)));
                } catch (Error e) {
                    Problem problem = Problem.from(e);
                    window.execute(() -> deliver(mine, () -> unhandled.accept(problem)));
                    throw e;
                }
            });
        }

        private void deliver(long mine, Runnable delivery) {
            if (mine != line.latest.get()) {
                return;
            }
            line.busy.set(false);
            try {
                delivery.run();
            } catch (RuntimeException e) {
                unhandled.accept(Problem.from(e));
            }
        }

        private void fail(Problem problem) {
            if (onError == null) {
                unhandled.accept(problem);
            } else {
                onError.accept(problem);
            }
        }
    }
}
