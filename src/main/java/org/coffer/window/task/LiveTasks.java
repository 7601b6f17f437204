package org.coffer.window.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.task.Tasks;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;

/** The tasks that have not ended, with numbers that move at most four times a second. */
public final class LiveTasks {
    private final Events events;
    private final Bridge<List<Task>> bridge;
    private final ReadOnlyObjectWrapper<List<Task>> open = new ReadOnlyObjectWrapper<>(List.of());

    /** Looks at {@code tasks} while it is followed. */
    public LiveTasks(Tasks tasks, Events events, Background background) {
        this.events = events;
        this.bridge = new Bridge<>(background, tasks::open, open::set, background::unhandled);
    }

    /** All of them, oldest first. */
    public ObservableValue<List<Task>> open() {
        return open.getReadOnlyProperty();
    }

    /** Those that work on a backup, by the backup's ID. */
    public ObservableValue<Map<UUID, Task>> byBackup() {
        return open().map(tasks -> {
            Map<UUID, Task> found = new HashMap<>();
            tasks.forEach(task -> task.subject().backupId().ifPresent(backup -> found.put(backup, task)));
            return found;
        });
    }

    /** Keeps the numbers moving until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.TaskChanged || event instanceof Event.TasksProgressed) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }
}
