package org.coffer.engine.volume;

import java.time.Instant;

/**
 * The standard information of a file: times and flags.
 *
 * @param created when it was made
 * @param modified when its content changed last
 * @param accessed when it was read last
 * @param flags as Windows shows them, and more
 */
record NtfsStandard(Instant created, Instant modified, Instant accessed, int flags) {
    /** Bytes of the longest there is, with room for more. */
    static final int MOST = 1024;

    /** Belongs to the system; so does what other systems keep as a file of their own kind. */
    static final int SYSTEM = 0x4;

    private static final int OFFLINE = 0x1000;
    private static final int ENCRYPTED = 0x4000;
    private static final int FETCHED_WHEN_READ = 0x400000;

    private static final long TICKS = 10_000_000;
    private static final long FROM_1601_TO_1970 = 11_644_473_600L;

    static NtfsStandard of(NtfsBlock value) {
        return new NtfsStandard(time(value.i64(0)), time(value.i64(8)), time(value.i64(24)), value.i32(32));
    }

    /** Times count tenths of a microsecond from the beginning of 1601, in UTC. */
    private static Instant time(long ticks) {
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS) - FROM_1601_TO_1970, Math.floorMod(ticks, TICKS) * 100);
    }

    boolean system() {
        return (flags & SYSTEM) != 0;
    }

    boolean encrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    /** Whether its content lies somewhere else and would be fetched for whoever reads it. */
    boolean elsewhere() {
        return (flags & (OFFLINE | FETCHED_WHEN_READ)) != 0;
    }
}
