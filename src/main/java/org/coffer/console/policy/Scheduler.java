package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
import org.coffer.console.policy.RunQueue.Turn;
import org.coffer.console.policy.RunQueue.Who;
import org.jspecify.annotations.Nullable;

/**
 * Runs policies (P10, P11, P13): {@link #tick} looks at what time it is and at whom something is due. It is called by one
 * thread, a few times a minute, and by tests with a clock of their own.
 *
 * <p><b>Looking and doing are apart.</b> A look only finds out in which vaults a policy has something to do, and hands those
 * over to {@link RunQueue}, whose threads write tasks and backups and start them, vault by vault. So however much is due at once,
 * the look, and whoever edits a policy meanwhile, waits for none of it. What is due is judged again when the turn comes, and
 * once more in the transaction that takes the slot: a policy that was edited meanwhile runs as it is now, one that was switched
 * off or unbound does not.
 *
 * <p><b>One run per slot.</b> What became of each slot in each vault is a row, and a run writes that row in the same
 * transaction as its tasks ({@link org.coffer.console.backup.AutomaticBackups}). So whatever crashes, and however the clock
 * jumps, a slot runs at most once. Up to when slots were looked at is kept too, never beyond what a turn has still to do. It
 * only saves work: forgetting it costs nothing but looking again. So a process that dies between a look and a turn leaves
 * slots about which nothing is decided, and the first look of the next one finds them.
 *
 * <p><b>Late.</b> A slot that is noticed within {@link #GRACE} runs as if in time. Later it was missed, because the computer
 * was off or asleep, and the policy says what then. Of several that were missed at most the last is made up for. Each that
 * does not run is a task with its reason.
 *
 * <p><b>Errors.</b> What goes wrong at one slot fails that slot, with a task that says why ({@link Decisions}). If not even
 * that can be written, the slots of that vault are looked at again the next time, from the same moment on.
 *
 * <p><b>Waiting.</b> Where a location is away or a condition does not hold, the slot waits, and is tried after 1, 2, 4 …
 * minutes, at the latest every half hour, and at the next look when a location came back, a condition holds again, or its allowed
 * hours begin. If the next slot comes first it is skipped.
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
    /** Longer than writing the backups of a vault takes. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Policies policies;
    private final Runs runs;
    private final SlotStore slots;
    private final Decisions decisions;
    private final SlotLook slotLook;
    private final RunQueue queue = new RunQueue(this::turn);
    private final Holding holding;
    private final Cleaner cleaner;
    private final ClockWatch watch;
    private final Events events;
    private final Clock clock;
    /** Where a turn is still to come, or went wrong in a way that could not be entered: from when on slots are looked at again. */
    private final Map<Who, Instant> owed = new HashMap<>();

    private @Nullable Instant until;
    /** Whether a turn did something since the last look that its successors need not look at again. */
    private boolean done;

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
        this.runs = runs;
        this.slots = new SlotStore(catalog);
        this.decisions = new Decisions(catalog, slots, runs, this::serving);
        this.slotLook = new SlotLook(slots, runs, decisions, events);
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

    /** Looks at what is due now, and has it done. */
    public void tick() {
        runs.lookAround(); // Before the lock: nobody who edits a policy waits for what the system says of its network.
        Caller.me(Caller.From.SCHEDULE).run(this::look);
    }

    private synchronized void look() {
        Instant now = now();
        if (watch.behind()) {
            return;
        }
        Instant from = from(now);
        Plans plans = plans(now);
        for (Bond bond : plans.bonds()) {
            Who who = Who.of(bond);
            Optional<Policy> policy = plans.find(bond.policy()).filter(Policy::enabled);
            if (policy.isEmpty()) {
                owed.remove(who);
            } else if (!SlotLook.between(policy.get(), bond, owed.getOrDefault(who, from), now)
                    .isEmpty()) {
                owed.putIfAbsent(who, from);
                queue.ask(new Turn(who, false));
            }
        }
        goOnWaiting(plans, now);
        hold(plans, now);
        until = now;
        Instant sure = owed.values().stream().min(Instant::compareTo).orElse(now);
        if (done || Duration.between(watch.slotsUntil(), sure).compareTo(REMEMBER) >= 0) {
            watch.slotsUntil(sure);
            done = false;
        }
    }

    private void goOnWaiting(Plans plans, Instant now) {
        boolean all = hurry;
        hurry = false;
        for (SlotRun run : open()) {
            Optional<Policy> serving = plans.serving(run.policy(), run.vault());
            boolean hurried = all || slotLook.holdsAgain(run, serving, now);
            if (SlotLook.due(run, serving, hurried, now)) {
                queue.ask(new Turn(Who.of(run), hurried));
            }
        }
    }

    /** What a look found due for a policy in a vault. What goes wrong at one is no reason to leave the others alone. */
    private void turn(Turn turn) {
        try {
            Caller.me(Caller.From.SCHEDULE).run(() -> {
                Instant now = now();
                if (!watch.behind()) {
                    take(turn, now);
                }
            });
        } catch (RuntimeException e) {
            // What is owed stays so, and what waits still does: both are looked at again.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "policy " + turn.who().policy() + " in vault " + turn.who().vault(),
                    e);
        }
    }

    private void take(Turn turn, Instant now) {
        Who who = turn.who();
        Plans plans = Plans.read(policies.store());
        Optional<Policy> serving = plans.serving(who.policy(), who.vault());
        Optional<Instant> last = owed(who);
        if (serving.isPresent() && last.isPresent()) {
            slotLook.look(serving.get(), plans.bond(who).orElseThrow(), last.get(), now);
            taken(who, now);
        }
        slotLook.goOn(who, serving, turn.hurry(), now);
    }

    private synchronized Optional<Instant> owed(Who who) {
        return Optional.ofNullable(owed.get(who));
    }

    /** A slot may have come while the turn went on. */
    private synchronized void taken(Who who, Instant now) {
        if (until == null || !until.isAfter(now)) {
            owed.remove(who);
        } else {
            owed.computeIfPresent(who, (_, _) -> now);
        }
        done = true;
    }

    /** The policy as it is now, if it is on and serves that vault. */
    private Optional<Policy> serving(UUID policy, UUID vault) {
        return Plans.read(policies.store()).serving(policy, vault);
    }

    /** Waits until all is begun that the looks so far found due: for who wants to see it. */
    public void await() throws InterruptedException {
        queue.await();
    }

    /** Begins nothing any more. What was found due and is not begun is found again by the next process. */
    public void stop() {
        queue.stop(STOP);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
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
                    .filter(_ -> bond(new Who(policy, vault)).isPresent());
        }

        Optional<Bond> bond(Who who) {
            return bonds.stream().filter(bond -> Who.of(bond).equals(who)).findFirst();
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
        owed.replaceAll((_, last) -> last.isAfter(now) ? now : last);
        return now;
    }

    /**
     * Enters the slots that passed unseen under a plan that ends now: nobody looks at them later (P11). Where a turn goes on
     * they are being seen.
     */
    private void end(UUID id, Optional<UUID> vault) {
        Instant now = now();
        if (watch.behind()) {
            return;
        }
        Plans plans = plans(now);
        plans.find(id)
                .filter(Policy::enabled)
                .ifPresent(policy -> plans.bonds().stream()
                        .filter(bond -> bond.policy().equals(id))
                        .filter(bond -> vault.isEmpty() || vault.get().equals(bond.vault()))
                        .forEach(bond -> queue.unlessBusy(
                                Who.of(bond),
                                () -> Caller.me(Caller.From.SCHEDULE)
                                        .run(() -> slotLook.end(policy, bond, last(Who.of(bond), now), now)))));
    }

    /** From when on slots are looked at in one vault. */
    private synchronized Instant last(Who who, Instant now) {
        Instant from = from(now);
        return owed.getOrDefault(who, from);
    }

    // ---- what the window and the command line show

    /** Slots that wait, and slots about which the administrator is asked (P11). */
    public List<SlotRun> open() {
        return slots.in(SlotFate.WAITING, SlotFate.ASKED);
    }

    /** The policies that ask about missed slots, each with the number of those it asks about. */
    public Map<Policy, Long> asked() {
        return slots.in(SlotFate.ASKED).stream()
                .filter(slot -> runs.exists(slot.vault()))
                .flatMap(slot -> policies.find(slot.policy()).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
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
    public Optional<SlotRun> answer(SlotRun asked, boolean run) {
        queue.alone(
                Who.of(asked),
                () -> Caller.me(Caller.From.SCHEDULE)
                        .run(() -> slots.find(asked.policy(), asked.vault(), asked.slot())
                                .filter(still -> still.fate() == SlotFate.ASKED && !watch.behind())
                                .ifPresent(still -> carryOut(still, run))));
        return slots.find(asked.policy(), asked.vault(), asked.slot());
    }

    private void carryOut(SlotRun asked, boolean run) {
        Instant now = now();
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
