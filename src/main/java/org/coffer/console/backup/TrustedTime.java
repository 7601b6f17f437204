package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;

/** What time it is, and as far as the clock is believed. Whoever watches the clock knows. */
public interface TrustedTime {
    /** What the clock shows. */
    Instant now();

    /** Looks at the clock. Notes what it sees, so it is called outside of transactions and of {@link Leases#take}. */
    Reading read();

    /**
     * The clock at one moment.
     *
     * @param now what it shows
     * @param day the day that it shows, as {@code 2026-11-22}
     * @param trusted while it is not believed after a jump: what time it would be, going on from before that
     * @param jumpedTo where it was right after the last jump, as long
     */
    record Reading(Instant now, String day, Optional<Instant> trusted, Optional<Instant> jumpedTo) {
        /** Whether the clock is not believed. */
        public boolean doubted() {
            return trusted.isPresent();
        }

        /** By which moment the date of a backup is judged: now, or the trusted time if it was made before the clock jumped. */
        public Instant judging(Instant made) {
            Instant believed = trusted.orElse(now);
            boolean since = jumpedTo.filter(to -> !made.isBefore(to)).isPresent();
            return since && believed.isBefore(now) ? now : believed;
        }
    }
}
