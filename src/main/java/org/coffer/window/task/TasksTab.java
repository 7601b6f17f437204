package org.coffer.window.task;

import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;

/** The list of tasks as a tab of a vault's page. */
public final class TasksTab {
    private TasksTab() {}

    /** A tab over {@code model}. */
    public static PageTab over(TaskListModel model) {
        return new ListTab(
                        "tasks",
                        "tasks.title",
                        model.rows().totalProperty(),
                        model.queryProperty(),
                        Act.of("tasks.refresh", model::refresh).with(Icon.REFRESH),
                        kit -> new TaskListView(kit, model))
                .onShown(model::refresh);
    }
}
