package org.coffer.window;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.window.picture.Fx;

/** The threads of a window's works, which know when none is left to do. */
final class Works implements Executor {
    /** Longer than anything in the window rests before it begins a work: 150 ms after a key, 200 ms of patience. */
    private static final Duration RESTS = Duration.ofMillis(250);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    @Override
    public void execute(Runnable work) {
        begun.incrementAndGet();
        Thread.startVirtualThread(() -> {
            try {
                work.run();
            } finally {
                ended.incrementAndGet();
            }
        });
    }

    /** Waits until all that was begun is done and shown, and nothing further came of it. */
    void settle() {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        boolean busy;
        do {
            long before = ended.get();
            Fx.pass(RESTS);
            busy = begun.get() != before;
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the window is never done with its work");
            }
        } while (busy);
    }
}
