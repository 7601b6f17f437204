package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.coffer.problem.Problem;

/** What making and editing would make of a policy now, and what is wrong with that (P1, P3); changes nothing. */
final class Editing {
    private static final String FIRST_NAME = Policies.PREFIX + "0200";
    private static final LocalTime FIRST_TIME = LocalTime.of(2, 0);
    private static final int FIRST_KEPT = 30;

    private final PolicyStore store;
    private final Function<Policy, Optional<String>> lockedVault;
    private final Clock clock;

    /** @param lockedVault the name of a vault under retention lock in which a policy makes backups, if there is one */
    Editing(PolicyStore store, Function<Policy, Optional<String>> lockedVault, Clock clock) {
        this.store = store;
        this.lockedVault = lockedVault;
        this.clock = clock;
    }

    /** See {@link Policies#problems}. */
    Map<String, Problem> problems(PolicyPlan plan, Optional<UUID> self) {
        Map<String, Problem> problems = new LinkedHashMap<>(PolicyRules.problems(plan));
        self.flatMap(store::find)
                .filter(before -> before.kind() != plan.kind())
                .ifPresent(before -> problems.put("to", Problem.of("policy.kind", "policy", before.name())));
        if (taken(plan.name(), self)) {
            problems.putIfAbsent("name", Problem.of("name.taken", "name", plan.name()));
        }
        if (self.isEmpty() && store.all().size() >= Policy.MOST) {
            problems.put("policies", Problem.of("policy.many", "most", Policy.MOST));
        }
        if (problems.isEmpty()) {
            self.flatMap(store::find)
                    .flatMap(before ->
                            shortened(before, edited(before, plan, false).plan()))
                    .ifPresent(p -> problems.put("retention", p));
        }
        return problems;
    }

    /**
     * {@code lock.policy}: a vault is locked in which an edit could let something go earlier.
     *
     * @param plan as {@link #edited} makes it
     */
    Optional<Problem> shortened(Policy before, PolicyPlan plan) {
        return shortens(before, plan)
                ? lockedVault
                        .apply(before)
                        .map(vault -> Problem.of("lock.policy", "policy", before.name(), "vault", vault))
                : Optional.empty();
    }

    /**
     * Whether an edit could let go earlier what is there. With another vault for its replicas, a policy leaves those that it made,
     * and no count takes them in again.
     */
    boolean shortens(Policy before, PolicyPlan plan) {
        return before.plan().target().equals(plan.target())
                && Shortening.possible(before.plan(), plan, clock.instant());
    }

    /** Whether another policy than {@code self} has this name. */
    boolean taken(String name, Optional<UUID> self) {
        return store.all().stream()
                .anyMatch(other -> other.name().equals(name) && !self.equals(Optional.of(other.id())));
    }

    /** The policy to begin with: every day at 02:00, the newest 30 (P1). */
    Policy first() {
        return made(new PolicyPlan(
                FIRST_NAME,
                true,
                new Schedule(clock.getZone(), List.of(FIRST_TIME), new Days.Every(1, LocalDate.EPOCH)),
                new Retention.ByCount(FIRST_KEPT, Retention.Periods.NONE),
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE));
    }

    /** A new policy; an interval is counted from today. */
    Policy made(PolicyPlan wanted) {
        Instant now = now();
        return new Policy(UUID.randomUUID(), countedFromToday(wanted), now, now, now);
    }

    /**
     * A policy after an edit.
     *
     * @param restart whether an interval is counted from today; if not it keeps the day from which it is counted
     */
    Policy edited(Policy before, PolicyPlan wanted, boolean restart) {
        PolicyPlan old = before.plan();
        PolicyPlan plan = wanted;
        if (!restart
                && old.schedule().days() instanceof Days.Every(int _, LocalDate anchor)
                && wanted.schedule().days() instanceof Days.Every(int n, LocalDate _)) {
            plan = with(wanted, new Days.Every(n, anchor));
        } else {
            plan = countedFromToday(wanted);
        }
        boolean runs = old.schedule().equals(plan.schedule()) && (old.enabled() || !plan.enabled());
        boolean keeps = keepsAlike(old, plan);
        return new Policy(
                before.id(),
                plan,
                before.createdAt(),
                runs ? before.runsSince() : now(),
                keeps ? before.keepsSince() : now());
    }

    /** Whether two plans let go of the same. */
    static boolean keepsAlike(PolicyPlan old, PolicyPlan plan) {
        // Another zone has other days: of periods that are counted, others may be the newest.
        boolean periods = plan.retention() instanceof Retention.ByCount count
                && !count.periods().equals(Retention.Periods.NONE);
        return old.retention().equals(plan.retention())
                && (!periods || old.schedule().zone().equals(plan.schedule().zone()));
    }

    private PolicyPlan countedFromToday(PolicyPlan plan) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), plan.schedule().zone());
        return plan.schedule().days() instanceof Days.Every(int n, LocalDate _)
                ? with(plan, new Days.Every(n, today))
                : plan;
    }

    private static PolicyPlan with(PolicyPlan plan, Days days) {
        Schedule schedule = plan.schedule();
        return plan.on(new Schedule(schedule.zone(), schedule.times(), days));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
