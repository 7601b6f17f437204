package org.coffer.window.task;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageTab;

/** The list of tasks as a tab of a vault's page. */
public final class TasksTab implements PageTab {
    private final TaskListModel model;

    /** A tab over {@code model}. */
    public TasksTab(TaskListModel model) {
        this.model = model;
    }

    @Override
    public String id() {
        return "tasks";
    }

    @Override
    public String titleKey() {
        return "tasks.title";
    }

    @Override
    public ObservableValue<? extends Number> count() {
        return model.rows().totalProperty();
    }

    @Override
    public StringProperty query() {
        return model.queryProperty();
    }

    @Override
    public Act refresh() {
        return Act.of("tasks.refresh", model::refresh).with(Icon.REFRESH);
    }

    @Override
    public Optional<Act> primary() {
        return Optional.empty();
    }

    @Override
    public Node content(Kit kit) {
        return new TaskListView(kit, model);
    }

    @Override
    public void shown() {
        model.refresh();
    }
}
