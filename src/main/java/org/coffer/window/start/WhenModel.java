package org.coffer.window.start;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.PolicyRules;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.policy.TypedTimes;

/** When should it run? As the policy says that a home begins with, at times that are typed, or only this once. */
final class WhenModel {
    /** The choices. */
    enum Kind {
        USUAL,
        OTHER,
        ONCE
    }

    private static final LocalTime USUAL_TIME = LocalTime.of(2, 0);
    private static final int USUAL_COUNT = 30;

    private final Policies policies;
    private final Background.Line line;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<Optional<Policy>> policy = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.USUAL);
    private final StringProperty times = new SimpleStringProperty("12:00, 18:00");
    private final StringProperty count = new SimpleStringProperty(Integer.toString(USUAL_COUNT));
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper fits = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyObjectWrapper<Sentence> answer = new ReadOnlyObjectWrapper<>(Sentence.data(""));

    /** The model; {@code clock} says whose wall clock counts. */
    WhenModel(Policies policies, Background background, Clock clock) {
        this.policies = policies;
        this.line = background.line();
        this.clock = clock;
        kind.subscribe((was, now) -> conclude());
        times.subscribe((was, now) -> conclude());
        count.subscribe((was, now) -> conclude());
        conclude();
    }

    /** Looks for the policy that there is. */
    void look() {
        line.work(() -> policies.list(PolicyKind.BACKUP).stream()
                        .filter(Policy::enabled)
                        .findFirst())
                .then(found -> {
                    policy.set(found);
                    conclude();
                })
                .start();
    }

    // ---- What is shown

    /** The policy that the first choice means; empty if there is none, so that one is made. */
    ReadOnlyObjectProperty<Optional<Policy>> policy() {
        return policy.getReadOnlyProperty();
    }

    /** What the first choice comes to. */
    PolicyPlan usual() {
        return policy.get().map(Policy::plan).orElseGet(() -> plan(List.of(USUAL_TIME), USUAL_COUNT));
    }

    /** What is chosen. */
    ObjectProperty<Kind> kind() {
        return kind;
    }

    /** Other times, as they are typed. */
    StringProperty times() {
        return times;
    }

    /** How many backups are kept of each disk, as it is typed. */
    StringProperty count() {
        return count;
    }

    /** What is wrong with what is typed, as long as it counts. */
    ObservableValue<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it can be done so. */
    ReadOnlyBooleanProperty fits() {
        return fits.getReadOnlyProperty();
    }

    /** What was answered, for the rail. */
    ObservableValue<Sentence> answer() {
        return answer.getReadOnlyProperty();
    }

    /** What was decided; only while it {@linkplain #fits() fits}. */
    When decision() {
        return switch (kind.get()) {
            case ONCE -> new When.Once();
            case USUAL ->
                policy.get().<When>map(found -> new When.By(found.id())).orElseGet(() -> planned(usual()));
            case OTHER -> planned(other().orElseThrow(() -> new IllegalStateException("it cannot be read")));
        };
    }

    private static When planned(PolicyPlan plan) {
        return new When.Planned(plan.schedule(), plan.retention());
    }

    // ---- Reading

    private PolicyPlan plan(List<LocalTime> at, int newest) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        return new PolicyPlan(
                Policies.PREFIX,
                true,
                new Schedule(clock.getZone(), at, new Days.Every(1, today)),
                new Retention.ByCount(newest, Retention.Periods.NONE),
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE);
    }

    /** What is typed; empty if it cannot be read. */
    private Optional<PolicyPlan> other() {
        Optional<Integer> newest = number(count.get());
        return TypedTimes.all(times.get()).flatMap(at -> newest.map(n -> plan(at, n)));
    }

    private static Optional<Integer> number(String typed) {
        try {
            return Optional.of(Integer.parseInt(typed.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Problem> wrong() {
        if (kind.get() != Kind.OTHER) {
            return Optional.empty();
        }
        if (TypedTimes.all(times.get()).isEmpty()) {
            return Optional.of(Problem.of("policy.time-unreadable", "text", times.get()));
        }
        if (number(count.get()).isEmpty()) {
            return Optional.of(Problem.of("number.unreadable", "text", count.get()));
        }
        return other().flatMap(
                        plan -> PolicyRules.problems(plan).values().stream().findFirst());
    }

    private void conclude() {
        problem.set(wrong());
        fits.set(problem.get().isEmpty());
        answer.set(
                switch (kind.get()) {
                    case USUAL -> at(usual().schedule());
                    case OTHER -> other().map(plan -> at(plan.schedule())).orElse(Sentence.data(""));
                    case ONCE -> Sentence.of("start.when.once");
                });
    }

    private static Sentence at(Schedule schedule) {
        return Sentence.of(
                "start.when.answer",
                "times",
                schedule.times().stream().map(LocalTime::toString).toList());
    }
}
