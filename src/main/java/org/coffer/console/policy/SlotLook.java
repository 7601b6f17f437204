package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;

/**
 * What becomes of the slots of one policy in one vault, for {@link Scheduler}: those that passed since somebody looked, and
 * those that wait. The caller sees to it that nobody else does the same for the two at the same time ({@link RunQueue}).
 */
final class SlotLook {
    private static final Set<String> CONDITIONS = Set.of("policy.hours", "policy.battery", "policy.metered");

    private final SlotStore slots;
    private final Runs runs;
    private final Decisions decisions;
    private final Events events;

    /** Looks at {@code slots}; what is to be done about them is for {@code decisions}. */
    SlotLook(SlotStore slots, Runs runs, Decisions decisions, Events events) {
        this.slots = slots;
        this.runs = runs;
        this.decisions = decisions;
        this.events = events;
    }

    /** The slots of a policy in a vault after {@code last} and up to now, by its plan alone. */
    static List<Slot> between(Policy policy, Bond bond, Instant last, Instant now) {
        Instant from = from(policy, bond, last);
        return from.isBefore(now) ? policy.plan().schedule().between(from, now) : List.of();
    }

    private static Instant from(Policy policy, Bond bond, Instant last) {
        return latest(last, policy.runsSince(), bond.since());
    }

    private static Instant latest(Instant... moments) {
        return Arrays.stream(moments).max(Instant::compareTo).orElseThrow();
    }

    /** Whether a slot is noticed in time. */
    static boolean inTime(Instant slot, Instant now) {
        return Duration.between(slot, now).compareTo(Scheduler.GRACE) <= 0;
    }

    /**
     * The slots that passed since a moment.
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
        List<Slot> passed = between(policy, bond, last, now);
        if (passed.isEmpty() || !runs.exists(bond.vault())) {
            return Passed.NONE;
        }
        Instant from = from(policy, bond, last);
        Map<Instant, SlotFate> decided = slots.decided(bond.policy(), bond.vault(), from, now);
        Instant told =
                slots.toldTogether(bond.policy(), bond.vault(), from, now).orElse(from);
        List<Slot> ahead = passed.stream()
                .filter(slot -> decided.get(slot.at()) == SlotFate.AHEAD)
                .toList();
        if (!ahead.isEmpty()) {
            decisions.ranAhead(policy, bond.vault(), ahead);
        }
        ahead.forEach(slot -> decided.remove(slot.at()));
        List<Slot> fresh = passed.stream()
                .filter(slot -> !ahead.contains(slot) && slot.at().isAfter(told))
                .filter(slot -> !decided.containsKey(slot.at())
                        || (decided.get(slot.at()) == SlotFate.AGAIN && inTime(slot.at(), now)))
                .toList();
        boolean past = !fresh.isEmpty()
                && decided.keySet().stream()
                        .anyMatch(slot -> slot.isAfter(fresh.getLast().at()));
        return new Passed(fresh, past, !fresh.isEmpty() || !ahead.isEmpty());
    }

    /** Does what is due about the slots that passed since a moment. */
    void look(Policy policy, Bond bond, Instant last, Instant now) {
        Passed passed = passed(policy, bond, last, now);
        List<Slot> fresh = passed.fresh();
        if (!fresh.isEmpty()) {
            // A slot that waited, or that was asked about, is over when the next one comes.
            waiting(bond.policy(), bond.vault()).forEach(run -> decisions.giveUp(run, now));
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
    }

    private void decide(Policy policy, UUID vault, Slot slot, Instant now) {
        switch (inTime(slot.at(), now) ? Missed.ONCE : policy.plan().missed()) {
            case ONCE -> decisions.attempt(policy, vault, slot.at(), 0, now);
            case ASK -> decisions.ask(policy, vault, slot.at(), now);
            case SKIP -> decisions.missed(policy, vault, List.of(slot), now);
        }
    }

    /** The slots of a policy in a vault that wait, or about which somebody is asked. */
    private List<SlotRun> waiting(UUID policy, UUID vault) {
        return slots.in(SlotFate.WAITING, SlotFate.ASKED).stream()
                .filter(run -> run.policy().equals(policy) && run.vault().equals(vault))
                .toList();
    }

    /** Whether there is anything to do about a slot that waits, or about which somebody is asked. */
    static boolean due(SlotRun open, Optional<Policy> serving, boolean hurry, Instant now) {
        return serving.isEmpty()
                || (open.fate() == SlotFate.WAITING && (hurry || !open.nextTry().isAfter(now)));
    }

    /** Whether a slot waited for a condition of its policy that holds by now, which this computer can tell at once. */
    boolean holdsAgain(SlotRun open, Optional<Policy> serving, Instant now) {
        return open.fate() == SlotFate.WAITING
                && open.problem().filter(why -> CONDITIONS.contains(why.code())).isPresent()
                && serving.filter(policy -> decisions.conditionsHold(policy, now))
                        .isPresent();
    }

    /**
     * Tries again what waits and is due; a policy that is off, or gone, waits and asks for nothing any more.
     *
     * @param serving the policy, if it is on and serves the vault
     * @param hurry whether what waits need not wait until it is to be tried next, where nothing keeps it from running any more
     */
    void goOn(RunQueue.Who who, Optional<Policy> serving, boolean hurry, Instant now) {
        for (SlotRun run : waiting(who.policy(), who.vault())) {
            if (serving.isEmpty()) {
                decisions.giveUp(run, now);
            } else if (due(run, serving, false, now)
                    || (due(run, serving, hurry, now)
                            && decisions
                                    .whyWait(serving.get(), run.vault(), now)
                                    .isEmpty())) {
                decisions.attempt(serving.get(), run.vault(), run.slot(), run.tries(), now);
            }
        }
    }

    /** Enters the slots that passed since a moment, and about which nothing was decided, before their plan ends. */
    void end(Policy policy, Bond bond, Instant last, Instant now) {
        List<Slot> fresh = passed(policy, bond, last, now).fresh();
        if (fresh.isEmpty()) {
            return;
        }
        boolean begins = inTime(fresh.getLast().at(), now);
        decisions.missed(policy, bond.vault(), begins ? fresh.subList(0, fresh.size() - 1) : fresh, now);
        if (begins) {
            decisions.withdraw(policy, bond.vault(), fresh.getLast().at(), now);
        }
    }
}
