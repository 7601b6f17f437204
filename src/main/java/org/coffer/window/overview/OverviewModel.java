package org.coffer.window.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Overview;
import org.coffer.console.policy.Agenda;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;

/**
 * The overview: one snapshot of everything, and what runs now by itself, because that changes four times a second while
 * the rest changes seldom.
 */
final class OverviewModel implements AutoCloseable {
    /** How many days each disk's row shows. */
    static final int DAYS = 30;

    private final Sources sources;
    private final Background background;
    private final Background.Line line;
    private final Clock clock;
    private final Ways ways;
    private final ReadOnlyObjectWrapper<Optional<Overview>> state = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Task>> running = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Agenda.Upcoming>> upcoming = new ReadOnlyObjectWrapper<>(List.of());
    private final Events.Subscription subscription;

    /**
     * What the overview is made from.
     *
     * @param everything looks at everything; blocks
     * @param open the tasks that run or wait; blocks
     * @param upcoming the next runs of policies, the first one first; blocks
     * @param deeds what can be done with tasks
     * @param events tells when to look again
     */
    record Sources(
            Callable<Overview> everything,
            Callable<List<Task>> open,
            Callable<List<Agenda.Upcoming>> upcoming,
            Deeds deeds,
            Events events) {}

    /**
     * What can be done with a task that has not ended.
     *
     * @param cancel stops it; blocks
     * @param pause holds it still; blocks
     * @param resume lets it go on; blocks
     * @param pausable whether it can be held still now
     */
    record Deeds(Consumer<UUID> cancel, Consumer<UUID> pause, Consumer<UUID> resume, Predicate<Task> pausable) {}

    OverviewModel(Sources sources, Background background, Clock clock, Ways ways) {
        this.sources = sources;
        this.background = background;
        this.line = background.line();
        this.clock = clock;
        this.ways = ways;
        var everything = new Bridge<>(background, this::look, this::show, this::failed);
        var moving = new Bridge<>(background, sources.open(), running::set, background::unhandled);
        this.subscription = sources.events().subscribe(event -> {
            switch (event) {
                case Event.TasksProgressed moved -> moving.changed();
                case Event.Audited line -> {}
                case Event.SettingChanged setting -> {}
                default -> everything.changed();
            }
        });
    }

    /** Loads everything again. */
    void refresh() {
        line.work(this::look).then(this::show).onError(this::failed).start();
    }

    /** Everything as it was last seen; empty before the first look. */
    ReadOnlyObjectProperty<Optional<Overview>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why the last look failed. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What runs or waits, with numbers of a moment ago. */
    ReadOnlyObjectProperty<List<Task>> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** The next runs of policies, the first one first. */
    ReadOnlyObjectProperty<List<Agenda.Upcoming>> upcomingProperty() {
        return upcoming.getReadOnlyProperty();
    }

    /** Shows the policies. */
    Act policies() {
        return Act.of("overview.runs.all", ways::policies);
    }

    /** What needs somebody, each with its act. */
    List<Need> needs(Overview now) {
        return now.needs().stream().map(each -> Need.of(each, ways)).toList();
    }

    /** The first sentence of the page. */
    Sentence verdict(Overview now) {
        return switch (now.verdict()) {
            case NOTHING_YET -> Sentence.of("overview.verdict.nothing");
            case NEEDS_ATTENTION ->
                Sentence.of("overview.verdict.needs", "n", now.needs().size());
            case ALL_WELL ->
                now.oldestGood()
                        .map(oldest -> Sentence.of("overview.verdict.well.since", "at", age(oldest)))
                        .orElse(Sentence.of("overview.verdict.well"));
        };
    }

    /** Sets up protection. */
    Act firstStart() {
        return Act.of("overview.start", ways::firstStart);
    }

    /** Lets somebody who never did try a restore. */
    Act tryRestore(UUID disk) {
        return Act.of("overview.untried.do", () -> ways.tryRestore(disk)).with(Icon.RESTORE);
    }

    /** Shows the tasks. */
    Act allTasks() {
        return Act.of("overview.tasks", ways::tasks);
    }

    /** Stops a task. */
    Act cancel(Task task) {
        return Act.of(
                "overview.cancel",
                () -> background
                        .act(() -> sources.deeds().cancel().accept(task.id()))
                        .start());
    }

    /** Whether {@link #hold} does something to a task. */
    boolean holdable(Task task) {
        return paused(task) || sources.deeds().pausable().test(task);
    }

    /** Holds a task still, or lets it go on if it is: what it does and says follows {@code task}. */
    Act hold(ObservableValue<Task> task) {
        return Act.of(
                task.map(now -> Sentence.of(paused(now) ? "tasks.resume" : "tasks.pause")),
                () -> background.act(() -> turn(task.getValue())).start());
    }

    private void turn(Task task) {
        Deeds deeds = sources.deeds();
        (paused(task) ? deeds.resume() : deeds.pause()).accept(task.id());
    }

    private static boolean paused(Task task) {
        return task.status() == TaskStatus.PAUSED;
    }

    /** Opens a vault. */
    void open(UUID vault) {
        ways.vault(vault);
    }

    /** Shows the tasks about a disk on one of the shown days; 0 is the oldest. */
    void openDay(Overview.DiskDays disk, int day) {
        ways.tasks(disk.disk(), disk.name(), date(day));
    }

    /** The date of one of the shown days; 0 is the oldest. */
    LocalDate date(int day) {
        return LocalDate.ofInstant(clock.instant(), clock.getZone()).minusDays(DAYS - 1L - day);
    }

    @Override
    public void close() {
        subscription.close();
    }

    private Duration age(Instant moment) {
        return Duration.between(moment, clock.instant());
    }

    private record Look(Overview everything, List<Agenda.Upcoming> upcoming) {}

    private Look look() throws Exception {
        return new Look(sources.everything().call(), sources.upcoming().call());
    }

    private void show(Look look) {
        Overview now = look.everything();
        problem.set(Optional.empty());
        upcoming.set(look.upcoming());
        running.set(now.running());
        state.set(Optional.of(still(now)));
    }

    /** Without what moves, so that two looks at an unchanged world are equal and nothing is painted anew. */
    private static Overview still(Overview now) {
        return new Overview(
                now.verdict(),
                now.disks(),
                now.protectedDisks(),
                now.oldestGood(),
                now.needs(),
                List.of(),
                now.vaults(),
                now.stored(),
                now.held(),
                now.fullInDays(),
                now.days(),
                now.untried());
    }

    private void failed(Problem cause) {
        problem.set(Optional.of(cause));
    }
}
