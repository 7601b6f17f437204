package org.coffer.console.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/** How long the automatic backups of a policy are kept (P5). {@link Keeping} applies it. */
public sealed interface Retention {
    /** The largest number of backups, and of days. */
    int MOST = 99_999;

    /** When a backup made under this rule goes by its date; empty if the rule gives it none. */
    Optional<Instant> expiry(Instant created, ZoneId zone);

    /** How many backups of one resource it can be that nothing lets go at once: no more are worth making up for. */
    default int most() {
        return MOST;
    }

    /**
     * The newest of each resource, and besides the newest of some days, weeks, months and years.
     *
     * @param newest 1 to 99,999
     */
    record ByCount(int newest, Periods periods) implements Retention {
        @Override
        public int most() {
            return periods.equals(Periods.NONE) ? newest : MOST;
        }

        @Override
        public Optional<Instant> expiry(Instant created, ZoneId zone) {
            return Optional.empty();
        }
    }

    /**
     * For so many days, to the same time of day.
     *
     * @param days 1 to 99,999
     */
    record ByDays(int days) implements Retention {
        @Override
        public Optional<Instant> expiry(Instant created, ZoneId zone) {
            return Optional.of(
                    ZonedDateTime.ofInstant(created, zone).plusDays(days).toInstant());
        }
    }

    /**
     * For so many calendar months, to the same day and time of day, or to the last day of a shorter month.
     *
     * @param months 1, 3, 6 or 12
     */
    record ByMonths(int months) implements Retention {
        /** The choices. */
        public static final Set<Integer> CHOICES = Set.of(1, 3, 6, 12);

        @Override
        public Optional<Instant> expiry(Instant created, ZoneId zone) {
            return Optional.of(
                    ZonedDateTime.ofInstant(created, zone).plusMonths(months).toInstant());
        }
    }

    /** For ever. */
    record Forever() implements Retention {
        @Override
        public Optional<Instant> expiry(Instant created, ZoneId zone) {
            return Optional.empty();
        }
    }

    /**
     * Of how many days, weeks (from Monday), months and years that hold a backup the newest one is kept; 0 to 100 each.
     * Periods are those of the policy's zone.
     */
    record Periods(int daily, int weekly, int monthly, int yearly) {
        /** None. */
        public static final Periods NONE = new Periods(0, 0, 0, 0);
        /** The largest number of each. */
        public static final int MOST = 100;
    }
}
