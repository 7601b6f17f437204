package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.TrustedTime;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.ClockStore.Doubt;
import org.coffer.console.policy.ClockStore.Seen;
import org.coffer.console.vault.LeftStore;
import org.jspecify.annotations.Nullable;

/**
 * Watches the clock, which users and empty batteries set to anything.
 *
 * <p><b>Ahead.</b> A clock that is found more than {@link #JUMP} ahead of where it was last seen may be right, after a
 * computer was off for long, or wrong. So it is under suspicion until it is back near where it would be, or somebody says
 * that it is right: no number of days makes a wrong clock a right one. Meanwhile backups from before the jump go by the
 * trusted time, which runs on from where the clock was ({@link #trusted}); so each is kept at least as long as it was to be.
 * A clock that goes to and fro meanwhile moves it no faster: it runs on only when the clock is beyond where it ever was.
 * Those made since the jump have their dates from the same clock that is asked about them.
 *
 * <p><b>Back.</b> One that is found more than {@link #JUMP} behind, as after its battery died, is under suspicion too;
 * meanwhile no policy runs and nothing that was noted about moments is touched ({@link #behind}), so that putting it right
 * leaves everything as it was. Because a computer without backups is worse off, such a clock is believed when it was seen
 * on {@link #DAYS} different days; nothing goes by its date for that. After a smaller step the scheduler finds that it looked at
 * slots later than now, and forgets what it decided about moments that are yet to come. What ran does not run again, except where
 * a clock that is far behind is believed.
 *
 * <p><b>What is dated ahead</b> when a suspicion ends, when Coffer starts, and when the clock steps back by more than a minute: what
 * policies made of it leaves the count, and stays until somebody deletes it or its date comes. Nobody can tell whether the clock
 * was wrong before or is now, and that is the safe direction.
 */
public final class ClockWatch implements TrustedTime {
    /** A longer step ahead or back is suspicious. */
    public static final Duration JUMP = Duration.ofDays(7);
    /** On so many different days a clock that is behind must be seen to be believed. */
    public static final int DAYS = 3;

    /** A longer step back is no small correction; what is dated no further ahead is as good as made now. */
    static final Duration STEP = Duration.ofMinutes(1);

    private static final Duration WRITE_EVERY = Duration.ofMinutes(10);

    private final ClockStore store;
    private final SlotStore slots;
    private final LeftStore left;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private @Nullable Instant last;
    private @Nullable Seen known;

    /** Watches {@code clock}. */
    public ClockWatch(Catalog catalog, Audit audit, Events events, Clock clock) {
        this.store = new ClockStore(catalog);
        this.slots = new SlotStore(catalog);
        this.left = new LeftStore(catalog);
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Looks at the clock now. */
    synchronized void look() {
        Instant now = clock.instant();
        Seen seen = seen();
        boolean first = last == null;
        Instant before = last == null ? seen.at() : last;
        last = now;
        Seen judged = suspect(seen, before, now);
        if (judged.doubt().isEmpty()) {
            boolean back = Duration.between(now, before).compareTo(STEP) > 0;
            // Where the clock was last seen before this process began is not known to the minute.
            if (first || back || seen.doubt().isPresent()) {
                leaveAhead(now);
            }
            runAgain(seen, now);
        }
        boolean old = Duration.between(seen.at(), now).compareTo(WRITE_EVERY) >= 0;
        if (old || now.isBefore(before) || !judged.equals(seen)) {
            put(judged.at(now));
        }
        if (judged.doubt().isPresent() != seen.doubt().isPresent()) {
            events.publish(new Event.ResourcesChanged());
        }
    }

    /** Begins, goes on with, or ends a suspicion. */
    private Seen suspect(Seen seen, Instant before, Instant now) {
        if (seen.doubt().isEmpty()) {
            return far(before, now) ? seen.suspected(before, now, today()) : seen;
        }
        Instant trusted = seen.trusted(now).orElseThrow();
        Doubt doubt = seen.doubt().get();
        boolean behind = now.isBefore(trusted);
        Doubt still = far(before, now) ? doubt.jumped(now, today()) : doubt.seen(today());
        if (!far(trusted, now) || (behind && still.days() >= DAYS)) {
            return seen.believed();
        }
        return seen.suspected(still);
    }

    /**
     * The clock is believed from now on, or is right again after it was a little ahead. What is dated later was made before: it would
     * push out what is newer once its date comes, or at once when a clock that is behind is put right. So no count takes it in.
     */
    private void leaveAhead(Instant now) {
        left.datedAfter(now.plus(STEP));
    }

    /** A clock that is far behind is believed from now on. The slots that it comes to ran before, and no backups would be worse. */
    private void runAgain(Seen seen, Instant now) {
        if (seen.trusted(now)
                .filter(trusted -> now.isBefore(trusted) && far(trusted, now))
                .isPresent()) {
            slots.again(now);
        }
    }

    private static boolean far(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(JUMP) > 0;
    }

    /** Whether the clock is far behind where it was, and not believed. */
    public synchronized boolean behind() {
        look();
        Instant now = clock.instant();
        return trustedAt(now).filter(now::isBefore).isPresent();
    }

    /** What time it is; while the clock is far behind and not believed, the trusted time. */
    public Clock believed() {
        return new Believed(clock, this::lastBelieved);
    }

    /** Only looks at what was seen: asked before the first look of a process, too. */
    private synchronized Instant lastBelieved() {
        Instant now = clock.instant();
        return Optional.ofNullable(known)
                .or(store::get)
                .map(seen -> seen.trusted(now).orElse(seen.at()))
                .filter(before -> before.isAfter(now) && far(before, now))
                .orElse(now);
    }

    private static final class Believed extends Clock {
        private final Clock clock;
        private final Supplier<Instant> moment;

        Believed(Clock clock, Supplier<Instant> moment) {
            this.clock = clock;
            this.moment = moment;
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new Believed(clock.withZone(zone), moment);
        }

        @Override
        public Instant instant() {
            return moment.get();
        }
    }

    /** What time it is as far as that is believed: now, or after a jump what it would be, going on from before it. */
    public synchronized Instant trusted() {
        look();
        Instant now = clock.instant();
        return trustedAt(now).orElse(now);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized Reading read() {
        look();
        Instant now = clock.instant();
        return new Reading(now, today(), trustedAt(now), seen().doubt().map(Doubt::jumpedTo));
    }

    /** While the clock is not believed after a jump, ahead or back: what time it would be, going on from before that. */
    public synchronized Optional<Instant> suspected() {
        return trustedAt(clock.instant());
    }

    private Optional<Instant> trustedAt(Instant now) {
        return seen().trusted(now);
    }

    /** The administrator says that the clock is right. What its jump let run out goes from now on. */
    public synchronized void believe() {
        last = clock.instant();
        leaveAhead(last);
        runAgain(seen(), last);
        put(seen().believed().at(last));
        audit.succeeded(AuditEvent.UPDATE_SETTING, new Audit.Target("setting", "clock", "clock"));
        events.publish(new Event.ResourcesChanged());
    }

    // ---- what the scheduler did last

    /** Up to when slots were looked at. */
    synchronized Instant slotsUntil() {
        return seen().slotsUntil();
    }

    /** Slots were looked at up to a moment. */
    synchronized void slotsUntil(Instant until) {
        put(seen().slotsUntil(until));
    }

    /** Whether today was not cleaned up yet; it counts as cleaned from now on. */
    synchronized boolean newDay() {
        Seen seen = seen();
        boolean fresh = !seen.cleanedDay().equals(today());
        if (fresh) {
            put(seen.cleaned(today()));
        }
        return fresh;
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone()).toString();
    }

    /** Nobody else writes it, so it is read once. */
    private Seen seen() {
        Seen now = known;
        if (now == null) {
            now = store.get().orElseGet(this::first);
            known = now;
        }
        return now;
    }

    private void put(Seen seen) {
        store.put(seen);
        known = seen;
    }

    private Seen first() {
        // Policies and their bonds say themselves from when on they run.
        Seen first = new Seen(clock.instant(), Instant.EPOCH, Optional.empty(), today());
        store.put(first);
        return first;
    }
}
