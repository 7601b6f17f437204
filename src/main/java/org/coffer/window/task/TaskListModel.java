package org.coffer.window.task;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.restore.Undoable;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.engine.work.Stage;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.table.PagedRows;
import org.coffer.window.kit.table.Slice;
import org.coffer.window.restore.UndoActs;
import org.coffer.window.shell.Desk;

/**
 * The list of tasks, of all or of one vault: filters, the live numbers of what runs, the task whose details are open, and
 * what can be done with tasks.
 */
public final class TaskListModel {
    private static final Set<TaskStatus> FAILED = Set.of(TaskStatus.FAILED, TaskStatus.TIMED_OUT);

    private final Tasks tasks;
    private final Events events;
    private final Desk desk;
    private final UndoActs undoing;
    private final Optional<UUID> vault;
    private final PagedRows<Task, TaskFilter> rows;
    private final LiveTasks live;
    private final ObservableValue<Map<UUID, Task>> liveById;
    private final ObservableSet<TaskType> types = FXCollections.observableSet();
    private final ObservableSet<TaskStatus> statuses = FXCollections.observableSet();
    private final ObjectProperty<Optional<Since>> since = new SimpleObjectProperty<>(Optional.of(Since.MONTH));
    private final ObjectProperty<Optional<LocalDate>> day = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<About>> about = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty panel = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Details>> details = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper failed = new ReadOnlyLongWrapper();
    private final Bridge<Long> changes;
    private final Background.Line looking;

    /**
     * A disk whose tasks are wanted.
     *
     * @param disk its ID
     * @param name what it is called
     */
    public record About(UUID disk, String name) {}

    /**
     * What the panel shows.
     *
     * @param task the task
     * @param steps its log, oldest first
     * @param retryable whether it can be started again
     * @param undoable what undoing it would do, if it is a restore that can be undone
     */
    public record Details(Task task, List<TaskStep> steps, boolean retryable, Optional<Undoable> undoable) {}

    /**
     * A list that is not loaded yet.
     *
     * @param undoing what can be done with restores that ended
     * @param vault only tasks about this vault; empty for all
     */
    public TaskListModel(Tasks tasks, Events events, Desk desk, UndoActs undoing, Optional<UUID> vault) {
        this.tasks = tasks;
        this.events = events;
        this.desk = desk;
        this.undoing = undoing;
        this.vault = vault;
        this.looking = desk.background().line();
        this.live = new LiveTasks(tasks, events, desk.background());
        this.liveById = live.open().map(open -> open.stream().collect(Collectors.toMap(Task::id, task -> task)));
        this.rows = new PagedRows<>(
                desk.background(),
                task -> task.id().toString(),
                (filter, sort, offset, limit) ->
                        new Slice<>(tasks.list(filter, offset, limit), (int) tasks.count(filter)),
                filter());
        this.changes = new Bridge<>(
                desk.background(),
                () -> tasks.count(only(FAILED)),
                count -> {
                    failed.set(count);
                    rows.refresh();
                    look();
                },
                desk.background()::unhandled);
        types.addListener((SetChangeListener<TaskType>) change -> refilter());
        statuses.addListener((SetChangeListener<TaskStatus>) change -> refilter());
        since.addListener((property, old, now) -> refilter());
        day.addListener((property, old, now) -> refilter());
        about.addListener((property, old, now) -> refilter());
        query.addListener((property, old, now) -> refilter());
        rows.selectedProperty().addListener((property, old, now) -> look());
        panel.addListener((property, old, now) -> look());
        live.open().addListener((property, old, now) -> {
            if (now.stream().anyMatch(this::isSelected)) {
                look();
            }
        });
    }

    /** Follows what changes, until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.TaskChanged) {
                changes.changed();
            }
        });
        changes.changed();
        return live.follow().and(hearing::close);
    }

    // ---- what is shown

    /** The tasks: running and waiting ones first, then newest first. */
    public PagedRows<Task, TaskFilter> rows() {
        return rows;
    }

    /** Those that run, with live numbers, by ID. */
    public ObservableValue<Map<UUID, Task>> live() {
        return liveById;
    }

    /** Whether the list is about one vault, so that its column says nothing. */
    public boolean ofOneVault() {
        return vault.isPresent();
    }

    /** Only these kinds; empty for all. */
    public ObservableSet<TaskType> types() {
        return types;
    }

    /** Only these states; empty for all. */
    public ObservableSet<TaskStatus> statuses() {
        return statuses;
    }

    /** How far back; empty for all. At first 30 days. */
    public ObjectProperty<Optional<Since>> sinceProperty() {
        return since;
    }

    /** Only those asked for on this day, in local time; goes before {@link #sinceProperty}. */
    public ObjectProperty<Optional<LocalDate>> dayProperty() {
        return day;
    }

    /** Only those about this disk. */
    public ObjectProperty<Optional<About>> aboutProperty() {
        return about;
    }

    /** Shows what was asked for on one day about one disk, and nothing else. */
    public void show(About disk, LocalDate date) {
        clearFilters();
        about.set(Optional.of(disk));
        day.set(Optional.of(date));
    }

    /** Only those whose ID, or an ID or name of whose objects, contains this. */
    public StringProperty queryProperty() {
        return query;
    }

    /** Whether the panel below the table is open. */
    public BooleanProperty panelProperty() {
        return panel;
    }

    /** The selected task in full, while the panel is open. */
    public ObservableValue<Optional<Details>> details() {
        return details.getReadOnlyProperty();
    }

    /** How many failed tasks there are, of any age. */
    public ReadOnlyLongProperty failedProperty() {
        return failed.getReadOnlyProperty();
    }

    /** Unchooses all filters. */
    public void clearFilters() {
        types.clear();
        statuses.clear();
        since.set(Optional.empty());
        day.set(Optional.empty());
        about.set(Optional.empty());
        query.set("");
    }

    /** Loads again. */
    public void refresh() {
        changes.changed();
    }

    // ---- what can be done

    /** Opens or closes the panel for a task. */
    public void toggle(Task task) {
        Optional<String> id = Optional.of(task.id().toString());
        boolean here = rows.selectedProperty().get().equals(id);
        rows.selectedProperty().set(id);
        panel.set(!here || !panel.get());
    }

    /** Starts the work of a failed task again. */
    public void retry(Task task) {
        desk.background().act(() -> tasks.retry(task.id())).start();
    }

    /** Holds a running task still, or lets a paused one go on; greyed with its reason where neither can be. */
    Act hold(Task task) {
        if (task.status() == TaskStatus.PAUSED) {
            return Act.of("tasks.resume", () -> resume(task)).with(Icon.RUN);
        }
        return Act.of("tasks.pause", () -> pause(task))
                .with(Icon.PAUSE)
                .unless(holdable(task) ? Optional.empty() : Optional.of(Sentence.of(whyNoPause(task))));
    }

    private static String whyNoPause(Task task) {
        if (task.status() == TaskStatus.WAITING) {
            return "tasks.pause.waiting";
        }
        return task.progress().stage() == Stage.GROWING ? "tasks.pause.now" : "tasks.pause.kind";
    }

    /** Whether {@link #hold} does something to the task as it is now. */
    boolean holdable(Task task) {
        return task.status() == TaskStatus.PAUSED || tasks.pausable(task);
    }

    private void pause(Task task) {
        desk.background().act(() -> tasks.pause(task.id())).start();
    }

    private void resume(Task task) {
        desk.background().act(() -> tasks.resume(task.id())).start();
    }

    /** Asks, then stops a task at its next checkpoint. */
    public void cancel(Task task) {
        String kind = TaskWords.overwrites(task) ? "tasks.cancel.restore" : "tasks.cancel.other";
        Question question = new Question(
                Sentence.of("tasks.cancel.title", "name", task.subject().name()),
                List.of(Sentence.of(kind, "name", task.subject().name())),
                Sentence.of("tasks.cancel.do"),
                TaskWords.overwrites(task));
        if (desk.dialogs().confirm(question)) {
            desk.background().act(() -> tasks.cancel(task.id())).start();
        }
    }

    /** Asks, then deletes the record of a failed task. */
    public void deleteRecord(Task task) {
        Question question = Question.dangerous(
                Sentence.of("tasks.delete.title", "name", task.subject().name()),
                Sentence.of("tasks.delete.do"),
                Sentence.of("tasks.delete.stays"));
        if (desk.dialogs().confirm(question)) {
            desk.background().act(() -> tasks.delete(task.id())).start();
        }
    }

    /** Asks, then deletes the records of all failed tasks, of every vault. */
    public void clearFailed() {
        long count = failed.get();
        Question question = Question.dangerous(
                Sentence.of("tasks.clear.title", "n", count),
                Sentence.of("tasks.clear.do", "n", count),
                Sentence.of("tasks.clear.stays"));
        if (desk.dialogs().confirm(question)) {
            desk.background().act(tasks::clearFailed).start();
        }
    }

    /** Whether a task can be stopped. */
    static boolean stoppable(Task task) {
        return !task.status().ended();
    }

    /** Whether a task failed, so that its record can be deleted and its work tried again. */
    static boolean failed(Task task) {
        return FAILED.contains(task.status());
    }

    UndoActs undoing() {
        return undoing;
    }

    Desk desk() {
        return desk;
    }

    // ---- inside

    /** Finds the newest task of a day or before it and hands on where in the list it stands. */
    void find(LocalDate date, IntConsumer at) {
        TaskFilter asked = rows.filterProperty().get();
        Instant end = date.plusDays(1).atStartOfDay(desk.clock().getZone()).toInstant();
        TaskFilter newer = new TaskFilter(
                asked.types(),
                asked.statuses(),
                asked.since().filter(end::isBefore).or(() -> Optional.of(end)),
                asked.before(),
                asked.vault(),
                asked.resource(),
                asked.text());
        desk.background().work(() -> (int) tasks.count(newer)).then(at::accept).start();
    }

    private boolean isSelected(Task task) {
        return rows.selectedProperty()
                .get()
                .filter(task.id().toString()::equals)
                .isPresent();
    }

    private void look() {
        Optional<String> id = rows.selectedProperty().get();
        if (!panel.get() || id.isEmpty()) {
            looking.drop();
            details.set(Optional.empty());
            return;
        }
        UUID wanted = UUID.fromString(id.get());
        looking.work(() -> tasks.find(wanted)
                        .map(task ->
                                new Details(task, tasks.steps(wanted), tasks.retryable(task), undoing.undoable(task))))
                .then(details::set)
                .start();
    }

    private void refilter() {
        boolean narrowed = !types.isEmpty()
                || !statuses.isEmpty()
                || !query.get().isBlank()
                || day.get().isPresent()
                || about.get().isPresent()
                || since.get().filter(span -> span != Since.MONTH).isPresent();
        rows.filter(filter(), narrowed);
    }

    private TaskFilter filter() {
        ZoneId zone = desk.clock().getZone();
        return new TaskFilter(
                Set.copyOf(types),
                Set.copyOf(statuses),
                day.get()
                        .map(date -> date.atStartOfDay(zone).toInstant())
                        .or(() -> since.get().map(span -> span.from(desk.clock()))),
                day.get().map(date -> date.plusDays(1).atStartOfDay(zone).toInstant()),
                vault,
                about.get().map(About::disk),
                query.get());
    }

    private static TaskFilter only(Set<TaskStatus> wanted) {
        return new TaskFilter(Set.of(), wanted, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}
