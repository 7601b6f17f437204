package org.coffer.engine.store.s3;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a storage's ways, and how hard it is used.
 *
 * @param conditionalPut whether it refuses to overwrite when asked to, as {@link S3Probe} found out. It saves a request for
 *     each put, and nothing depends on it
 * @param staleness how long a listing may fail to show a finished put, Δ in docs/vault-format.md; empty if nobody knows
 * @param part bytes from which an object is uploaded in parts of this size; at least 5 MiB, which servers ask for
 * @param inFlight most requests at once that carry content; those that carry little count half
 * @param objectLock whether the bucket keeps objects until a moment that is asked for, as {@link S3Probe} found out
 */
public record S3Habits(
        boolean conditionalPut, Optional<Duration> staleness, long part, int inFlight, boolean objectLock) {
    /**
     * What is taken for Δ where a trial cannot prove that lists show each put at once, and nobody said better. Swift queues what
     * its lists could not take and tries it again in rounds, one in five minutes unless that was set otherwise, and its lists
     * lag about as long as a round: three of them. <cite>OpenStack Swift, swift-object-updater(1)</cite>.
     */
    public static final Duration UNPROVEN = Duration.ofMinutes(15);

    /** Without object lock. */
    public S3Habits(boolean conditionalPut, Optional<Duration> staleness, long part, int inFlight) {
        this(conditionalPut, staleness, part, inFlight, false);
    }

    /**
     * Lists that show what was put, which all large providers promise; parts of 32 MiB, more than a pack has; 16 requests at
     * once, which fills a line of 1 Gbit/s at 50 ms with frames of 512 KiB.
     */
    public static S3Habits standard() {
        return new S3Habits(false, Optional.of(Duration.ZERO), 32 << 20, 16);
    }

    /** The same, with lists that may lag so long. */
    public S3Habits listDelay(Optional<Duration> most) {
        return new S3Habits(conditionalPut, most, part, inFlight, objectLock);
    }

    /** The same, with or without object lock. */
    public S3Habits objectLock(boolean works) {
        return new S3Habits(conditionalPut, staleness, part, inFlight, works);
    }

    /** The same, with or without conditional puts. */
    public S3Habits conditionalPut(boolean works) {
        return new S3Habits(works, staleness, part, inFlight, objectLock);
    }
}
