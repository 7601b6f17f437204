package org.coffer.window.task;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.coffer.console.task.Task;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.CellView;
import org.jspecify.annotations.Nullable;

/** The mark at the start of a row that opens the panel below the table. */
final class ToggleCell implements CellView<Task> {
    private final TaskListModel model;
    private final Button button;
    private final StackPane place;
    private @Nullable Task row;

    ToggleCell(Kit kit, TaskListModel model) {
        this.model = model;
        button = kit.small(
                kit.iconButton(Act.of("tasks.panel.open", this::toggle).with(Icon.NEXT)));
        button.setFocusTraversable(false);
        button.getStyleClass().add("row-toggle");
        place = new StackPane(button);
        var state = Bindings.createBooleanBinding(
                this::open, model.panelProperty(), model.rows().selectedProperty());
        WhileShown.of(place).watch(state, now -> paint());
    }

    @Override
    public Node node() {
        return place;
    }

    @Override
    public void show(Task task) {
        row = task;
        paint();
    }

    private void toggle() {
        Task task = row;
        if (task != null) {
            model.toggle(task);
        }
    }

    private boolean open() {
        Task task = row;
        return task != null
                && model.panelProperty().get()
                && model.rows()
                        .selectedProperty()
                        .get()
                        .filter(task.id().toString()::equals)
                        .isPresent();
    }

    private void paint() {
        button.setGraphic((open() ? Icon.DOWN : Icon.NEXT).node());
    }
}
