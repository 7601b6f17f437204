package org.coffer.window.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.ProgressView;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** What runs now: object, progress, cancel. A task keeps its line while its numbers change. */
final class RunningView extends VBox {
    private static final int MOST = 5;

    private final Kit kit;
    private final OverviewModel model;
    private final Map<UUID, Line> lines = new LinkedHashMap<>();

    private record Line(HBox node, ObjectProperty<ProgressView.Progress> progress) {}

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
            lines.computeIfAbsent(task.id(), id -> line(task)).progress().set(progress(task));
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
        var progress = new SimpleObjectProperty<>(progress(task));
        var name = kit.label(
                kit.say(
                        "overview.running.what",
                        "type",
                        kit.text().word(task.type()),
                        "name",
                        task.subject().name()),
                "may-clip");
        var words = kit.column(2, name, new ProgressView(kit, 48, progress));
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        var cancel = kit.small(kit.flat(model.cancel(task).with(Icon.CANCELED)));
        cancel.setMinWidth(USE_PREF_SIZE);
        return new Line(kit.row(words, cancel), progress);
    }

    private static ProgressView.Progress progress(Task task) {
        Progress now = task.progress();
        if (task.status() != TaskStatus.RUNNING) {
            return new ProgressView.Progress(
                    0, Sentence.of("word.task.status." + task.status().name().toLowerCase(Locale.ROOT)));
        }
        if (now.total() <= 0) {
            return new ProgressView.Progress(
                    0, Sentence.of("word.work.stage." + now.stage().name().toLowerCase(Locale.ROOT)));
        }
        double share = (double) now.done() / now.total();
        Sentence words = now.secondsLeft() < 0 || now.bytesPerSecond() == 0
                ? Sentence.of("overview.running.percent", "p", now.percent())
                : Sentence.of(
                        "overview.running.numbers",
                        "p",
                        now.percent(),
                        "speed",
                        now.bytesPerSecond(),
                        "left",
                        now.secondsLeft());
        return new ProgressView.Progress(share, words);
    }
}
