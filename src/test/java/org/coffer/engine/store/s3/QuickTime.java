package org.coffer.engine.store.s3;

import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.engine.store.StoreException;

/** Time in which the pauses between tries go by at once: whoever waits moves it on, so that an hour of outage takes seconds. */
public final class QuickTime {
    private final AtomicLong passed = new AtomicLong();

    /** A moment, in nanoseconds. */
    public long now() {
        return System.nanoTime() + passed.get();
    }

    /** How long ago a moment was. */
    public Duration since(long moment) {
        return Duration.ofNanos(now() - moment);
    }

    /** Nobody asks anything for so long. */
    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    /** A store in a bucket at {@link LocalBucket}, which waits by this time. */
    public S3Store store(S3Settings settings) throws StoreException {
        return new S3Store(
                settings,
                () -> LocalBucket.KEY,
                Clock.systemUTC(),
                new SplittableRandom(5),
                new Pauses(this::now, passed::addAndGet));
    }
}
