package org.coffer.engine.disk;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.coffer.engine.work.Work;

/**
 * Keeps the bytes read in a second below a limit, over all threads. Time not used is not saved up for later, beyond a tenth
 * of a second.
 */
final class Throttle {
    private static final long SECOND = 1_000_000_000L;
    private static final long SAVED = SECOND / 10;

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final LongConsumer sleep;
    private long free;

    /**
     * @param bytesPerSecond the limit, 0 for none
     * @param nanos a clock of the kind of {@link System#nanoTime}
     * @param sleep waits for so many nanoseconds, or less
     */
    Throttle(long bytesPerSecond, LongSupplier nanos, LongConsumer sleep) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.sleep = sleep;
        this.free = nanos.getAsLong();
    }

    /** A limit in real time. */
    static Throttle of(long bytesPerSecond) {
        return new Throttle(bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** Waits until {@code bytes} may be read; stays cancelable meanwhile. */
    void take(long bytes, Work work) {
        if (bytesPerSecond <= 0) {
            return;
        }
        long turn = reserve(bytes);
        for (long left = turn - nanos.getAsLong(); left > 0; left = turn - nanos.getAsLong()) {
            work.checkpoint();
            sleep.accept(Math.min(left, SAVED));
        }
    }

    private synchronized long reserve(long bytes) {
        long turn = Math.max(free, nanos.getAsLong() - SAVED);
        free = turn + (long) ((double) bytes / bytesPerSecond * SECOND);
        return turn;
    }
}
