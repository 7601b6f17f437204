package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.policy.ClockStore.Seen;
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

    private static final Duration WRITE_EVERY = Duration.ofMinutes(10);

    private final ClockStore store;
    private final Clock clock;
    private @Nullable Instant last;

    /** Watches {@code clock}. */
    public ClockWatch(Catalog catalog, Clock clock) {
        this.store = new ClockStore(catalog);
        this.clock = clock;
    }

    /** Looks at the clock now. */
    synchronized void look() {
        Instant now = clock.instant();
        Seen seen = seen();
        Instant before = last == null ? seen.at() : last;
        last = now;
        Seen judged = suspect(seen, before, now);
        boolean old = Duration.between(seen.at(), now).compareTo(WRITE_EVERY) >= 0;
        if (old || now.isBefore(before) || !judged.equals(seen)) {
            store.put(judged.at(now));
        }
    }

    /** Begins, goes on with, or ends a suspicion. */
    private Seen suspect(Seen seen, Instant before, Instant now) {
        if (seen.trusted().isEmpty()) {
            return Duration.between(before, now).compareTo(JUMP) > 0 ? seen.suspected(before, 1, today()) : seen;
        }
        Instant trusted = seen.trusted().get();
        int days = seen.days() + (seen.lastDay().equals(today()) ? 0 : 1);
        boolean wentBack = Duration.between(trusted, now).compareTo(JUMP) <= 0;
        return wentBack || days >= DAYS ? seen.believed() : seen.suspected(trusted, days, today());
    }

    /** The moment by which dates are judged: now, or where the clock was before a suspicious jump. */
    public synchronized Instant trusted() {
        look();
        return suspectedSince().orElseGet(clock::instant);
    }

    /** Where the clock was before a jump ahead that is not believed yet. */
    public synchronized Optional<Instant> suspectedSince() {
        return seen().trusted();
    }

    /** The administrator says that the clock is right. */
    public synchronized void believe() {
        store.put(seen().believed());
    }

    // ---- what the scheduler did last

    /** Up to when slots were looked at. */
    synchronized Instant slotsUntil() {
        return seen().slotsUntil();
    }

    /** Slots were looked at up to a moment. */
    synchronized void slotsUntil(Instant until) {
        store.put(seen().slotsUntil(until));
    }

    /** Whether today was not cleaned up yet; it counts as cleaned from now on. */
    synchronized boolean newDay() {
        Seen seen = seen();
        boolean fresh = !seen.cleanedDay().equals(today());
        if (fresh) {
            store.put(seen.cleaned(today()));
        }
        return fresh;
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone()).toString();
    }

    private Seen seen() {
        return store.get().orElseGet(() -> {
            // Policies and their bonds say themselves from when on they run.
            Seen first = new Seen(clock.instant(), Instant.EPOCH, Optional.empty(), 0, "", today());
            store.put(first);
            return first;
        });
    }
}
