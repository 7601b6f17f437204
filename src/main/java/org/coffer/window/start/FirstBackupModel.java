package org.coffer.window.start;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;

/** The first backup while it runs, and how it ended. */
final class FirstBackupModel implements AutoCloseable {
    private final Started started;
    private final Tasks tasks;
    private final Vaults vaults;
    private final Clock clock;
    private final Consumer<UUID> recoverySheet;
    private final Consumer<UUID> tryRestore;
    private final ReadOnlyObjectWrapper<State> state;
    private final BooleanProperty sheetOffered = new SimpleBooleanProperty(true);
    private final Events.Subscription events;
    private final Background.Line repeating;
    private final Bridge<Seen> bridge;
    private volatile List<UUID> followed;

    /** How the first backup is. */
    sealed interface State {
        /**
         * It runs.
         *
         * @param disks how many disks
         * @param share 0 to 1; of all disks together
         * @param bytesPerSecond the speed of all together
         * @param secondsLeft of the slowest; −1 while unknown
         */
        record Running(int disks, double share, long bytesPerSecond, long secondsLeft) implements State {}

        /**
         * It is done.
         *
         * @param disks how many disks
         * @param stored bytes that the vault holds
         * @param took how long it took
         * @param backup one of the new backups, to try a restore with
         */
        record Done(int disks, long stored, Duration took, Optional<UUID> backup) implements State {}

        /**
         * It did not succeed, at least for one disk.
         *
         * @param repeatable whether {@link #retry} can help
         */
        record Failed(Problem cause, boolean repeatable) implements State {}
    }

    /**
     * Follows a backup.
     *
     * @param recoverySheet lets the user save or print a vault's recovery sheet
     * @param tryRestore lets the user restore a backup
     */
    FirstBackupModel(
            Started started,
            Tasks tasks,
            Vaults vaults,
            Events events,
            Background background,
            Clock clock,
            Consumer<UUID> recoverySheet,
            Consumer<UUID> tryRestore) {
        this.started = started;
        this.followed = started.tasks();
        this.repeating = background.line();
        this.tasks = tasks;
        this.vaults = vaults;
        this.clock = clock;
        this.recoverySheet = recoverySheet;
        this.tryRestore = tryRestore;
        this.state =
                new ReadOnlyObjectWrapper<>(new State.Running(started.tasks().size(), 0, 0, -1));
        this.bridge = new Bridge<>(background, this::look, this::show, background::unhandled);
        this.events = events.subscribe(event -> {
            if (event instanceof Event.TaskChanged
                    || event instanceof Event.TasksProgressed
                    || event instanceof Event.VaultChanged) {
                bridge.changed();
            }
        });
        bridge.changed();
    }

    /** How it is. */
    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether the recovery sheet is still offered. */
    BooleanProperty sheetOffered() {
        return sheetOffered;
    }

    /** Saves or prints the recovery sheet. */
    Act sheet() {
        return Act.of("start.sheet.save", () -> recoverySheet.accept(started.vault()))
                .with(Icon.PRINT);
    }

    /** Puts the sheet off; the overview goes on asking for it. */
    Act later() {
        return Act.of("start.sheet.later", () -> sheetOffered.set(false));
    }

    /** Backs up once more what failed; what succeeded is kept. */
    Act retry() {
        return Act.of(
                        "tasks.retry",
                        () -> repeating.work(this::repeat).then(this::follow).start())
                .with(Icon.REFRESH);
    }

    private List<UUID> repeat() {
        return found().stream()
                .map(task -> tasks.retryable(task) ? tasks.retry(task.id()).id() : task.id())
                .toList();
    }

    private void follow(List<UUID> now) {
        followed = now;
        bridge.changed();
    }

    /** Tries a restore of what was just backed up. */
    Act tryRestore(UUID backup, Runnable close) {
        return Act.of("start.done.try", () -> {
                    close.run();
                    tryRestore.accept(backup);
                })
                .with(Icon.RESTORE);
    }

    @Override
    public void close() {
        events.close();
    }

    /** The state, and whether the sheet is saved by now. */
    private record Seen(State state, boolean sheetSaved) {}

    /** Shows a state. */
    void show(State now) {
        state.set(now);
    }

    private void show(Seen now) {
        show(now.state());
        if (now.sheetSaved()) {
            sheetOffered.set(false);
        }
    }

    private Seen look() {
        List<Task> all = found();
        Optional<Vault> vault = vaults.find(started.vault());
        return new Seen(state(all, vault), vault.flatMap(Vault::sheetSaved).isPresent());
    }

    private List<Task> found() {
        return followed.stream().flatMap(id -> tasks.find(id).stream()).toList();
    }

    private State state(List<Task> all, Optional<Vault> vault) {
        if (all.stream().anyMatch(task -> !task.status().ended())) {
            return running(all);
        }
        Optional<Problem> cause = all.stream()
                .filter(task -> task.status() != TaskStatus.SUCCEEDED)
                .map(task -> task.problem().orElse(Problem.of("task.canceled")))
                .findFirst();
        boolean repeatable = all.stream().anyMatch(tasks::retryable);
        return cause.<State>map(why -> new State.Failed(why, repeatable)).orElseGet(() -> done(all, vault));
    }

    private static State running(List<Task> all) {
        double share =
                all.stream().mapToDouble(FirstBackupModel::share).average().orElse(0);
        long speed = all.stream()
                .filter(task -> task.status() == TaskStatus.RUNNING)
                .mapToLong(task -> task.progress().bytesPerSecond())
                .sum();
        long left = all.stream()
                .filter(task -> !task.status().ended())
                .mapToLong(task -> task.progress().secondsLeft())
                .max()
                .orElse(-1);
        return new State.Running(all.size(), share, speed, left);
    }

    private static double share(Task task) {
        return task.status().ended() ? 1 : task.progress().percent() / 100.0;
    }

    private State done(List<Task> all, Optional<Vault> vault) {
        Instant from =
                all.stream().map(Task::created).min(Comparator.naturalOrder()).orElse(clock.instant());
        Instant to = all.stream()
                .flatMap(task -> task.ended().stream())
                .max(Comparator.naturalOrder())
                .orElse(clock.instant());
        return new State.Done(
                all.size(),
                stored(all, vault),
                Duration.between(from, to),
                all.stream().flatMap(task -> task.subject().backupId().stream()).findFirst());
    }

    /** What the vault holds; what the tasks wrote, while it has not been counted yet. */
    private static long stored(List<Task> all, Optional<Vault> vault) {
        long written = all.stream().mapToLong(task -> task.progress().stored()).sum();
        return vault.map(Vault::used).filter(used -> used > 0).orElse(written);
    }
}
