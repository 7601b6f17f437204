package org.coffer.console.file;

import java.time.Duration;
import java.time.Instant;

/**
 * Which times of files a target surely holds. What is before or after becomes the first or the last that it has, where it has not more room
 * than is known: never a time in between, which somebody else must have given. Sources: {@code fs/ext4}, {@code fs/xfs}, {@code fs/fat} and
 * {@code timestamp_truncate} of the Linux kernel; <em>exFAT file system specification</em> by Microsoft.
 *
 * @param from about the first
 * @param to about the last
 */
record HeldTimes(Instant from, Instant to) {
    /** Times are kept in steps of two seconds on FAT. */
    private static final long STEP = 2;
    /** FAT keeps the clock on the wall, which is anywhere within a day. */
    private static final Duration ABOUT = Duration.ofDays(1);

    private static final Instant FAT_FROM = Instant.parse("1980-01-02T00:00:00Z");
    private static final Instant FAT_TO = Instant.parse("2107-12-31T00:00:00Z");
    /** The seconds that fit into 31 bits and a sign, as old ext and xfs have them. */
    private static final Instant SIGNED_FROM = Instant.ofEpochSecond(Integer.MIN_VALUE);

    private static final Instant SIGNED_TO = Instant.ofEpochSecond(Integer.MAX_VALUE);

    /** Those of FAT and exFAT. */
    static final HeldTimes FAT = new HeldTimes(FAT_FROM, FAT_TO);
    /** Those of every ext and xfs; newer ones hold more. */
    static final HeldTimes SIGNED = new HeldTimes(SIGNED_FROM, SIGNED_TO);
    /** Those of every file system. */
    static final HeldTimes EVERYWHERE = new HeldTimes(FAT_FROM, SIGNED_TO);

    /** Whether the time of a file at the target can be what a time became there. */
    boolean became(Instant wanted, Instant there) {
        return Math.abs(there.getEpochSecond() - wanted.getEpochSecond()) <= STEP
                || (wanted.isBefore(from) && !there.isAfter(from.plus(ABOUT)))
                || (wanted.isAfter(to) && !there.isBefore(to.minus(ABOUT)));
    }
}
