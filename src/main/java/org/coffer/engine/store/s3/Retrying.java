package org.coffer.engine.store.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;

/**
 * Tries again what may help to try again, and no sooner than is polite.
 *
 * <p>Pauses double with each try, and a random part of each is waited, so that many who failed together do not come back
 * together ("full jitter"). When the server says when to come again, or that it is asked too much, everybody who uses the
 * same place holds back until then. A place that could not be reached for as long as patience lasts is tried only twice by
 * each later request, until one gets through: who asks a hundred things of a cut line waits once. Thread-safe.
 */
final class Retrying {
    /** A wish to stop is heard this soon, in nanoseconds. */
    private static final long LOOK = 50_000_000L;

    /** More often nothing that arrives harmed is sent again: something on the way harms all of it. */
    private static final int HARMED = 4;

    private final S3Patience patience;
    private final RandomGenerator random;
    private final LongSupplier nanos;
    private final LongConsumer sleep;
    /** Until when everybody holds back, on the clock of {@code nanos}. */
    private final AtomicLong quietUntil;
    /** Whether the last who tried gave up without reaching the server. */
    private final AtomicBoolean lost = new AtomicBoolean();

    /**
     * @param nanos a clock of the kind of {@link System#nanoTime}
     * @param sleep waits for so many nanoseconds, or less
     */
    Retrying(S3Patience patience, RandomGenerator random, LongSupplier nanos, LongConsumer sleep) {
        this.patience = patience;
        this.random = random;
        this.nanos = nanos;
        this.sleep = sleep;
        this.quietUntil = new AtomicLong(nanos.getAsLong());
    }

    /** One try. */
    @FunctionalInterface
    interface Try<T> {
        /**
         * Does it.
         *
         * @param repeated whether it is not the first
         * @throws Failed if it did not work
         */
        T make(boolean repeated) throws Failed;
    }

    /** A try that failed, and what that means. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // Never written.
        private final Fault fault;

        Failed(Fault fault) {
            super(fault.failure());
            this.fault = fault;
        }
    }

    /** Tries until it works or patience ends. */
    <T> T run(Try<T> act) throws StoreException {
        Work work = Work.current();
        long began = nanos.getAsLong();
        for (int tries = 1; ; tries++) {
            await(quietUntil.get(), work);
            try {
                T result = act.make(tries > 1);
                lost.set(false);
                return result;
            } catch (Failed failed) {
                Fault fault = failed.fault;
                if (fault.again() != Fault.Again.ABSENT) {
                    lost.set(false);
                }
                long now = nanos.getAsLong();
                long wait = pause(tries, fault);
                if (isHopeless(fault, tries, now + wait - began) || stopped(work)) {
                    throw fault.failure();
                }
                if (fault.again() == Fault.Again.BUSY) {
                    quietUntil.accumulateAndGet(now + wait, (a, b) -> a - b > 0 ? a : b);
                }
                await(now + wait, work);
            }
        }
    }

    private static boolean stopped(Work work) {
        return work.stopped() || Thread.currentThread().isInterrupted();
    }

    private long pause(int tries, Fault fault) {
        long most = Math.min(patience.most().toNanos(), patience.first().toNanos() << Math.min(tries - 1, 20));
        long drawn = most <= 0 ? 0 : random.nextLong(most / 8, most + 1);
        return fault.after().map(after -> Math.max(after.toNanos(), drawn)).orElse(drawn);
    }

    private boolean isHopeless(Fault fault, int tries, long taken) {
        boolean spent = tries >= patience.tries();
        return switch (fault.again()) {
            case NO -> true;
            case HARMED -> spent || tries >= HARMED;
            case BUSY -> spent || taken > patience.busy().toNanos();
            case ABSENT -> {
                // Of a line that was cut, a connection of before may be left, so that the first try says nothing.
                if (lost.get() && tries > 1) {
                    yield true;
                }
                boolean over = spent || taken > patience.absent().toNanos();
                if (over) {
                    lost.set(true);
                }
                yield over;
            }
        };
    }

    private void await(long until, Work work) {
        for (long left = until - nanos.getAsLong(); left > 0 && !stopped(work); left = until - nanos.getAsLong()) {
            sleep.accept(Math.min(left, LOOK));
        }
    }

    /** How long everybody holds back from now on; zero mostly. */
    Duration quiet() {
        return Duration.ofNanos(Math.max(0, quietUntil.get() - nanos.getAsLong()));
    }
}
