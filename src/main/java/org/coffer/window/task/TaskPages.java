package org.coffer.window.task;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.coffer.console.event.Events;
import org.coffer.console.task.Tasks;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Group;
import org.coffer.window.shell.PageEntry;
import org.coffer.window.shell.Pages;

/** Everything that the window shows of tasks, put together. */
public final class TaskPages {
    private final Tasks tasks;
    private final Events events;
    private final Desk desk;
    private final StripModel strip;

    /**
     * Pages over {@code tasks}.
     *
     * @param watched whether the tasks are in front of the user now, so that no news of them is needed
     */
    public TaskPages(Tasks tasks, Events events, Desk desk, BooleanSupplier watched) {
        this.tasks = tasks;
        this.events = events;
        this.desk = desk;
        this.strip = new StripModel(tasks, events, desk, watched);
    }

    /** Adds the page to the navigation, with the number of unseen failures beside it. */
    public void register(Pages pages) {
        pages.add(PageEntry.top(
                        TasksPage.ID,
                        "tasks.title",
                        Group.OPERATION,
                        Icon.TASK,
                        route -> new TasksPage(list(Optional.empty()), strip))
                .badge(strip.unseenProperty()));
    }

    /** The list of one vault's tasks. */
    public PageTab tab(UUID vault) {
        return TasksTab.over(list(Optional.of(vault)));
    }

    /** What the whole window says of tasks; to be followed for as long as it lives. */
    public StripModel strip() {
        return strip;
    }

    private TaskListModel list(Optional<UUID> vault) {
        return new TaskListModel(tasks, events, desk, vault);
    }
}
