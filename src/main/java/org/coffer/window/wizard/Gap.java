package org.coffer.window.wizard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Days in a row of which there is no backup.
 *
 * @param first the first of them
 * @param last the last of them
 */
record Gap(LocalDate first, LocalDate last) {
    /** The days between two moments; empty if one follows the other by a day at most. */
    static Optional<Gap> between(Instant earlier, Instant later, ZoneId zone) {
        LocalDate from = LocalDate.ofInstant(earlier, zone).plusDays(1);
        LocalDate to = LocalDate.ofInstant(later, zone).minusDays(1);
        return to.isBefore(from) ? Optional.empty() : Optional.of(new Gap(from, to));
    }
}
