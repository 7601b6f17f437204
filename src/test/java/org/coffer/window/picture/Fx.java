package org.coffer.window.picture;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.coffer.window.kit.dialog.DialogHost;

/** Runs things on the window's thread in tests; starts the toolkit once and keeps it. */
public final class Fx {
    private static final long PATIENCE_SECONDS = 30;
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

    /** Waits until the window was laid out and painted {@code count} times. */
    public static void pulses(int count) {
        var done = new CountDownLatch(count);
        AnimationTimer timer = call(() -> {
            var counter = new AnimationTimer() {
                @Override
                public void handle(long now) {
                    done.countDown();
                }
            };
            counter.start();
            return counter;
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
