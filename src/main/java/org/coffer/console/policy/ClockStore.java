package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.CLOCK_WATCH;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.ClockWatchRecord;
import org.jspecify.annotations.Nullable;

/** The SQL of what was seen of the clock, one row, and of what is left because of it. */
final class ClockStore {
    private static final int ONLY = 1;

    private final Catalog catalog;

    ClockStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What was seen.
     *
     * @param at where the clock was last seen
     * @param slotsUntil up to when slots were looked at
     * @param doubt while it is not believed after a jump
     * @param cleanedDay the day of the last daily clean-up
     */
    record Seen(Instant at, Instant slotsUntil, Optional<Doubt> doubt, String cleanedDay) {
        Seen at(Instant now) {
            return new Seen(now, slotsUntil, doubt.map(one -> one.ran(at, now)), cleanedDay);
        }

        Seen slotsUntil(Instant until) {
            return new Seen(at, until, doubt, cleanedDay);
        }

        Seen cleaned(String day) {
            return new Seen(at, slotsUntil, doubt, day);
        }

        /** The time that is believed at {@code now}, while the clock is not. */
        Optional<Instant> trusted(Instant now) {
            return doubt.map(one -> one.ran(at, now).trusted());
        }

        /** Under suspicion since it jumped from {@code before}. */
        Seen suspected(Instant before, Instant to, String day) {
            return new Seen(to, slotsUntil, Optional.of(new Doubt(before, to, to, 1, day)), cleanedDay);
        }

        /** Still under suspicion. */
        Seen suspected(Doubt still) {
            return new Seen(at, slotsUntil, Optional.of(still), cleanedDay);
        }

        Seen believed() {
            return new Seen(at, slotsUntil, Optional.empty(), cleanedDay);
        }
    }

    /**
     * What is known of a clock that is not believed.
     *
     * @param trusted what time it would be, going on from before the jump
     * @param highest the latest moment that it showed since
     * @param jumpedTo where it was right after the last jump
     * @param days on how many days it was seen since
     * @param lastDay the last of them
     */
    record Doubt(Instant trusted, Instant highest, Instant jumpedTo, int days, String lastDay) {
        /**
         * The clock went from one moment to another. The trusted time runs on with it, but only beyond where the clock ever was:
         * what it shows a second time, having been set back, did not pass again. No jump moves it.
         */
        Doubt ran(Instant from, Instant now) {
            if (!now.isAfter(highest)) {
                return this;
            }
            boolean jumped = Duration.between(from, now).compareTo(ClockWatch.JUMP) > 0;
            Instant on = jumped ? trusted : trusted.plus(Duration.between(highest, now));
            return new Doubt(on, now, jumpedTo, days, lastDay);
        }

        /** It jumped again. */
        Doubt jumped(Instant to, String day) {
            return new Doubt(trusted, highest, to, 1, day);
        }

        /** It is seen on a day: one day more, if none so late was seen yet. */
        Doubt seen(String day) {
            return day.compareTo(lastDay) <= 0 ? this : new Doubt(trusted, highest, jumpedTo, days + 1, day);
        }
    }

    Optional<Seen> get() {
        return catalog.sql()
                .selectFrom(CLOCK_WATCH)
                .where(CLOCK_WATCH.ID.eq(ONLY))
                .fetchOptional(row -> new Seen(
                        Instant.ofEpochMilli(row.getSeenAt()),
                        Instant.ofEpochMilli(row.getSlotsUntil()),
                        doubt(row),
                        row.getCleanedDay()));
    }

    private static Optional<Doubt> doubt(ClockWatchRecord row) {
        return Optional.ofNullable(row.getTrustedAt())
                .map(trusted -> new Doubt(
                        Instant.ofEpochMilli(trusted),
                        Instant.ofEpochMilli(row.getHighestAt()),
                        Instant.ofEpochMilli(row.getJumpedTo()),
                        row.getDaysSeen(),
                        row.getLastDay()));
    }

    void put(Seen seen) {
        ClockWatchRecord row = catalog.sql().newRecord(CLOCK_WATCH);
        row.setId(ONLY);
        row.setSeenAt(seen.at().toEpochMilli());
        row.setSlotsUntil(seen.slotsUntil().toEpochMilli());
        row.setTrustedAt(millis(seen, Doubt::trusted));
        row.setHighestAt(millis(seen, Doubt::highest));
        row.setJumpedTo(millis(seen, Doubt::jumpedTo));
        row.setDaysSeen(seen.doubt().map(Doubt::days).orElse(0));
        row.setLastDay(seen.doubt().map(Doubt::lastDay).orElse(""));
        row.setCleanedDay(seen.cleanedDay());
        int changed = catalog.sql()
                .update(CLOCK_WATCH)
                .set(row)
                .where(CLOCK_WATCH.ID.eq(ONLY))
                .execute();
        if (changed == 0) {
            catalog.sql().insertInto(CLOCK_WATCH).set(row).execute();
        }
    }

    private static @Nullable Long millis(Seen seen, Function<Doubt, Instant> moment) {
        return seen.doubt().map(moment).map(Instant::toEpochMilli).orElse(null);
    }
}
