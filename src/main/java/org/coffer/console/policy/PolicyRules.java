package org.coffer.console.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.coffer.console.location.Locations;
import org.coffer.console.name.Names;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** What can be wrong with a policy in itself (P1 to P5), by the form's field. */
public final class PolicyRules {
    /** The most incremental backups between two full ones. */
    public static final int MOST_INCREMENTALS = 100;
    /** Two full backups are at least this far apart. */
    public static final Duration BETWEEN_FULL = Duration.ofHours(24);

    private static final long SHORTEST_MONTH = 28;
    private static final long SHORTER_MONTH = 30;
    /** From where on slots are looked at to tell how far apart they are: any day would do. */
    private static final Instant SOME_DAY = Instant.parse("2026-01-01T00:00:00Z");
    /** So many windows show the widest: all weekdays, and the ends of months of several years. */
    private static final int WINDOWS = 168;

    private PolicyRules() {}

    /** What is wrong, by the field's name: name, times, days, retention, full, conditions. */
    public static Map<String, Problem> problems(PolicyPlan plan) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Names.problem(plan.name()).ifPresent(p -> problems.put("name", p));
        Schedule schedule = plan.schedule();
        times(schedule.times()).ifPresent(p -> problems.put("times", p));
        days(schedule.days()).ifPresent(p -> problems.put("days", p));
        retention(plan.retention()).ifPresent(p -> problems.put("retention", p));
        boolean sound = problems.keySet().stream().allMatch("name"::equals);
        full(plan, sound).ifPresent(p -> problems.put("full", p));
        plan.conditions()
                .hours()
                .filter(hours -> hours.from().equals(hours.until()))
                .ifPresent(hours -> problems.put(
                        "conditions",
                        Problem.of("policy.hours-none", "time", hours.from().toString())));
        Locations.limitProblem(plan.conditions().limit()).ifPresent(p -> problems.put("limit", p));
        return problems;
    }

    /** What is wrong with times of day, in their order. */
    private static Optional<Problem> times(List<LocalTime> times) {
        if (times.isEmpty()) {
            return Optional.of(Problem.of("policy.times-none"));
        }
        if (times.size() > Schedule.MOST_TIMES) {
            return Optional.of(Problem.of("policy.times-many", "n", times.size(), "most", Schedule.MOST_TIMES));
        }
        Optional<LocalTime> fine = times.stream()
                .filter(time -> !time.equals(time.truncatedTo(ChronoUnit.MINUTES)))
                .findFirst();
        if (fine.isPresent()) {
            return Optional.of(
                    Problem.of("policy.times-minute", "time", fine.get().toString()));
        }
        return IntStream.range(0, times.size())
                .filter(i -> times.size() > 1)
                .mapToObj(i -> close(times.get(i), times.get((i + 1) % times.size())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Problem> close(LocalTime first, LocalTime second) {
        long apart = Math.floorMod(
                Duration.between(first, second).toMinutes(), Duration.ofDays(1).toMinutes());
        return apart >= Schedule.CLOSEST.toMinutes()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "policy.times-close", "first", first.toString(), "second", second.toString(), "n", apart));
    }

    private static Optional<Problem> days(Days days) {
        return switch (days) {
            case Days.Weekly weekly ->
                weekly.weekdays().isEmpty() ? Optional.of(Problem.of("policy.days-none")) : Optional.empty();
            case Days.Every every -> interval(every.days());
            case Days.OfMonth ofMonth -> interval(ofMonth.days());
        };
    }

    private static Optional<Problem> interval(int days) {
        return range("policy.days-range", days, 1, Days.LONGEST);
    }

    private static Optional<Problem> retention(Retention retention) {
        return switch (retention) {
            case Retention.ByCount(int newest, Retention.Periods periods) ->
                range("policy.keep-count", newest, 1, Retention.MOST).or(() -> periods(periods));
            case Retention.ByDays(int days) -> range("policy.keep-days", days, 1, Retention.MOST);
            case Retention.ByMonths(int months) ->
                Retention.ByMonths.CHOICES.contains(months)
                        ? Optional.empty()
                        : Optional.of(Problem.of("policy.keep-months", "n", months));
            case Retention.Forever() -> Optional.empty();
        };
    }

    private static Optional<Problem> periods(Retention.Periods periods) {
        return IntStream.of(periods.daily(), periods.weekly(), periods.monthly(), periods.yearly())
                .mapToObj(n -> range("policy.keep-periods", n, 0, Retention.Periods.MOST))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Problem> range(String code, int n, int least, int most) {
        return n >= least && n <= most
                ? Optional.empty()
                : Optional.of(Problem.of(code, "n", n, "least", least, "most", most));
    }

    private static Optional<Problem> full(PolicyPlan plan, boolean sound) {
        OptionalInt every = plan.fullEvery();
        if (every.isEmpty()) {
            return Optional.empty();
        }
        int n = every.getAsInt();
        if (plan.kind() == PolicyKind.REPLICATION) {
            return Optional.of(Problem.of("policy.full-replicas"));
        }
        Optional<Problem> range = range("policy.full-range", n, 0, MOST_INCREMENTALS);
        if (range.isPresent() || !sound) {
            return range;
        }
        if (plan.retention() instanceof Retention.ByCount(int newest, Retention.Periods _) && n >= newest) {
            return Optional.of(Problem.of("policy.full-count", "n", n, "count", newest));
        }
        if (kept(plan.retention())
                .filter(time -> time.compareTo(span(plan.schedule(), n + 1)) <= 0)
                .isPresent()) {
            return Optional.of(Problem.of("policy.full-time", "n", n));
        }
        Duration apart = plan.schedule().shortestSpacing().multipliedBy(n + 1L);
        return apart.compareTo(BETWEEN_FULL) >= 0
                ? Optional.empty()
                : Optional.of(Problem.of("policy.full-close", "n", n, "apart", apart));
    }

    /** For how long every backup is kept at least; empty if no date takes it. */
    private static Optional<Duration> kept(Retention retention) {
        return switch (retention) {
            case Retention.ByDays(int days) -> Optional.of(Duration.ofDays(days));
            case Retention.ByMonths(int months) ->
                Optional.of(Duration.ofDays(SHORTEST_MONTH + SHORTER_MONTH * (months - 1L)));
            case Retention.ByCount _, Retention.Forever _ -> Optional.empty();
        };
    }

    /** The longest time that so many steps from slot to slot take. */
    private static Duration span(Schedule schedule, int steps) {
        List<Slot> slots = schedule.after(SOME_DAY).limit(steps + WINDOWS).toList();
        return IntStream.range(0, slots.size() - steps)
                .mapToObj(i ->
                        Duration.between(slots.get(i).at(), slots.get(i + steps).at()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * The zone of this name, such as {@code Asia/Shanghai}.
     *
     * @throws ProblemException {@code policy.zone}
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.of("policy.zone", "zone", name), e);
        }
    }
}
