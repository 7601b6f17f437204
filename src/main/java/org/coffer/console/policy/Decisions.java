package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;

/**
 * Decides single slots of a policy in one vault, for {@link Scheduler}: starts one, lets it wait, asks about it, or enters
 * why it does not run.
 *
 * <p>Whatever goes wrong at a slot ends in a task that says so: a bug or a failing catalog no less than a vault that is in
 * the wrong state. Only where not even that can be written does the error come out, and the slot is looked at again.
 */
final class Decisions {
    /** The longest time between two tries of a slot that waits. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    /** How many missed slots are listed one by one; older ones are one entry together. */
    static final int MOST_LISTED = 50;

    private static final System.Logger LOG = System.getLogger(Decisions.class.getName());

    private final Catalog catalog;
    private final SlotStore slots;
    private final Runs runs;
    private final Holding.Serving serving;

    /** Enters decisions in {@code slots}, and starts through {@code runs} what {@code serving} says still runs. */
    Decisions(Catalog catalog, SlotStore slots, Runs runs, Holding.Serving serving) {
        this.catalog = catalog;
        this.slots = slots;
        this.runs = runs;
        this.serving = serving;
    }

    /**
     * Starts a slot, or lets it wait, or enters why it cannot run. One that was started before is left alone. Where somebody
     * edits the policy meanwhile the slot runs by what it says then, and not if that is off or serves the vault no longer.
     *
     * @param tries how often it was tried in vain
     */
    void attempt(Policy policy, UUID vault, Instant slot, int tries, Instant now) {
        Policy current = policy;
        while (!attempted(current, vault, slot, tries, now)) {
            Optional<Policy> changed = serving.find(policy.id(), vault);
            if (changed.isEmpty()) {
                withdraw(policy, vault, slot, now);
                return;
            }
            current = changed.get();
        }
    }

    /** Whether it was decided about by a plan that still held when the slot was taken. */
    private boolean attempted(Policy policy, UUID vault, Instant slot, int tries, Instant now) {
        var changed = new AtomicBoolean();
        try {
            Optional<Problem> wait = whyWait(policy, vault, now);
            if (wait.isPresent()) {
                enter(
                        policy.id(),
                        vault,
                        slot,
                        SlotFate.WAITING,
                        tries + 1,
                        nextTry(policy.plan(), tries, now),
                        wait,
                        now);
            } else {
                runs.start(policy, vault, slot, now, () -> {
                    changed.set(!serving.find(policy.id(), vault).equals(Optional.of(policy)));
                    return !changed.get()
                            && enter(policy.id(), vault, slot, SlotFate.STARTED, tries, now, Optional.empty(), now);
                });
            }
        } catch (RuntimeException e) {
            Problem why = Problem.from(e);
            if (why instanceof Problem.Bug) {
                LOG.log(System.Logger.Level.ERROR, "policy " + policy.id() + " in vault " + vault + " at " + slot, e);
            }
            // Does nothing if the slot was taken before it went wrong: its tasks say what became of them.
            skip(policy.id(), vault, slot, why, now);
        }
        return !changed.get();
    }

    /** Enters that a slot does not run because its policy was changed right before. */
    void withdraw(Policy policy, UUID vault, Instant slot, Instant now) {
        Problem why = runs.withdrawn(policy, slot);
        catalog.transaction(() -> enter(policy.id(), vault, slot, SlotFate.SKIPPED, 0, now, Optional.of(why), now)
                        ? Optional.of(runs.skipped(policy.kind(), vault, why))
                        : Optional.<Task>empty())
                .ifPresent(runs::tell);
    }

    /** Why a run has to wait, if it has to. */
    Optional<Problem> whyWait(Policy policy, UUID vault, Instant now) {
        return runs.wait(policy.plan(), vault, time(policy, now));
    }

    /** Whether all conditions of a policy hold now; where its vault lies is not looked at. */
    boolean conditionsHold(Policy policy, Instant now) {
        return runs.condition(policy.plan(), time(policy, now)).isEmpty();
    }

    /** No later than its allowed hours begin, which may end before a pause is over. */
    private static Instant nextTry(PolicyPlan plan, int tries, Instant now) {
        Instant later = now.plus(pause(tries));
        return plan.conditions()
                .hours()
                .map(hours -> hours.nextBegin(now, plan.schedule().zone()))
                .filter(later::isAfter)
                .orElse(later);
    }

    private static Duration pause(int tries) {
        Duration pause = Duration.ofMinutes(1L << Math.min(tries, 5));
        return pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
    }

    private static LocalTime time(Policy policy, Instant now) {
        return LocalTime.ofInstant(now, policy.plan().schedule().zone());
    }

    /** Asks the administrator about a missed slot. */
    void ask(Policy policy, UUID vault, Instant slot, Instant now) {
        enter(policy.id(), vault, slot, SlotFate.ASKED, 0, now, Optional.of(runs.missed(policy, slot)), now);
    }

    /** Enters slots that nobody makes up for, oldest first. */
    void missed(Policy policy, UUID vault, List<Slot> missed, Instant now) {
        int older = Math.max(0, missed.size() - MOST_LISTED);
        List<Task> told = catalog.transaction(() -> {
            List<Task> tasks = new ArrayList<>();
            if (older > 0) {
                Instant last = missed.get(older - 1).at();
                Problem all = runs.missedMany(policy, older, missed.getFirst().at(), last);
                enterSkipped(policy.id(), vault, last, all, now).ifPresent(tasks::add);
            }
            for (Slot slot : missed.subList(older, missed.size())) {
                enterSkipped(policy.id(), vault, slot.at(), runs.missed(policy, slot.at()), now)
                        .ifPresent(tasks::add);
            }
            return tasks;
        });
        told.forEach(runs::tell);
    }

    /** Tells that slots whose time has come ran before, while the clock was ahead of them: they do not run twice. */
    void ranAhead(Policy policy, UUID vault, List<Slot> ran) {
        List<Task> told = catalog.transaction(() -> ran.stream()
                .map(slot -> {
                    slots.reached(policy.id(), vault, slot.at());
                    return runs.skipped(policy.id(), vault, runs.ranAhead(policy, slot.at()));
                })
                .toList());
        told.forEach(runs::tell);
    }

    /** Enters why a slot does not run, and a task that says so; does nothing if it was started before. */
    void skip(UUID policy, UUID vault, Instant slot, Problem why, Instant now) {
        catalog.transaction(() -> enterSkipped(policy, vault, slot, why, now)).ifPresent(runs::tell);
    }

    /** Ends the wait of a slot, or the question about it, for the reason it gives itself. */
    void giveUp(SlotRun open, Instant now) {
        open.problem().ifPresent(why -> skip(open.policy(), open.vault(), open.slot(), why, now));
    }

    private Optional<Task> enterSkipped(UUID policy, UUID vault, Instant slot, Problem why, Instant now) {
        return enter(policy, vault, slot, SlotFate.SKIPPED, 0, now, Optional.of(why), now)
                ? Optional.of(runs.skipped(policy, vault, why))
                : Optional.empty();
    }

    private boolean enter(
            UUID policy,
            UUID vault,
            Instant slot,
            SlotFate fate,
            int tries,
            Instant nextTry,
            Optional<Problem> problem,
            Instant now) {
        return slots.put(new SlotRun(policy, vault, slot, fate, now, tries, nextTry, problem));
    }
}
