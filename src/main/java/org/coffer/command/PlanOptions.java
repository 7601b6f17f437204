package org.coffer.command;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.PolicyRules;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Retention.Periods;
import org.coffer.console.policy.Schedule;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe a policy: for making one, for changing one, and for looking what a change would do. */
final class PlanOptions {
    /** The periods of {@code --keep}. */
    enum Period {
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    /** What a policy is where nobody says anything else; has neither times nor days. */
    private static final PolicyPlan BLANK = new PolicyPlan(
            "",
            true,
            new Schedule(ZoneId.of("UTC"), List.of(), new Days.Weekly(Set.of())),
            new Retention.Forever(),
            OptionalInt.empty(),
            Missed.ONCE,
            Conditions.NONE);

    @Option(names = "--weekly", paramLabel = "DAYS", descriptionKey = "plan.weekly")
    @Nullable
    String weekly;

    @Option(names = "--every", paramLabel = "N", descriptionKey = "plan.every")
    @Nullable
    Integer every;

    @Option(names = "--of-month", negatable = true, descriptionKey = "plan.of-month")
    @Nullable
    Boolean ofMonth;

    @Option(names = "--times", paramLabel = "HH:MM", split = ",", descriptionKey = "plan.times")
    @Nullable
    List<LocalTime> times;

    @Option(names = "--keep-count", paramLabel = "N", descriptionKey = "plan.keep-count")
    @Nullable
    Integer count;

    @Option(names = "--keep-days", paramLabel = "N", descriptionKey = "plan.keep-days")
    @Nullable
    Integer days;

    @Option(names = "--keep-months", paramLabel = "N", descriptionKey = "plan.keep-months")
    @Nullable
    Integer months;

    @Option(names = "--keep-forever", descriptionKey = "plan.keep-forever")
    boolean forever;

    @Option(names = "--keep", paramLabel = "PERIOD=N", split = ",", descriptionKey = "plan.keep")
    @Nullable
    Map<Period, Integer> periods;

    @Option(names = "--full-every", paramLabel = "N|never", descriptionKey = "plan.full-every")
    @Nullable
    String full;

    @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "plan.zone")
    @Nullable
    String zone;

    @Option(names = "--missed", paramLabel = "RULE", descriptionKey = "plan.missed")
    @Nullable
    Missed missed;

    @Option(names = "--not-on-battery", paramLabel = "yes|no", descriptionKey = "plan.not-on-battery")
    @Nullable
    String notOnBattery;

    @Option(names = "--not-metered", paramLabel = "yes|no", descriptionKey = "plan.not-metered")
    @Nullable
    String notMetered;

    @Option(names = "--hours", paramLabel = "HH:MM-HH:MM|any", descriptionKey = "plan.hours")
    @Nullable
    String hours;

    @Option(names = "--limit", paramLabel = "SIZE|none", descriptionKey = "plan.limit")
    @Nullable
    String limit;

    @Option(names = "--to", paramLabel = "VAULT", descriptionKey = "plan.to")
    @Nullable
    String to;

    /** A new policy's plan. @throws ProblemException {@code policy.times-none} and the like are left to its rules */
    PolicyPlan fresh(String name, ZoneId here) {
        PolicyPlan blank = BLANK.named(name);
        Schedule schedule = new Schedule(here, List.of(), blank.schedule().days());
        if (count == null && days == null && months == null && !forever) {
            throw new ProblemException(Problem.of("policy.keep-none"));
        }
        return over(blank.on(schedule));
    }

    /** A plan with what was given changed. */
    PolicyPlan over(PolicyPlan before) {
        Schedule old = before.schedule();
        Schedule schedule = new Schedule(
                zone == null ? old.zone() : PolicyRules.zone(zone),
                times == null ? old.times() : times,
                days(old.days()));
        return new PolicyPlan(
                before.name(),
                before.enabled(),
                schedule,
                retention(before.retention()),
                full == null ? before.fullEvery() : full(full),
                missed == null ? before.missed() : missed,
                conditions(before.conditions()),
                before.target());
    }

    /** The same, copying backups into the vault that was named, if one was. */
    PolicyPlan to(PolicyPlan plan, Lookup lookup) {
        return to == null ? plan : plan.replicatingTo(lookup.vault(to).id());
    }

    private Days days(Days before) {
        if (weekly != null && (every != null || ofMonth != null)) {
            throw together("--weekly", every == null ? "--of-month" : "--every");
        }
        if (weekly != null) {
            return new Days.Weekly(weekdays(weekly));
        }
        OptionalInt old = switch (before) {
            case Days.Every(int n, LocalDate _) -> OptionalInt.of(n);
            case Days.OfMonth(int n) -> OptionalInt.of(n);
            case Days.Weekly _ -> OptionalInt.empty();
        };
        if (every == null && ofMonth != null && old.isEmpty()) {
            throw new ProblemException(Problem.of("policy.of-month"));
        }
        if (every == null && ofMonth == null) {
            return before;
        }
        int n = every == null ? old.orElseThrow() : every;
        boolean byMonth = ofMonth == null ? before instanceof Days.OfMonth : ofMonth;
        return byMonth ? new Days.OfMonth(n) : new Days.Every(n, LocalDate.EPOCH);
    }

    private static Set<DayOfWeek> weekdays(String typed) {
        Set<DayOfWeek> days = new LinkedHashSet<>();
        if (typed.isBlank()) {
            return days; // None is chosen, which the rules refuse.
        }
        for (String one : typed.split(",", -1)) {
            String word = one.strip();
            days.add(Arrays.stream(DayOfWeek.values())
                    .filter(day -> word.length() >= 2 && day.name().regionMatches(true, 0, word, 0, word.length()))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.of("policy.weekday", "day", word))));
        }
        return days;
    }

    private Retention retention(Retention before) {
        Map<String, Retention> given = new LinkedHashMap<>();
        if (count != null) {
            given.put("--keep-count", new Retention.ByCount(count, periods(before)));
        }
        if (days != null) {
            given.put("--keep-days", new Retention.ByDays(days));
        }
        if (months != null) {
            given.put("--keep-months", new Retention.ByMonths(months));
        }
        if (forever) {
            given.put("--keep-forever", new Retention.Forever());
        }
        if (given.size() > 1) {
            List<String> names = List.copyOf(given.keySet());
            throw together(names.get(0), names.get(1));
        }
        Retention chosen = given.isEmpty() ? before : given.values().iterator().next();
        if (periods == null) {
            return chosen;
        }
        if (!(chosen instanceof Retention.ByCount byCount)) {
            throw new ProblemException(Problem.of("policy.keep-alone"));
        }
        return new Retention.ByCount(byCount.newest(), periods(before));
    }

    /** The periods given, and for those that were not, what there was before. */
    private Periods periods(Retention before) {
        Periods old = before instanceof Retention.ByCount byCount ? byCount.periods() : Periods.NONE;
        Map<Period, Integer> given = periods == null ? Map.of() : periods;
        return new Periods(
                given.getOrDefault(Period.DAILY, old.daily()),
                given.getOrDefault(Period.WEEKLY, old.weekly()),
                given.getOrDefault(Period.MONTHLY, old.monthly()),
                given.getOrDefault(Period.YEARLY, old.yearly()));
    }

    private static OptionalInt full(String typed) {
        if (typed.equalsIgnoreCase("never")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(typed));
        } catch (NumberFormatException e) {
            throw unreadable("--full-every", typed, e);
        }
    }

    private Conditions conditions(Conditions before) {
        return new Conditions(
                yes("--not-on-battery", notOnBattery, before.notOnBattery()),
                yes("--not-metered", notMetered, before.notMetered()),
                hours == null ? before.hours() : hours(hours),
                limit == null ? before.limit() : LocationCommands.limit(limit));
    }

    private static boolean yes(String option, @Nullable String typed, boolean before) {
        if (typed == null) {
            return before;
        }
        if (!typed.equalsIgnoreCase("yes") && !typed.equalsIgnoreCase("no")) {
            throw unreadable(option, typed, null);
        }
        return typed.equalsIgnoreCase("yes");
    }

    private static Optional<Conditions.Hours> hours(String typed) {
        if (typed.equalsIgnoreCase("any")) {
            return Optional.empty();
        }
        String[] both = typed.split("-", -1);
        try {
            if (both.length == 2) {
                return Optional.of(new Conditions.Hours(LocalTime.parse(both[0]), LocalTime.parse(both[1])));
            }
        } catch (java.time.DateTimeException e) {
            throw unreadable("--hours", typed, e);
        }
        throw unreadable("--hours", typed, null);
    }

    private static ProblemException together(String one, String other) {
        return new ProblemException(Problem.of("policy.options", "one", one, "other", other));
    }

    static ProblemException unreadable(String option, String typed, @Nullable Exception cause) {
        Problem problem = Problem.of("policy.option", "option", option, "value", typed);
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }
}
