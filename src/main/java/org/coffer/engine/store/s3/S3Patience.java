package org.coffer.engine.store.s3;

import java.time.Duration;

/**
 * How long a server is waited for, and how often it is asked again.
 *
 * @param tries most tries of one request
 * @param first the longest pause before the second try; it doubles with each try, and a random part of it is waited
 * @param most the longest pause
 * @param absent how long a server that cannot be reached is tried
 * @param busy how long one that answers that it is busy or failing is tried
 * @param silence how long it may take to connect, or send nothing at all
 */
public record S3Patience(int tries, Duration first, Duration most, Duration absent, Duration busy, Duration silence) {
    /** For work: a short break of the line or a busy minute goes by unnoticed. */
    public static S3Patience standard() {
        return new S3Patience(
                14,
                Duration.ofMillis(200),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofMinutes(3),
                Duration.ofSeconds(30));
    }

    /** For somebody who looks on: one try, and an answer within seconds. */
    public static S3Patience once() {
        return new S3Patience(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));
    }
}
