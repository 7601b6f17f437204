package org.coffer.engine.store;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.coffer.engine.work.Work;

/**
 * Keeps the bytes moved in a second below a limit, over all threads and stores that share it. Time not used is not saved
 * up for later, beyond a tenth of a second. The limit can be changed at any time; who waits already goes by it within a
 * tenth of a second.
 */
public final class Throttle {
    private static final long SECOND = 1_000_000_000L;
    private static final long SAVED = SECOND / 10;

    private final LongSupplier nanos;
    private final LongConsumer sleep;
    /** Held by the one whose turn is next; fair. */
    private final Lock queue = new ReentrantLock(true);

    private long bytesPerSecond;
    /** Bytes that were let through but have not had their time yet; below zero when some may go at once. */
    private double owed;
    /** When {@link #owed} was last brought up to date. */
    private long counted;

    /**
     * @param nanos a clock of the kind of {@link System#nanoTime}
     * @param sleep waits for so many nanoseconds, or less
     */
    Throttle(LongSupplier nanos, LongConsumer sleep) {
        this.nanos = nanos;
        this.sleep = sleep;
        this.counted = nanos.getAsLong();
    }

    /** One in real time that has no limit yet. */
    public static Throttle unlimited() {
        return new Throttle(System::nanoTime, LockSupport::parkNanos);
    }

    /** Sets the limit in bytes a second; 0 for none. */
    public synchronized void limit(long rate) {
        settle();
        bytesPerSecond = rate;
    }

    /**
     * Counts bytes that are about to be moved, or just were, and waits until those before them have had their time: a
     * single large object goes at once, and whoever comes next pays for it. Who came first goes first, so that nobody is
     * overtaken for ever. What belongs to work that was told to stop does not wait: it is only what was on its way, and
     * whoever comes next pays for it too.
     */
    public void take(long bytes) {
        queue.lock();
        try {
            Work work = Work.current();
            for (long wait = turn(bytes, false); wait > 0; wait = turn(bytes, work.stopped())) {
                sleep.accept(Math.min(wait, SAVED));
            }
        } finally {
            queue.unlock();
        }
    }

    /** Takes a turn if it is time for one; else says in how many nanoseconds to ask again. */
    private synchronized long turn(long bytes, boolean stopped) {
        settle();
        if (bytesPerSecond > 0 && owed > 0 && !stopped) {
            return (long) Math.ceil(owed / bytesPerSecond * SECOND);
        }
        owed += bytesPerSecond > 0 ? bytes : 0;
        return 0;
    }

    /** Pays with the time that has passed. */
    private void settle() {
        long now = nanos.getAsLong();
        double saved = bytesPerSecond * (SAVED / (double) SECOND);
        owed = Math.max(-saved, owed - bytesPerSecond * ((now - counted) / (double) SECOND));
        counted = now;
    }
}
