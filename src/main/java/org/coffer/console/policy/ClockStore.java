package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.CLOCK_WATCH;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.ClockWatchRecord;

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
     * @param trusted while it is not believed after a jump: what time it would be at {@code at}, going on from before the jump
     * @param jumpedTo where the clock was right after that jump
     * @param days on how many days it was seen since
     * @param lastDay the last of them
     * @param cleanedDay the day of the last daily clean-up
     */
    record Seen(
            Instant at,
            Instant slotsUntil,
            Optional<Instant> trusted,
            Optional<Instant> jumpedTo,
            int days,
            String lastDay,
            String cleanedDay) {
        Seen at(Instant now) {
            return new Seen(now, slotsUntil, trusted(now), jumpedTo, days, lastDay, cleanedDay);
        }

        Seen slotsUntil(Instant until) {
            return new Seen(at, until, trusted, jumpedTo, days, lastDay, cleanedDay);
        }

        Seen cleaned(String day) {
            return new Seen(at, slotsUntil, trusted, jumpedTo, days, lastDay, day);
        }

        /** The time that is believed: it runs on while the clock does, and no jump moves it. */
        Optional<Instant> trusted(Instant now) {
            Duration step = Duration.between(at, now);
            boolean ran = !step.isNegative() && step.compareTo(ClockWatch.JUMP) <= 0;
            return ran ? trusted.map(before -> before.plus(step)) : trusted;
        }

        /** Under suspicion since it jumped from {@code before}. */
        Seen suspected(Instant before, Instant to, String day) {
            return new Seen(to, slotsUntil, Optional.of(before), Optional.of(to), 1, day, cleanedDay);
        }

        /** Still under suspicion. */
        Seen suspected(Instant to, int seenDays, String day) {
            return new Seen(at, slotsUntil, trusted, Optional.of(to), seenDays, day, cleanedDay);
        }

        Seen believed() {
            return new Seen(at, slotsUntil, Optional.empty(), Optional.empty(), 0, lastDay, cleanedDay);
        }
    }

    Optional<Seen> get() {
        return catalog.sql()
                .selectFrom(CLOCK_WATCH)
                .where(CLOCK_WATCH.ID.eq(ONLY))
                .fetchOptional(row -> new Seen(
                        Instant.ofEpochMilli(row.getSeenAt()),
                        Instant.ofEpochMilli(row.getSlotsUntil()),
                        Optional.ofNullable(row.getTrustedAt()).map(Instant::ofEpochMilli),
                        Optional.ofNullable(row.getJumpedTo()).map(Instant::ofEpochMilli),
                        row.getDaysSeen(),
                        row.getLastDay(),
                        row.getCleanedDay()));
    }

    /** Marks what policies made and is dated after a moment: no count takes it in. */
    void leaveAfter(Instant moment) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.LEFT_BEHIND, true)
                .where(BACKUP.POLICY_ID.isNotNull())
                .and(BACKUP.CREATED_AT.gt(moment.toEpochMilli()))
                .execute();
    }

    void put(Seen seen) {
        ClockWatchRecord row = catalog.sql().newRecord(CLOCK_WATCH);
        row.setId(ONLY);
        row.setSeenAt(seen.at().toEpochMilli());
        row.setSlotsUntil(seen.slotsUntil().toEpochMilli());
        row.setTrustedAt(seen.trusted().map(Instant::toEpochMilli).orElse(null));
        row.setJumpedTo(seen.jumpedTo().map(Instant::toEpochMilli).orElse(null));
        row.setDaysSeen(seen.days());
        row.setLastDay(seen.lastDay());
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
}
