package org.coffer.window.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.problem.Problem;
import org.coffer.window.location.Limits;

/** What stands in the fields of the policy form, as it is typed, and the plan that it amounts to. */
final class Drafted {
    /** On which days. */
    enum DaysKind {
        WEEKLY,
        EVERY,
        OF_MONTH
    }

    /** How long. */
    enum KeepKind {
        COUNT,
        TIME,
        FOREVER
    }

    /** The choices of calendar months, and so many days. */
    static final List<Integer> SPANS = List.of(1, 3, 6, 12, 0);

    private final List<ZoneId> zones;
    private final LocalDate anchor;

    final StringProperty name = new SimpleStringProperty("");
    /** What it does at its times. */
    final ObjectProperty<PolicyKind> kind = new SimpleObjectProperty<>(PolicyKind.BACKUP);
    /** The vault that takes the copies of a policy of replication. */
    final ObjectProperty<Optional<UUID>> target = new SimpleObjectProperty<>(Optional.empty());

    /** Whose wall clock counts. */
    final ObjectProperty<ZoneId> zone = new SimpleObjectProperty<>(ZoneOffset.UTC);

    final BooleanProperty enabled = new SimpleBooleanProperty(true);
    final ObjectProperty<List<LocalTime>> times = new SimpleObjectProperty<>(List.of());
    /** A time of day that is being typed and was not added yet. */
    final StringProperty typedTime = new SimpleStringProperty("");

    final ObjectProperty<DaysKind> daysKind = new SimpleObjectProperty<>(DaysKind.EVERY);
    final ObjectProperty<Set<DayOfWeek>> weekdays = new SimpleObjectProperty<>(Set.of());
    final StringProperty interval = new SimpleStringProperty("1");
    final BooleanProperty restart = new SimpleBooleanProperty();
    final ObjectProperty<KeepKind> keepKind = new SimpleObjectProperty<>(KeepKind.COUNT);
    final StringProperty count = new SimpleStringProperty("30");
    final StringProperty daily = new SimpleStringProperty("0");
    final StringProperty weekly = new SimpleStringProperty("0");
    final StringProperty monthly = new SimpleStringProperty("0");
    final StringProperty yearly = new SimpleStringProperty("0");
    /** Calendar months, one of {@link #SPANS}; 0 for {@link #keepDays}. */
    final ObjectProperty<Integer> months = new SimpleObjectProperty<>(3);

    final StringProperty keepDays = new SimpleStringProperty("90");
    final StringProperty fullEvery = new SimpleStringProperty("");
    final ObjectProperty<Missed> missed = new SimpleObjectProperty<>(Missed.ONCE);
    final BooleanProperty notOnBattery = new SimpleBooleanProperty();
    final BooleanProperty notMetered = new SimpleBooleanProperty();
    final StringProperty from = new SimpleStringProperty("");
    final StringProperty until = new SimpleStringProperty("");
    /** Whole MB a second; empty for no limit. */
    final StringProperty limit = new SimpleStringProperty("");

    /**
     * The fields filled with a plan.
     *
     * @param here this computer's zone
     */
    Drafted(PolicyPlan plan, LocalDate today, ZoneId here) {
        Schedule schedule = plan.schedule();
        this.zones = schedule.isOn(here) ? List.of(schedule.zone()) : List.of(schedule.zone(), here);
        zone.set(schedule.zone());
        name.set(plan.name());
        kind.set(plan.kind());
        target.set(plan.target());
        enabled.set(plan.enabled());
        times.set(schedule.times());
        LocalDate counted = today;
        switch (schedule.days()) {
            case Days.Weekly weekly -> {
                daysKind.set(DaysKind.WEEKLY);
                weekdays.set(weekly.weekdays());
            }
            case Days.Every(int n, LocalDate since) -> {
                daysKind.set(DaysKind.EVERY);
                interval.set(Integer.toString(n));
                counted = since;
            }
            case Days.OfMonth(int n) -> {
                daysKind.set(DaysKind.OF_MONTH);
                interval.set(Integer.toString(n));
            }
        }
        this.anchor = counted;
        fill(plan.retention());
        plan.fullEvery().ifPresent(n -> fullEvery.set(Integer.toString(n)));
        missed.set(plan.missed());
        notOnBattery.set(plan.conditions().notOnBattery());
        notMetered.set(plan.conditions().notMetered());
        plan.conditions().hours().ifPresent(hours -> {
            from.set(hours.from().toString());
            until.set(hours.until().toString());
        });
        limit.set(Limits.text(plan.conditions().limit()));
    }

    private void fill(Retention retention) {
        switch (retention) {
            case Retention.ByCount(int newest, Retention.Periods periods) -> {
                keepKind.set(KeepKind.COUNT);
                count.set(Integer.toString(newest));
                daily.set(Integer.toString(periods.daily()));
                weekly.set(Integer.toString(periods.weekly()));
                monthly.set(Integer.toString(periods.monthly()));
                yearly.set(Integer.toString(periods.yearly()));
            }
            case Retention.ByDays(int days) -> {
                keepKind.set(KeepKind.TIME);
                months.set(0);
                keepDays.set(Integer.toString(days));
            }
            case Retention.ByMonths(int n) -> {
                keepKind.set(KeepKind.TIME);
                months.set(n);
            }
            case Retention.Forever() -> keepKind.set(KeepKind.FOREVER);
        }
    }

    /** Whose wall clocks there are to choose from: that of the plan, and this computer's if it is another. */
    List<ZoneId> zones() {
        return zones;
    }

    /** Everything that is typed; for watching. */
    List<Observable> all() {
        return List.of(
                name,
                kind,
                target,
                enabled,
                zone,
                times,
                typedTime,
                daysKind,
                weekdays,
                interval,
                restart,
                keepKind,
                count,
                daily,
                weekly,
                monthly,
                yearly,
                months,
                keepDays,
                fullEvery,
                missed,
                notOnBattery,
                notMetered,
                from,
                until,
                limit);
    }

    /**
     * What the fields amount to.
     *
     * @param plan with something possible in the place of what cannot be read
     * @param unreadable what cannot be read, by the field's name as {@code Policies.problems} gives it
     */
    record Reading(PolicyPlan plan, Map<String, Problem> unreadable) {
        /** Keeps an unmodifiable copy. */
        Reading {
            unreadable = Map.copyOf(unreadable);
        }
    }

    /** Reads the fields. */
    Reading read() {
        Map<String, Problem> wrong = new HashMap<>();
        Days days = days(wrong);
        Retention retention = retention(wrong);
        OptionalInt full = copies() || fullEvery.get().isBlank()
                ? OptionalInt.empty()
                : OptionalInt.of(number(fullEvery, "full", 1, wrong));
        if (copies() && target.get().isEmpty()) {
            wrong.put("to", Problem.of("policy.target-none"));
        }
        Conditions conditions = new Conditions(notOnBattery.get(), notMetered.get(), hours(wrong), limit(wrong));
        PolicyPlan plan = new PolicyPlan(
                name.get(),
                enabled.get(),
                new Schedule(zone.get(), times.get(), days),
                retention,
                full,
                missed.get(),
                conditions,
                copies() ? target.get() : Optional.empty());
        return new Reading(plan, wrong);
    }

    /** Whether it copies backups instead of making any. */
    boolean copies() {
        return kind.get() == PolicyKind.REPLICATION;
    }

    private Days days(Map<String, Problem> wrong) {
        return switch (daysKind.get()) {
            case WEEKLY -> new Days.Weekly(weekdays.get());
            case EVERY -> interval(wrong, n -> new Days.Every(n, anchor));
            case OF_MONTH -> interval(wrong, Days.OfMonth::new);
        };
    }

    /** An interval of 0 can be neither counted nor shown; the rules refuse it, and nothing else is asked about it. */
    private Days interval(Map<String, Problem> wrong, IntFunction<Days> made) {
        int n = number(interval, "days", 1, wrong);
        if (n < 1 || n > Days.LONGEST) {
            wrong.put("days", Problem.of("policy.days-range", "n", n, "least", 1, "most", Days.LONGEST));
            return made.apply(1);
        }
        return made.apply(n);
    }

    private Retention retention(Map<String, Problem> wrong) {
        return switch (keepKind.get()) {
            case COUNT ->
                new Retention.ByCount(
                        number(count, "retention", 1, wrong),
                        new Retention.Periods(
                                number(daily, "retention", 0, wrong),
                                number(weekly, "retention", 0, wrong),
                                number(monthly, "retention", 0, wrong),
                                number(yearly, "retention", 0, wrong)));
            case TIME ->
                months.get() > 0
                        ? new Retention.ByMonths(months.get())
                        : new Retention.ByDays(number(keepDays, "retention", 1, wrong));
            case FOREVER -> new Retention.Forever();
        };
    }

    private static int number(StringProperty field, String name, int instead, Map<String, Problem> wrong) {
        String typed = field.get().strip();
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException e) {
            wrong.putIfAbsent(name, Problem.of("number.unreadable", "text", typed));
            return instead;
        }
    }

    private long limit(Map<String, Problem> wrong) {
        Limits.problem(limit.get()).ifPresent(problem -> wrong.put("limit", problem));
        return Limits.read(limit.get()).orElse(0);
    }

    private Optional<Conditions.Hours> hours(Map<String, Problem> wrong) {
        if (from.get().isBlank() && until.get().isBlank()) {
            return Optional.empty();
        }
        Optional<LocalTime> first = TypedTimes.one(from.get());
        Optional<LocalTime> last = TypedTimes.one(until.get());
        if (first.isEmpty() || last.isEmpty()) {
            wrong.put(
                    "conditions",
                    Problem.of("policy.time-unreadable", "text", first.isEmpty() ? from.get() : until.get()));
            return Optional.empty();
        }
        return Optional.of(new Conditions.Hours(first.get(), last.get()));
    }

    /** Adds a time of day; one that is there already is not there twice. */
    void add(LocalTime time) {
        times.set(List.copyOf(with(new TreeSet<>(times.get()), time)));
    }

    private static <T> Set<T> with(Set<T> set, T one) {
        set.add(one);
        return set;
    }

    /**
     * Adds the time that is being typed, if it is one, so that saving does not lose it.
     *
     * @return why it is none
     */
    Optional<Problem> addTyped() {
        String typed = typedTime.get();
        if (typed.isBlank()) {
            return Optional.empty();
        }
        Optional<LocalTime> time = TypedTimes.one(typed);
        time.ifPresent(one -> {
            typedTime.set("");
            add(one);
        });
        return time.isPresent() ? Optional.empty() : Optional.of(Problem.of("policy.time-unreadable", "text", typed));
    }

    /** Takes a time of day away. */
    void remove(LocalTime time) {
        List<LocalTime> left = new ArrayList<>(times.get());
        left.remove(time);
        times.set(List.copyOf(left));
    }

    /** Chooses a weekday, or no longer. */
    void choose(DayOfWeek day, boolean on) {
        Set<DayOfWeek> now = new TreeSet<>(weekdays.get());
        if (on) {
            now.add(day);
        } else {
            now.remove(day);
        }
        weekdays.set(Set.copyOf(now));
    }
}
