package org.coffer.window.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.EditEffect;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.console.policy.Slot;
import org.coffer.console.policy.Undated;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.shell.Desk;

/**
 * A policy that is made or edited (P1 to P5). Everything is checked while it is typed, by the rules that the service goes
 * by, and what will happen is worked out by the functions that the scheduler asks.
 */
final class PolicyFormModel {
    /** So many runs to come are listed. */
    static final int RUNS = 10;
    /** The tab with the runs to come. */
    static final String NEXT_RUNS = "runs";
    /** The tab with what stays. */
    static final String STAYS = "stays";

    private static final LocalTime FIRST_TIME = LocalTime.of(2, 0);
    private static final int FIRST_KEPT = 30;

    /** What the service thinks of the input at one moment. */
    private record Answer(Map<String, Problem> problems, List<Slot> runs) {}

    private final Policies policies;
    private final Desk desk;
    private final Optional<Policy> edited;
    private final Drafted draft;
    private final Stays stays;
    private final Busy busy;
    private final Undated undated;
    private final Background.Line checks;
    private final Background.Line looks;
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<List<Slot>> runs = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<String> tab = new SimpleObjectProperty<>(NEXT_RUNS);
    private final ObservableList<Vault> targets = FXCollections.observableArrayList();
    private final BooleanProperty sending = new SimpleBooleanProperty();

    /** A form for a new policy, or for {@code edited}. */
    PolicyFormModel(PolicyPages.Services services, Desk desk, Optional<Policy> edited, Optional<PolicyPlan> copied) {
        this.policies = services.policies();
        this.desk = desk;
        this.edited = edited;
        this.stays = new Stays(services, desk, edited);
        this.undated = new Undated(policies, services.backups(), desk.clock());
        this.checks = desk.background().line();
        this.looks = desk.background().lineAfterTyping();
        ZoneId here = desk.clock().getZone();
        LocalDate today = LocalDate.ofInstant(desk.clock().instant(), here);
        this.draft = new Drafted(edited.map(Policy::plan).or(() -> copied).orElseGet(() -> usual(today)), today, here);
        this.busy = new Busy(services, desk, edited, draft);
        draft.all().forEach(field -> field.addListener(changed -> check()));
        stays.chosen().subscribe((was, now) -> look());
        stays.days().subscribe((was, now) -> look());
        desk.background()
                .work(() -> services.vaults().list(VaultFilter.ALL))
                .then(targets::setAll)
                .start();
        if (edited.isEmpty()) {
            desk.background().work(policies::suggestName).then(draft.name::set).start();
        }
        check();
    }

    /** What most people want: every night, the newest 30. */
    private PolicyPlan usual(LocalDate today) {
        return new PolicyPlan(
                "",
                true,
                new Schedule(desk.clock().getZone(), List.of(FIRST_TIME), new Days.Every(1, today)),
                new Retention.ByCount(FIRST_KEPT, Retention.Periods.NONE),
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE);
    }

    /** Asks the service what it thinks; of several askings only the last answer counts. */
    final void check() {
        Drafted.Reading reading = draft.read();
        boolean restart = draft.restart.get();
        checks.work(() -> answer(reading, restart)).then(this::take).start();
    }

    private Answer answer(Drafted.Reading reading, boolean restart) {
        Map<String, Problem> found = wrong(reading);
        boolean runs = Set.of("times", "days").stream().noneMatch(found::containsKey);
        return new Answer(Map.copyOf(found), runs ? next(reading.plan(), restart) : List.of());
    }

    private Map<String, Problem> wrong(Drafted.Reading reading) {
        Map<String, Problem> wrong = new HashMap<>(policies.problems(reading.plan(), edited.map(Policy::id)));
        wrong.putAll(reading.unreadable());
        return wrong;
    }

    /** Shown also while it is switched off: what would happen. */
    private List<Slot> next(PolicyPlan plan, boolean restart) {
        Instant now = desk.clock().instant();
        Schedule schedule = edited.map(
                        before -> policies.edited(before, plan, restart).plan().schedule())
                .orElse(plan.schedule());
        return schedule.after(now).limit(RUNS).toList();
    }

    private void take(Answer answer) {
        problems.set(answer.problems());
        runs.set(answer.runs());
        look();
    }

    /** Works out what stays; while something is impossible, what was shown last stays shown. */
    private void look() {
        if (!problems.get().isEmpty()) {
            return;
        }
        PolicyPlan plan = draft.read().plan();
        Optional<Stays.Subject> subject = stays.chosen().get();
        int ahead = stays.days().get();
        boolean restart = draft.restart.get();
        looks.work(() -> stays.look(plan, restart, subject, ahead))
                .then(outlook -> stays.show(Optional.of(outlook)))
                .start();
    }

    // ---- What is shown

    Drafted draft() {
        return draft;
    }

    /** The vaults that could take the copies of a policy of replication. */
    ObservableList<Vault> targets() {
        return targets;
    }

    Stays stays() {
        return stays;
    }

    Busy busy() {
        return busy;
    }

    /** Which of the two pictures of the future is shown. */
    ObjectProperty<String> tab() {
        return tab;
    }

    /** The policy that is edited; empty while a new one is made. */
    Optional<Policy> edited() {
        return edited;
    }

    /** The next runs; none while the schedule is impossible. */
    ReadOnlyObjectProperty<List<Slot>> runs() {
        return runs.getReadOnlyProperty();
    }

    /** What is wrong with a field, the first of several: name, to, times, days, retention, full, conditions, policies. */
    ObservableValue<Optional<Sentence>> problem(String... fields) {
        return problems.map(now -> Stream.of(fields)
                .flatMap(field -> Optional.ofNullable(now.get(field)).stream())
                .findFirst()
                .map(Sentence::explaining));
    }

    /** Whether an interval that was counted from some day could be counted from today instead (P3). */
    ObservableValue<Boolean> restartable() {
        return draft.daysKind.map(kind -> kind == Drafted.DaysKind.EVERY
                && edited.filter(policy -> policy.plan().schedule().days() instanceof Days.Every)
                        .isPresent());
    }

    // ---- Commands

    /** What the button says: also how many backups go by that. */
    ObservableValue<Sentence> title() {
        return stays.outlook()
                .map(now -> now.map(Stays.Outlook::effect)
                        .filter(effect -> effect.count() > 0)
                        .map(effect -> Sentence.of("policy.form.save-and-delete", "n", effect.count()))
                        .orElse(Sentence.of("policy.form.save")));
    }

    /** Whether saving deletes backups, so that the button warns. */
    ObservableValue<Boolean> deletes() {
        return stays.outlook()
                .map(now -> now.filter(outlook -> outlook.effect().count() > 0).isPresent());
    }

    /** What is known before anything is asked or saved. */
    private record Before(Map<String, Problem> wrong, EditEffect effect, boolean meanwhile) {}

    /**
     * Makes or changes the policy, and leaves the form; asks first if backups go by that, or if somebody changed the policy while
     * the form was open. Nothing is saved in the place of what cannot be read or is impossible.
     */
    void save() {
        if (sending.get()) {
            return;
        }
        Optional<Problem> untimed = draft.addTyped();
        Drafted.Reading reading = draft.read();
        sending.set(true);
        desk.background()
                .work(() -> before(reading, untimed))
                .then(before -> decide(reading.plan(), before))
                .onError(this::failed)
                .start();
    }

    private Before before(Drafted.Reading reading, Optional<Problem> untimed) {
        Map<String, Problem> wrong = wrong(reading);
        untimed.ifPresent(problem -> wrong.put("times", problem));
        return new Before(
                Map.copyOf(wrong),
                wrong.isEmpty() ? stays.effect(reading.plan()) : new EditEffect(List.of(), List.of()),
                edited.flatMap(opened -> policies.find(opened.id())
                                .filter(now -> !now.plan().equals(opened.plan())))
                        .isPresent());
    }

    private void decide(PolicyPlan plan, Before before) {
        if (before.wrong().isEmpty()
                && (!before.meanwhile() || desk.dialogs().confirm(overwriting()))
                && (before.effect().count() == 0 || desk.dialogs().confirm(whether(before.effect())))) {
            send(plan);
            return;
        }
        sending.set(false);
        if (!before.wrong().isEmpty()) {
            checks.drop();
            problems.set(before.wrong());
        }
    }

    private Question overwriting() {
        return new Question(
                Sentence.of(
                        "policy.form.meanwhile.title",
                        "policy",
                        edited.map(Policy::name).orElse("")),
                List.of(Sentence.of("policy.form.meanwhile.what")),
                Sentence.of("policy.form.meanwhile.save"),
                true);
    }

    private Question whether(EditEffect effect) {
        return new Question(
                Sentence.of("policy.form.goes.title", "n", effect.count()),
                Going.lines(effect),
                Sentence.of("policy.form.save-and-delete", "n", effect.count()),
                true);
    }

    private void failed(Problem problem) {
        sending.set(false);
        desk.dialogs().error(problem);
        check();
    }

    private void send(PolicyPlan plan) {
        boolean restart = draft.restart.get();
        desk.background()
                .work(() -> edited.map(before -> policies.edit(before.id(), plan, restart))
                        .orElseGet(() -> policies.create(plan)))
                .then(this::saved)
                .onError(this::failed)
                .start();
    }

    private void saved(Policy policy) {
        sending.set(false);
        desk.navigator().leave();
        desk.news()
                .tell(
                        Sentence.of(
                                edited.isPresent() ? "policy.form.saved" : "policy.form.made", "policy", policy.name()),
                        Optional.empty());
        edited.filter(before -> Undated.leaves(before.plan(), policy.plan())).ifPresent(before -> offerDates(policy));
    }

    /** Backups that were counted so far have no date: they may have one now (P7). */
    private void offerDates(Policy policy) {
        desk.background()
                .work(() -> undated.find(policy))
                .then(found -> {
                    if (!found.isEmpty() && desk.dialogs().confirm(dating(policy, found))) {
                        desk.background()
                                .act(() -> undated.assign(found))
                                .then(done -> desk.news()
                                        .tell(Sentence.of("policy.undated.done", "n", found.size()), Optional.empty()))
                                .start();
                    }
                })
                .start();
    }

    private static Question dating(Policy policy, List<Undated.Dated> found) {
        Instant soonest =
                found.stream().map(Undated.Dated::at).min(Instant::compareTo).orElseThrow();
        Instant last =
                found.stream().map(Undated.Dated::at).max(Instant::compareTo).orElseThrow();
        return new Question(
                Sentence.of("policy.undated.title", "n", found.size(), "policy", policy.name()),
                List.of(
                        Sentence.of("policy.undated.why"),
                        Sentence.of("policy.undated.then", "first", soonest, "last", last)),
                Sentence.of("policy.undated.assign", "n", found.size()),
                true);
    }

    /** Leaves the form. */
    void cancel() {
        desk.navigator().leave();
    }
}
