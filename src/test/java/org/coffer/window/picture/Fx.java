package org.coffer.window.picture;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.coffer.window.kit.dialog.DialogHost;

/**
 * Runs things on the window's thread in tests; starts the toolkit once and keeps it.
 *
 * <p>The build has the window's time go by its paints (options for Java): each is a twentieth of a second to whatever
 * moves or rests in it, and the next follows within milliseconds. So the same paints show the same on any machine, and
 * what takes its time in the window takes little of the test's. No test may hold the window's time against the clock.
 */
public final class Fx {
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final CountDownLatch STARTED = start();

    private Fx() {}

    private static CountDownLatch start() {
        var started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) {
            // Another test started it.
            started.countDown();
        }
        Platform.setImplicitExit(false);
        return started;
    }

    /** Calls {@code supplier} on the window's thread and waits for its answer. */
    public static <T> T call(Callable<T> supplier) {
        var answer = new CompletableFuture<T>();
        try {
            STARTED.await();
            Platform.runLater(() -> {
                try {
                    answer.complete(supplier.call());
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs {@code task} on the window's thread and waits. */
    public static void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /**
     * Closes a window and the boxes open in it. A box that stayed open would keep its event loop, and with it the
     * window and all it shows, for as long as the tests run.
     */
    public static void close(Stage stage) {
        run(() -> {
            if (stage.getScene() != null && stage.getScene().getRoot() instanceof DialogHost host) {
                host.closeAll();
            }
            stage.close();
        });
    }

    /** Waits until {@code so} holds on the window's thread, looking after each paint; then until that was painted. */
    public static void until(String what, BooleanSupplier so) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!call(so::getAsBoolean)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            pulses(1);
        }
        pulses(2);
    }

    /** Waits until the window was laid out and painted {@code count} times. */
    public static void pulses(int count) {
        var left = new AtomicInteger(count);
        await(now -> left.decrementAndGet() <= 0);
    }

    /** Waits until so much of the window's time went by: what moves or rests for less than that has come to its end. */
    public static void pass(Duration time) {
        var began = new AtomicLong(Long.MIN_VALUE);
        await(now -> {
            began.compareAndSet(Long.MIN_VALUE, now);
            return now - began.get() >= time.toNanos();
        });
    }

    /** Shows each paint's time in nanoseconds to {@code last}, up to the one at which it holds. */
    private static void await(LongPredicate last) {
        var done = new CountDownLatch(1);
        AnimationTimer timer = call(() -> {
            var watching = new AnimationTimer() {
                @Override
                public void handle(long now) {
                    if (last.test(now)) {
                        done.countDown();
                    }
                }
            };
            watching.start();
            return watching;
        });
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the window does not paint");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            run(timer::stop);
        }
    }
}
