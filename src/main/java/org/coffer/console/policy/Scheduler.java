package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Runs policies (P10, P11, P13): {@link #tick} looks at what time it is and does what is due. It is called by one thread,
 * a few times a minute, and by tests with a clock of their own.
 *
 * <p><b>One run per slot.</b> What became of each slot in each vault is a row, and a run writes that row in the same
 * transaction as its tasks ({@link org.coffer.console.backup.AutomaticBackups}). So whatever crashes, and however the clock
 * jumps, a slot runs at most once. Up to when slots were looked at is kept too, but only saves work: forgetting it costs
 * nothing but looking again.
 *
 * <p><b>Late.</b> A slot that is noticed within {@link #GRACE} runs as if in time. Later it was missed, because the computer
 * was off or asleep, and the policy says what then. Of several that were missed at most the last is made up for. Each that
 * does not run is a task with its reason.
 *
 * <p><b>Waiting.</b> Where a location is away or a condition does not hold, the slot waits, and is tried after 1, 2, 4 …
 * minutes, at the latest every half hour, and at once when a location comes back. If the next slot comes first it is skipped.
 *
 * <p><b>The clock.</b> Set back, slots that ran do not run again, and what had been decided about others is forgotten. Set
 * ahead, the slots between were missed.
 */
public final class Scheduler {
    /** A slot noticed this late is still in time. */
    public static final Duration GRACE = Duration.ofMinutes(5);
    /** The longest time between two tries of a slot that waits. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    /** How many missed slots are listed one by one; older ones are one entry together. */
    static final int MOST_LISTED = 50;

    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());
    private static final Duration REMEMBER = Duration.ofMinutes(10);
    private static final Duration KEEP_SLOTS = Duration.ofDays(400);

    private final Catalog catalog;
    private final Policies policies;
    private final SlotStore slots;
    private final Runs runs;
    private final Cleaner cleaner;
    private final ClockWatch watch;
    private final Events events;
    private final Clock clock;
    private @Nullable Instant until;
    private volatile boolean hurry;

    /** Runs {@code policies} through {@code runs}. */
    public Scheduler(
            Catalog catalog,
            Policies policies,
            Runs runs,
            Cleaner cleaner,
            ClockWatch watch,
            Events events,
            Clock clock) {
        this.catalog = catalog;
        this.policies = policies;
        this.slots = new SlotStore(catalog);
        this.runs = runs;
        this.cleaner = cleaner;
        this.watch = watch;
        this.events = events;
        this.clock = clock;
        events.subscribe(event -> hurry |= event instanceof Event.LocationChanged);
    }

    /** Does what is due now. */
    public synchronized void tick() {
        Caller.me(Caller.From.SCHEDULE).run(this::look);
    }

    private void look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        watch.look();
        Instant from = from(now);
        Map<UUID, Policy> known = new HashMap<>();
        policies.list().forEach(policy -> known.put(policy.id(), policy));
        boolean any = false;
        for (Bond bond : policies.store().bonds()) {
            Policy policy = known.get(bond.policy());
            if (policy != null && policy.enabled()) {
                any |= safely(bond, () -> passed(policy, bond, from, now));
            }
        }
        goOnWaiting(known, now);
        until = now;
        if (any || Duration.between(watch.slotsUntil(), now).compareTo(REMEMBER) >= 0) {
            watch.slotsUntil(now);
        }
        if (watch.newDay()) {
            // By a clock that is believed: one that ran ahead and is put right again must not run slots twice.
            slots.forgetBefore(watch.trusted().minus(KEEP_SLOTS));
            cleaner.cleanAll();
        }
    }

    /** From when on slots are looked at. */
    private Instant from(Instant now) {
        Instant before = until == null ? watch.slotsUntil() : until;
        if (!now.isBefore(before)) {
            return before;
        }
        slots.clockWentBack(now);
        policies.store().clockWentBack(now);
        watch.slotsUntil(now);
        return now;
    }

    /** What goes wrong for one vault is no reason to leave the others alone. */
    private boolean safely(Bond bond, java.util.function.BooleanSupplier act) {
        try {
            return act.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "policy " + bond.policy() + " in vault " + bond.vault(), e);
            return false;
        }
    }

    /** Looks at the slots that passed since the last time; whether there are any. */
    private boolean passed(Policy policy, Bond bond, Instant last, Instant now) {
        Instant from = latest(last, policy.runsSince(), bond.since());
        List<Slot> passed = from.isBefore(now)
                ? policy.plan().schedule().between(from, now).stream()
                        .filter(slot -> slots.find(bond.policy(), bond.vault(), slot.at())
                                .isEmpty())
                        .toList()
                : List.of();
        if (passed.isEmpty() || !runs.exists(bond.vault())) {
            return false;
        }
        endWaiting(bond);
        Slot newest = passed.getLast();
        missed(policy, bond, passed.subList(0, passed.size() - 1), now);
        boolean inTime = Duration.between(newest.at(), now).compareTo(GRACE) <= 0;
        if (inTime || policy.plan().missed() == Missed.ONCE) {
            attempt(policy, bond.vault(), newest.at(), 0, now);
        } else if (policy.plan().missed() == Missed.ASK) {
            enter(bond, newest.at(), SlotFate.ASKED, 0, now, Optional.of(runs.missed(policy, newest.at())), now);
        } else {
            missed(policy, bond, List.of(newest), now);
        }
        events.publish(new Event.PolicyChanged(policy.id()));
        return true;
    }

    private static Instant latest(Instant... moments) {
        return java.util.Arrays.stream(moments).max(Instant::compareTo).orElseThrow();
    }

    private void missed(Policy policy, Bond bond, List<Slot> missed, Instant now) {
        int older = Math.max(0, missed.size() - MOST_LISTED);
        if (older > 0) {
            Problem many = runs.missedMany(
                    policy, older, missed.getFirst().at(), missed.get(older - 1).at());
            runs.tell(runs.skipped(bond.vault(), many));
        }
        for (Slot slot : missed.subList(older, missed.size())) {
            skip(bond, slot.at(), runs.missed(policy, slot.at()), now);
        }
    }

    private void skip(Bond bond, Instant slot, Problem why, Instant now) {
        Optional<Task> told =
                catalog.transaction(() -> enter(bond, slot, SlotFate.SKIPPED, 0, now, Optional.of(why), now)
                        ? Optional.of(runs.skipped(bond.vault(), why))
                        : Optional.empty());
        told.ifPresent(runs::tell);
    }

    private boolean enter(
            Bond bond,
            Instant slot,
            SlotFate fate,
            int tries,
            Instant nextTry,
            Optional<Problem> problem,
            Instant now) {
        return slots.put(new SlotRun(bond.policy(), bond.vault(), slot, fate, now, tries, nextTry, problem));
    }

    /** Starts a slot, or lets it wait, or enters why it cannot. */
    private void attempt(Policy policy, UUID vault, Instant slot, int tries, Instant now) {
        Bond bond = new Bond(policy.id(), vault, now);
        Optional<Problem> wait = runs.wait(policy.plan(), vault, time(policy, now));
        if (wait.isPresent()) {
            Duration pause = Duration.ofMinutes(1L << Math.min(tries, 5));
            Instant next = now.plus(pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause);
            enter(bond, slot, SlotFate.WAITING, tries + 1, next, wait, now);
            return;
        }
        try {
            runs.start(
                    policy, vault, slot, () -> enter(bond, slot, SlotFate.STARTED, tries, now, Optional.empty(), now));
        } catch (ProblemException e) {
            skip(bond, slot, e.problem(), now);
        }
    }

    private static LocalTime time(Policy policy, Instant now) {
        return LocalTime.ofInstant(now, policy.plan().schedule().zone());
    }

    /** A slot that waited, or that was asked about, is over when the next one comes. */
    private void endWaiting(Bond bond) {
        Instant now = clock.instant();
        for (SlotRun run : slots.in(SlotFate.WAITING, SlotFate.ASKED)) {
            if (run.policy().equals(bond.policy()) && run.vault().equals(bond.vault())) {
                run.problem().ifPresent(why -> skip(bond, run.slot(), why, now));
            }
        }
    }

    private void goOnWaiting(Map<UUID, Policy> known, Instant now) {
        boolean all = hurry;
        hurry = false;
        for (SlotRun run : slots.in(SlotFate.WAITING)) {
            Policy policy = known.get(run.policy());
            Bond bond = new Bond(run.policy(), run.vault(), now);
            if (policy == null || !policy.enabled() || !serves(run)) {
                safely(bond, () -> {
                    run.problem().ifPresent(why -> skip(bond, run.slot(), why, now));
                    return true;
                });
            } else if (all || !run.nextTry().isAfter(now)) {
                tryAgain(policy, run, all ? 0 : run.tries(), now);
            }
        }
    }

    private boolean serves(SlotRun run) {
        return policies.store()
                .bondOf(run.vault())
                .filter(bond -> bond.policy().equals(run.policy()))
                .isPresent();
    }

    private void tryAgain(Policy policy, SlotRun run, int tries, Instant now) {
        safely(new Bond(run.policy(), run.vault(), now), () -> {
            attempt(policy, run.vault(), run.slot(), tries, now);
            return true;
        });
    }

    // ---- what the window and the command line show

    /** Slots that wait, and slots about which the administrator is asked (P11). */
    public List<SlotRun> open() {
        return slots.in(SlotFate.WAITING, SlotFate.ASKED);
    }

    /** What became of the last slots of a policy in all its vaults, newest first. */
    public List<SlotRun> last(UUID policy, int n) {
        return slots.last(policy, n);
    }

    /** The administrator answers whether a missed slot is made up for. Does nothing if it is not asked about any more. */
    public synchronized void answer(SlotRun asked, boolean run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Bond bond = new Bond(asked.policy(), asked.vault(), now);
        Optional<SlotRun> still =
                slots.find(asked.policy(), asked.vault(), asked.slot()).filter(one -> one.fate() == SlotFate.ASKED);
        if (still.isEmpty()) {
            return;
        }
        Optional<Policy> runs = policies.find(asked.policy()).filter(policy -> policy.enabled() && serves(asked));
        if (run && runs.isPresent()) {
            attempt(runs.get(), asked.vault(), asked.slot(), 0, now);
        } else {
            still.get().problem().ifPresent(why -> skip(bond, asked.slot(), why, now));
        }
        events.publish(new Event.PolicyChanged(asked.policy()));
    }

    /** The moment of the next slot of any policy; for whoever has to wake up in time. */
    public Optional<Instant> next() {
        Instant now = clock.instant();
        List<Instant> all = new ArrayList<>();
        policies.byVault().values().stream()
                .distinct()
                .flatMap(policy -> policies.nextRuns(policy, now, 1).stream())
                .map(Slot::at)
                .forEach(all::add);
        return all.stream().min(Instant::compareTo);
    }
}
