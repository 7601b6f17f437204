package org.coffer.window.task;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;
import org.coffer.window.shell.Strip;

/**
 * What the whole window knows of tasks: the line of the strip about what runs, the number of failures that nobody has
 * looked at, and news of what ended while the user was elsewhere. Followed for as long as the window lives.
 */
public final class StripModel {
    private final Tasks tasks;
    private final Events events;
    private final Desk desk;
    private final BooleanSupplier watched;
    private final Bridge<Look> bridge;
    private final ReadOnlyObjectWrapper<Optional<Strip.Running>> running =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
    private volatile Map<UUID, Task> known = Map.of();

    /** One look at all tasks: those that run, those that ended since the look before. */
    private record Look(List<Task> open, List<Ending> ended, long unseen) {}

    /** A task that ended, and whether it made good what had failed before. */
    record Ending(Task task, boolean again) {}

    /**
     * Nothing known yet.
     *
     * @param watched whether the user is looking at the tasks anyway, so that news would be noise
     */
    public StripModel(Tasks tasks, Events events, Desk desk, BooleanSupplier watched) {
        this.tasks = tasks;
        this.events = events;
        this.desk = desk;
        this.watched = watched;
        this.bridge = new Bridge<>(desk.background(), this::look, this::show, desk.background()::unhandled);
    }

    /** Follows all tasks until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.TaskChanged || event instanceof Event.TasksProgressed) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }

    /** What the strip says; changes at most four times a second. */
    public ObservableValue<Optional<Strip.Running>> running() {
        return running.getReadOnlyProperty();
    }

    /** How many failures nobody has looked at, for the badge in the navigation. */
    public ReadOnlyLongProperty unseenProperty() {
        return unseen.getReadOnlyProperty();
    }

    /** Somebody looks at the tasks now. */
    public void markSeen() {
        unseen.set(0);
        desk.background().act(tasks::markAllSeen).start();
    }

    private Look look() {
        List<Task> open = tasks.open();
        Map<UUID, Task> before = known;
        Map<UUID, Task> now = new HashMap<>();
        open.forEach(task -> now.put(task.id(), task));
        known = now;
        List<Ending> ended = before.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .flatMap(id -> tasks.find(id).stream())
                .filter(task -> task.status().ended())
                .map(this::ending)
                .toList();
        return new Look(open, ended, tasks.unseenFailures());
    }

    Ending ending(Task task) {
        return new Ending(task, again(task));
    }

    /** Whether a good backup follows a failed one of the same disk. */
    private boolean again(Task task) {
        if (task.type() != TaskType.BACKUP || task.status() != TaskStatus.SUCCEEDED) {
            return false;
        }
        TaskFilter same = new TaskFilter(
                java.util.Set.of(TaskType.BACKUP),
                java.util.Set.of(TaskStatus.SUCCEEDED, TaskStatus.FAILED),
                Optional.empty(),
                Optional.empty(),
                task.subject().resourceId(),
                "");
        return tasks.list(same, 0, 2).stream()
                .filter(other -> !other.id().equals(task.id()))
                .findFirst()
                .filter(TaskListModel::failed)
                .isPresent();
    }

    private void show(Look now) {
        if (watched.getAsBoolean()) {
            if (now.unseen() > 0) {
                markSeen();
            }
        } else {
            unseen.set(now.unseen());
            now.ended().forEach(this::tell);
        }
        running.set(running(now.open()));
    }

    /** The first that runs, else the first that waits, else the first that is paused; and how many are. */
    private Optional<Strip.Running> running(List<Task> open) {
        long paused =
                open.stream().filter(task -> task.status() == TaskStatus.PAUSED).count();
        long others = open.size() - paused;
        Optional<Sentence> also = paused == 0 || others == 0
                ? Optional.empty()
                : Optional.of(Sentence.of("tasks.strip.also-paused", "n", paused));
        return open.stream()
                .min(Comparator.comparingInt(StripModel::rank))
                .map(task -> new Strip.Running(
                        words(task, (int) (others == 0 ? paused : others)),
                        also,
                        task.progress().percent() / 100.0,
                        others == 0,
                        this::open));
    }

    private static int rank(Task task) {
        return switch (task.status()) {
            case RUNNING -> 0;
            case PAUSED -> 2;
            default -> 1;
        };
    }

    private void tell(Ending ending) {
        Task task = ending.task();
        Optional<Act> show = Optional.of(Act.of("tasks.news.show", this::open));
        if (task.status() == TaskStatus.SUCCEEDED) {
            Sentence again =
                    Sentence.of("tasks.news.again", "name", task.subject().name());
            desk.news().tell(ending.again() ? again : TaskWords.news(task), show);
        } else if (TaskListModel.failed(task)) {
            task.problem().ifPresent(problem -> desk.news().error(problem, show));
        }
    }

    private void open() {
        desk.navigator().open(Route.to(TasksPage.ID));
    }

    /** <em>1 running: web-data → vault_f61e  62 %  180 MB/s  2 min left</em>, or <em>1 paused: …  62 %</em>. */
    static Sentence words(Task task, int count) {
        Progress now = task.progress();
        if (task.status() == TaskStatus.PAUSED) {
            return Sentence.of("tasks.strip.paused", "n", count, "what", way(task), "percent", now.percent());
        }
        if (now.total() <= 0) {
            return Sentence.of("tasks.strip.bare", "n", count, "what", way(task));
        }
        if (now.bytesPerSecond() <= 0 || now.secondsLeft() < 0) {
            return Sentence.of("tasks.strip.percent", "n", count, "what", way(task), "percent", now.percent());
        }
        return Sentence.of(
                "tasks.strip.full",
                "n",
                count,
                "what",
                way(task),
                "percent",
                now.percent(),
                "speed",
                now.bytesPerSecond(),
                "left",
                TaskWords.rounded(now.secondsLeft()));
    }

    /** From where to where bytes go; one name where there is only one end. */
    private static String way(Task task) {
        String name = task.subject().name();
        String vault = task.subject().vaultName();
        if (vault.isEmpty() || vault.equals(name)) {
            return name;
        }
        return switch (task.type()) {
            case BACKUP, REPLICATE -> name + " → " + vault;
            case RESTORE, RESTORE_FILES -> vault + " → " + name;
            case MIGRATE -> name + ": " + vault;
            case DELETE, EXPAND, VERIFY, CLEAN_UP -> name;
        };
    }
}
