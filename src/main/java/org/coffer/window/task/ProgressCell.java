package org.coffer.window.task;

import java.util.Map;
import java.util.UUID;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.CellView;
import org.jspecify.annotations.Nullable;

/** How far a task is while it runs, what came of it afterwards. Follows the live numbers, not the row. */
final class ProgressCell implements CellView<Task> {
    private static final double BAR = 48;

    private final Kit kit;
    private final ObservableValue<Map<UUID, Task>> live;
    private final Meter bar = Meter.progress(BAR, 0);
    private final Label words;
    private final HBox box;
    private @Nullable Task row;

    ProgressCell(Kit kit, ObservableValue<Map<UUID, Task>> live) {
        this.kit = kit;
        this.live = live;
        words = kit.label("", "may-clip");
        box = kit.row(bar, words);
        words.setMinWidth(0);
        WhileShown.of(box).watch(live, now -> repaint());
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(Task task) {
        row = task;
        repaint();
    }

    private void repaint() {
        Task known = row;
        if (known == null) {
            return;
        }
        Task now = live.getValue().getOrDefault(known.id(), known);
        boolean moving = now.status() == TaskStatus.RUNNING;
        boolean paused = now.status() == TaskStatus.PAUSED;
        bar.setVisible(moving || paused);
        bar.setManaged(moving || paused);
        bar.showProgress(now.progress().percent() / 100.0, paused);
        String said = TaskWords.standing(kit, now);
        words.setText(said);
        words.setAccessibleText(moving ? kit.say(spoken(now)) : said);
    }

    /** Screen readers hear every quarter, not every number. */
    private static Sentence spoken(Task task) {
        return Sentence.of("tasks.progress.percent", "percent", task.progress().percent() / 25 * 25);
    }
}
