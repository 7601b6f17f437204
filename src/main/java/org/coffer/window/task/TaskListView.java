package org.coffer.window.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** Filters, the table of tasks, and the panel docked below it. Whoever places it draws title and search. */
public final class TaskListView extends VBox {
    private final Kit kit;
    private final TaskListModel model;

    /** A view of {@code model}. */
    public TaskListView(Kit kit, TaskListModel model) {
        super(8);
        this.kit = kit;
        this.model = model;
        setMinHeight(0);
        TablePane<Task> table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        var panel = new TaskPanel(kit, model);
        getChildren().addAll(filters(table), table, panel);
        WhileShown.of(this).watch(model.panelProperty(), open -> {
            panel.setVisible(open);
            panel.setManaged(open);
        });
        WhileShown.of(this).add(model::follow);
    }

    private FilterBar filters(TablePane<Task> table) {
        return new FilterBar(kit)
                .filter("tasks.column.type", model.types(), all(TaskType.values()), kit.text()::word)
                .filter("tasks.column.state", model.statuses(), all(TaskStatus.values()), kit.text()::word)
                .choice("tasks.column.started", model.sinceProperty(), all(Since.values()), span -> kit.say(span.key()))
                .chip("tasks.filter.disk", model.aboutProperty(), TaskListModel.About::name)
                .chip("tasks.filter.day", model.dayProperty(), java.time.LocalDate::toString)
                .columns(table);
    }

    private static <T> ObservableValue<List<T>> all(T[] values) {
        return new SimpleObjectProperty<>(List.of(values));
    }

    private TablePane<Task> table() {
        var builder = new TableBuilder<>(kit, model.ofOneVault() ? "vault-tasks" : "tasks", model.rows())
                .custom("panel", 40, () -> new ToggleCell(kit, model))
                .title("=")
                .tight()
                .text("type", 104, task -> kit.text().word(task.type()))
                .title("tasks.column.type")
                .text("object", 124, task -> task.subject().name())
                .title("tasks.column.object")
                .grows();
        if (!model.ofOneVault()) {
            builder.text("vault", 108, task -> task.subject().vaultName()).title("tasks.column.vault");
        }
        return builder.state("state", 104, TaskStates::of)
                .title("tasks.column.state")
                .custom("result", 232, () -> new ProgressCell(kit, model.live()))
                .title("tasks.column.result")
                .hover(this::whole)
                .text("started", 120, this::started)
                .title("tasks.column.started")
                .hover(task -> kit.formats().fullTime(task.started().orElse(task.created())))
                .number("took", 88, this::took)
                .title("tasks.column.took")
                .actions(96, 1, this::acts)
                .title("tasks.column.actions")
                .onOpen(model::toggle)
                .onKey(
                        KeyCode.DELETE,
                        task -> acts(task).stream()
                                .filter(Act::dangerous)
                                .findFirst()
                                .ifPresent(Act::run))
                .dated(model::find)
                .empty(Icon.TASK, "tasks.empty", null)
                .onClearFilters(model::clearFilters)
                .build();
    }

    private String whole(Task task) {
        return task.problem()
                .map(problem -> kit.text().explain(problem).line())
                .orElseGet(() -> TaskWords.result(kit, task));
    }

    private String started(Task task) {
        return task.started().map(at -> kit.formats().time(at)).orElse("—");
    }

    private String took(Task task) {
        return task.ended().isEmpty() || task.started().isEmpty()
                ? "—"
                : kit.formats().duration(task.took(task.ended().get()));
    }

    private List<Act> acts(Task task) {
        var acts = new ArrayList<Act>();
        if (TaskListModel.failed(task)) {
            acts.add(Act.of("tasks.retry", () -> model.retry(task)).with(Icon.REFRESH));
        } else if (TaskListModel.stoppable(task)) {
            Act cancel = Act.of("tasks.cancel", () -> model.cancel(task)).with(Icon.STOP);
            // What cannot be held still now says why in the menu, and leaves the row to what can be done.
            acts.addAll(model.holdable(task) ? List.of(model.hold(task), cancel) : List.of(cancel, model.hold(task)));
        } else {
            acts.add(Act.of("tasks.details", () -> model.toggle(task)).with(Icon.INFO));
        }
        acts.add(Act.of("tasks.copy", () -> TaskCopy.copy(kit, task)).with(Icon.COPY));
        Optional<Sentence> keep =
                TaskListModel.failed(task) ? Optional.empty() : Optional.of(Sentence.of("tasks.delete.only-failed"));
        acts.add(Act.of("tasks.delete", () -> model.deleteRecord(task))
                .with(Icon.DELETE)
                .asDangerous()
                .unless(keep));
        return acts;
    }
}
