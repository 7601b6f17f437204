package org.coffer.window.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.ProgressView;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.Words;
import org.coffer.window.task.TaskWords;

/** What runs now: object, progress, pause, cancel. A task keeps its line while its numbers change. */
final class RunningView extends VBox {
    private static final int MOST = 5;

    private final Kit kit;
    private final OverviewModel model;
    private final Map<UUID, Line> lines = new LinkedHashMap<>();

    private record Line(HBox node, ObjectProperty<Task> task) {}

    RunningView(Kit kit, OverviewModel model) {
        super(8);
        this.kit = kit;
        this.model = model;
        WhileShown.of(this).watch(model.runningProperty(), this::show);
    }

    private void show(List<Task> tasks) {
        List<Task> shown = tasks.subList(0, Math.min(MOST, tasks.size()));
        lines.keySet().removeIf(id -> shown.stream().noneMatch(task -> task.id().equals(id)));
        for (Task task : shown) {
            lines.computeIfAbsent(task.id(), id -> line(task)).task().set(task);
        }
        if (shown.isEmpty()) {
            getChildren().setAll(kit.label(kit.say("overview.running.none"), "muted"));
            return;
        }
        List<HBox> nodes = lines.values().stream().map(Line::node).toList();
        if (!getChildren().equals(nodes)) {
            getChildren().setAll(nodes);
        }
        if (tasks.size() > MOST) {
            getChildren().add(kit.caption(kit.say("overview.more", "n", tasks.size() - MOST)));
        }
    }

    private Line line(Task task) {
        var now = new SimpleObjectProperty<>(task);
        var name = kit.label(
                kit.say(
                        "overview.running.what",
                        "type",
                        kit.text().word(task.type()),
                        "name",
                        task.subject().name()),
                "may-clip");
        var words = kit.column(2, name, new ProgressView(kit, 48, now.map(RunningView::progress)));
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        var cancel = kit.small(kit.iconButton(model.cancel(task).with(Icon.CANCELED)));
        var hold = kit.small(kit.iconButton(model.hold(now).with(Icon.PAUSE)));
        var row = kit.row(words, hold, cancel);
        WhileShown.of(row).watch(now, current -> {
            hold.setGraphic((current.status() == TaskStatus.PAUSED ? Icon.RUN : Icon.PAUSE).node());
            hold.setVisible(model.holdable(current));
            hold.setManaged(model.holdable(current));
        });
        return new Line(row, now);
    }

    private static ProgressView.Progress progress(Task task) {
        return switch (task.status()) {
            case RUNNING -> new ProgressView.Progress(task.progress().percent() / 100.0, TaskWords.progress(task));
            case PAUSED -> new ProgressView.Progress(task.progress().percent() / 100.0, TaskWords.progress(task), true);
            default -> new ProgressView.Progress(0, Words.of(task.status()));
        };
    }
}
