package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.CLOCK_WATCH;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.ClockWatchRecord;
import org.jspecify.annotations.Nullable;

/**
 * Watches the clock, which users and empty batteries set to anything.
 *
 * <p><b>Ahead.</b> A clock that is found more than {@link #JUMP} ahead of where it was last seen may be right, after a
 * computer was off for long, or wrong. So it is under suspicion until it was seen on {@link #DAYS} different days, or went
 * back; meanwhile {@link #trusted} stands still where it was, and no backup goes by its date.
 *
 * <p><b>Back.</b> The scheduler finds that it looked at slots later than now, and forgets what it decided about moments
 * that are yet to come. What ran does not run again.
 */
public final class ClockWatch {
    /** A longer step ahead is suspicious. */
    public static final Duration JUMP = Duration.ofDays(7);
    /** On so many different days a suspicious clock must be seen to be believed. */
    public static final int DAYS = 3;

    private static final int ONLY = 1;
    private static final Duration WRITE_EVERY = Duration.ofMinutes(10);

    private final Catalog catalog;
    private final Clock clock;
    private @Nullable Instant seen;

    /** Watches {@code clock}. */
    public ClockWatch(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Looks at the clock now. */
    synchronized void look() {
        Instant now = clock.instant();
        ClockWatchRecord row = row();
        Instant before = seen == null ? Instant.ofEpochMilli(row.getSeenAt()) : seen;
        boolean changed = suspect(row, before, now) || now.isBefore(before);
        seen = now;
        if (changed
                || Duration.between(Instant.ofEpochMilli(row.getSeenAt()), now).compareTo(WRITE_EVERY) >= 0) {
            row.setSeenAt(now.toEpochMilli());
            row.store();
        }
    }

    /** Begins, goes on with, or ends a suspicion; whether that changes anything. */
    private boolean suspect(ClockWatchRecord row, Instant before, Instant now) {
        Long trusted = row.getTrustedAt();
        String today = LocalDate.ofInstant(now, clock.getZone()).toString();
        if (trusted == null) {
            boolean jumped = Duration.between(before, now).compareTo(JUMP) > 0;
            if (jumped) {
                row.setTrustedAt(before.toEpochMilli());
                row.setDaysSeen(1);
                row.setLastDay(today);
            }
            return jumped;
        }
        boolean wentBack = Duration.between(Instant.ofEpochMilli(trusted), now).compareTo(JUMP) <= 0;
        boolean anotherDay = !row.getLastDay().equals(today);
        if (anotherDay) {
            row.setDaysSeen(row.getDaysSeen() + 1);
            row.setLastDay(today);
        }
        if (wentBack || row.getDaysSeen() >= DAYS) {
            row.setTrustedAt(null);
        }
        return wentBack || anotherDay;
    }

    /** The moment by which dates are judged: now, or where the clock was before a suspicious jump. */
    public synchronized Instant trusted() {
        look();
        return suspectedSince().orElseGet(clock::instant);
    }

    /** Where the clock was before a jump ahead that is not believed yet. */
    public synchronized Optional<Instant> suspectedSince() {
        return Optional.ofNullable(row().getTrustedAt()).map(Instant::ofEpochMilli);
    }

    /** The administrator says that the clock is right. */
    public synchronized void believe() {
        ClockWatchRecord row = row();
        row.setTrustedAt(null);
        row.store();
    }

    // ---- what the scheduler did last

    /** Up to when slots were looked at. */
    synchronized Instant slotsUntil() {
        return Instant.ofEpochMilli(row().getSlotsUntil());
    }

    /** Slots were looked at up to a moment. */
    synchronized void slotsUntil(Instant until) {
        ClockWatchRecord row = row();
        row.setSlotsUntil(until.toEpochMilli());
        row.store();
    }

    /** Whether today was not cleaned up yet; it counts as cleaned from now on. */
    synchronized boolean newDay() {
        ClockWatchRecord row = row();
        String today = LocalDate.ofInstant(clock.instant(), clock.getZone()).toString();
        boolean fresh = !row.getCleanedDay().equals(today);
        if (fresh) {
            row.setCleanedDay(today);
            row.store();
        }
        return fresh;
    }

    private ClockWatchRecord row() {
        return catalog.sql()
                .selectFrom(CLOCK_WATCH)
                .where(CLOCK_WATCH.ID.eq(ONLY))
                .fetchOptional()
                .orElseGet(this::first);
    }

    private ClockWatchRecord first() {
        ClockWatchRecord row = catalog.sql().newRecord(CLOCK_WATCH);
        Instant now = clock.instant();
        row.setId(ONLY);
        row.setSeenAt(now.toEpochMilli());
        row.setSlotsUntil(0L); // Policies and their bonds say themselves from when on they run.
        row.setDaysSeen(0);
        row.setLastDay("");
        row.setCleanedDay(LocalDate.ofInstant(now, clock.getZone()).toString());
        row.store();
        return row;
    }
}
