package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
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
 * <p><b>Errors.</b> What goes wrong at one slot fails that slot, with a task that says why ({@link Decisions}). If not even
 * that can be written, the slots of that vault are looked at again the next time, from the same moment on.
 *
 * <p><b>Waiting.</b> Where a location is away or a condition does not hold, the slot waits, and is tried after 1, 2, 4 …
 * minutes, at the latest every half hour, and at once when a location comes back. If the next slot comes first it is skipped.
 * A run that is under way when a condition ends is held still until it holds again ({@link Holding}).
 *
 * <p><b>The clock.</b> While it is far behind where it was, nothing is done until it is believed ({@link ClockWatch}). Set
 * back a little, slots that ran do not run again, which a task tells when their time comes, and what had been decided about others
 * is forgotten. Set ahead, the slots between were missed.
 */
public final class Scheduler {
    /** A slot noticed this late is still in time. */
    public static final Duration GRACE = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());
    private static final Duration REMEMBER = Duration.ofMinutes(10);
    private static final Duration KEEP_SLOTS = Duration.ofDays(400);

    private final Policies policies;
    private final SlotStore slots;
    private final Runs runs;
    private final Decisions decisions;
    private final Holding holding;
    private final Cleaner cleaner;
    private final ClockWatch watch;
    private final Events events;
    private final Clock clock;
    /** Vaults at which something went wrong that could not be entered, and from when on their slots are looked at again. */
    private final Map<Owed, Instant> owed = new HashMap<>();

    /** A policy in a vault. */
    private record Owed(UUID policy, UUID vault) {
        static Owed of(Bond bond) {
            return new Owed(bond.policy(), bond.vault());
        }
    }

    private @Nullable Instant until;
    private volatile boolean hurry;

    /** Runs {@code policies} through {@code runs}. */
    public Scheduler(
            Catalog catalog,
            Policies policies,
            Runs runs,
            Holding holding,
            Cleaner cleaner,
            ClockWatch watch,
            Events events,
            Clock clock) {
        this.policies = policies;
        this.slots = new SlotStore(catalog);
        this.runs = runs;
        this.decisions = new Decisions(catalog, slots, runs);
        this.holding = holding;
        this.cleaner = cleaner;
        this.watch = watch;
        this.events = events;
        this.clock = clock;
        policies.beforeEnd(this::end);
        events.subscribe(event -> {
            if (event instanceof Event.LocationChanged) {
                hurry = true;
            }
        });
    }

    /** Does what is due now. */
    public synchronized void tick() {
        Caller.me(Caller.From.SCHEDULE).run(this::look);
    }

    private void look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (watch.behind()) {
            return;
        }
        Instant from = from(now);
        Plans plans = plans(now);
        boolean any = false;
        for (Bond bond : plans.bonds()) {
            Optional<Policy> policy = plans.find(bond.policy()).filter(Policy::enabled);
            if (policy.isPresent()) {
                any |= tryLook(policy.get(), bond, owed.getOrDefault(Owed.of(bond), from), now);
            } else {
                owed.remove(Owed.of(bond));
            }
        }
        goOnWaiting(plans, now);
        hold(plans, now);
        until = now;
        Instant sure = owed.values().stream().min(Instant::compareTo).orElse(now);
        if (any || Duration.between(watch.slotsUntil(), sure).compareTo(REMEMBER) >= 0) {
            watch.slotsUntil(sure);
        }
    }

    private void hold(Plans plans, Instant now) {
        try {
            holding.look(plans.conditional(), plans::serving, now);
        } catch (RuntimeException e) {
            // The runs go on as they are, and are looked at again.
            LOG.log(System.Logger.Level.ERROR, "looking whether runs may go on", e);
        }
    }

    /**
     * What is done once a day, if it was not done today: lets go what is due, and forgets old slots. Apart from {@link #tick},
     * because it may take seconds where there are many backups.
     */
    public void daily() {
        if (!watch.behind() && watch.newDay()) {
            // By a clock that is believed: one that ran ahead and is put right again must not run slots twice.
            slots.forgetBefore(watch.trusted().minus(KEEP_SLOTS));
            cleaner.cleanAll();
        }
    }

    /** The policies and whom they serve, at one moment. */
    private record Plans(Map<UUID, Policy> policies, List<Bond> bonds) {
        static Plans read(PolicyStore store) {
            return new Plans(
                    store.all().stream().collect(Collectors.toMap(Policy::id, Function.identity())), store.bonds());
        }

        Optional<Policy> find(UUID policy) {
            return Optional.ofNullable(policies.get(policy));
        }

        /** A policy, if it is on and still serves that vault. */
        Optional<Policy> serving(UUID policy, UUID vault) {
            return find(policy)
                    .filter(Policy::enabled)
                    .filter(_ -> bonds.stream()
                            .anyMatch(bond ->
                                    bond.vault().equals(vault) && bond.policy().equals(policy)));
        }

        boolean conditional() {
            return policies.values().stream()
                    .anyMatch(policy -> policy.plan().conditions().any());
        }

        boolean ahead(Instant now) {
            return policies.values().stream()
                            .anyMatch(policy -> policy.runsSince().isAfter(now)
                                    || policy.keepsSince().isAfter(now))
                    || bonds.stream().anyMatch(bond -> bond.since().isAfter(now));
        }
    }

    /** Moments that are ahead of now were written under a clock that was put right since: they are taken back. */
    private Plans plans(Instant now) {
        Plans plans = Plans.read(policies.store());
        if (watch.behind() || !plans.ahead(now)) {
            return plans;
        }
        policies.store().nothingAhead(now);
        return Plans.read(policies.store());
    }

    /** From when on slots are looked at. */
    private Instant from(Instant now) {
        Instant before = until == null ? watch.slotsUntil() : until;
        if (!now.isBefore(before)) {
            return before;
        }
        slots.clockWentBack(now);
        policies.store().nothingAhead(now);
        watch.slotsUntil(now);
        return now;
    }

    /** What goes wrong at one vault is no reason to leave the others alone. */
    private boolean tryLook(Policy policy, Bond bond, Instant last, Instant now) {
        try {
            boolean any = look(policy, bond, last, now);
            owed.remove(Owed.of(bond));
            return any;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "policy " + policy.id() + " in vault " + bond.vault(), e);
            owed.put(Owed.of(bond), last);
            return true;
        }
    }

    /** Enters the slots that passed unseen under a plan that ends now: nobody looks at them later (P11). */
    private synchronized void end(UUID id, Optional<UUID> vault) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (watch.behind()) {
            return;
        }
        Instant from = from(now);
        Plans plans = plans(now);
        plans.find(id)
                .filter(Policy::enabled)
                .ifPresent(policy -> plans.bonds().stream()
                        .filter(bond -> bond.policy().equals(id))
                        .filter(bond -> vault.isEmpty() || vault.get().equals(bond.vault()))
                        .forEach(bond -> Caller.me(Caller.From.SCHEDULE)
                                .run(() -> end(policy, bond, owed.getOrDefault(Owed.of(bond), from), now))));
    }

    private void end(Policy policy, Bond bond, Instant last, Instant now) {
        List<Slot> fresh = passed(policy, bond, last, now).fresh();
        if (!fresh.isEmpty()) {
            decisions.missed(policy, bond.vault(), fresh, now);
        }
    }

    /**
     * The slots of a policy in a vault that passed since a moment.
     *
     * @param fresh those about which nothing is decided yet, oldest first
     * @param past whether a later one was decided before, as before a crash
     * @param any whether anything was or is to be done about them
     */
    private record Passed(List<Slot> fresh, boolean past, boolean any) {
        static final Passed NONE = new Passed(List.of(), false, false);
    }

    /** Looks which slots passed since a moment, and tells of those that ran ahead of their time. */
    private Passed passed(Policy policy, Bond bond, Instant last, Instant now) {
        Instant from = latest(last, policy.runsSince(), bond.since());
        List<Slot> passed = from.isBefore(now) ? policy.plan().schedule().between(from, now) : List.of();
        if (passed.isEmpty() || !runs.exists(bond.vault())) {
            return Passed.NONE;
        }
        Map<Instant, SlotFate> decided = slots.decided(bond.policy(), bond.vault(), from, now);
        List<Slot> ahead = passed.stream()
                .filter(slot -> decided.get(slot.at()) == SlotFate.AHEAD)
                .toList();
        if (!ahead.isEmpty()) {
            decisions.ranAhead(policy, bond.vault(), ahead);
        }
        ahead.forEach(slot -> decided.remove(slot.at()));
        List<Slot> fresh = passed.stream()
                .filter(slot -> !ahead.contains(slot))
                .filter(slot -> !decided.containsKey(slot.at())
                        || (decided.get(slot.at()) == SlotFate.AGAIN && inTime(slot, now)))
                .toList();
        boolean past = !fresh.isEmpty()
                && decided.keySet().stream()
                        .anyMatch(slot -> slot.isAfter(fresh.getLast().at()));
        return new Passed(fresh, past, !fresh.isEmpty() || !ahead.isEmpty());
    }

    private static boolean inTime(Slot slot, Instant now) {
        return Duration.between(slot.at(), now).compareTo(GRACE) <= 0;
    }

    /** Looks at the slots that passed since the last time; whether there are any. */
    private boolean look(Policy policy, Bond bond, Instant last, Instant now) {
        Passed passed = passed(policy, bond, last, now);
        List<Slot> fresh = passed.fresh();
        if (!fresh.isEmpty()) {
            endWaiting(bond, now);
            // Where a later one was decided before, those that come to light now are past.
            boolean past = passed.past();
            decisions.missed(policy, bond.vault(), past ? fresh : fresh.subList(0, fresh.size() - 1), now);
            if (!past) {
                decide(policy, bond.vault(), fresh.getLast(), now);
            }
        }
        if (passed.any()) {
            events.publish(new Event.PolicyChanged(policy.id()));
        }
        return passed.any();
    }

    private void decide(Policy policy, UUID vault, Slot slot, Instant now) {
        switch (inTime(slot, now) ? Missed.ONCE : policy.plan().missed()) {
            case ONCE -> decisions.attempt(policy, vault, slot.at(), 0, now);
            case ASK -> decisions.ask(policy, vault, slot.at(), now);
            case SKIP -> decisions.missed(policy, vault, List.of(slot), now);
        }
    }

    private static Instant latest(Instant... moments) {
        return Arrays.stream(moments).max(Instant::compareTo).orElseThrow();
    }

    /** A slot that waited, or that was asked about, is over when the next one comes. */
    private void endWaiting(Bond bond, Instant now) {
        open().stream()
                .filter(run -> run.policy().equals(bond.policy()) && run.vault().equals(bond.vault()))
                .forEach(run -> decisions.giveUp(run, now));
    }

    /** Tries again what waits and is due; a policy that is off, or gone, waits and asks for nothing any more. */
    private void goOnWaiting(Plans plans, Instant now) {
        boolean all = hurry;
        hurry = false;
        for (SlotRun run : open()) {
            try {
                Optional<Policy> policy = plans.serving(run.policy(), run.vault());
                if (policy.isEmpty()) {
                    decisions.giveUp(run, now);
                } else if (run.fate() == SlotFate.WAITING
                        && (all || !run.nextTry().isAfter(now))) {
                    decisions.attempt(policy.get(), run.vault(), run.slot(), all ? 0 : run.tries(), now);
                }
            } catch (RuntimeException e) {
                // It still waits, and is looked at again.
                LOG.log(System.Logger.Level.ERROR, "policy " + run.policy() + " in vault " + run.vault(), e);
            }
        }
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

    /**
     * The administrator answers whether a missed slot is made up for. Nothing happens if it is not asked about any more; one
     * whose policy is off, or serves that vault no longer, does not run, and nothing does while the clock is far behind.
     *
     * @return what became of the slot; empty if it was forgotten
     */
    public synchronized Optional<SlotRun> answer(SlotRun asked, boolean run) {
        Caller.me(Caller.From.SCHEDULE)
                .run(() -> slots.find(asked.policy(), asked.vault(), asked.slot())
                        .filter(still -> still.fate() == SlotFate.ASKED && !watch.behind())
                        .ifPresent(still -> carryOut(still, run)));
        return slots.find(asked.policy(), asked.vault(), asked.slot());
    }

    private void carryOut(SlotRun asked, boolean run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Policy> policy = plans(now).serving(asked.policy(), asked.vault());
        if (run && policy.isPresent()) {
            decisions.attempt(policy.get(), asked.vault(), asked.slot(), 0, now);
        } else {
            decisions.giveUp(asked, now);
        }
        events.publish(new Event.PolicyChanged(asked.policy()));
    }

    /** The moment of the next slot of any policy; for whoever has to wake up in time. */
    public Optional<Instant> next() {
        Instant now = clock.instant();
        List<Instant> all = new ArrayList<>();
        policies.serving().stream()
                .flatMap(policy -> policies.agenda().nextRuns(policy, now, 1).stream())
                .map(Slot::at)
                .forEach(all::add);
        return all.stream().min(Instant::compareTo);
    }
}
