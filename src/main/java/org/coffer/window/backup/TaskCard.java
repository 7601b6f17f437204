package org.coffer.window.backup;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.task.TaskStates;
import org.coffer.window.task.TaskWords;

/** The task that works on a backup, or made it: state, progress, steps. */
final class TaskCard extends VBox {
    private final Kit kit;

    TaskCard(Kit kit, BackupDetailsModel model) {
        super(8);
        this.kit = kit;
        getStyleClass().add("card");
        WhileShown.of(this).watch(model.whole(), this::fill);
    }

    private void fill(Optional<BackupDetailsModel.Whole> now) {
        getChildren().setAll(kit.label(kit.say("backup.task"), "strong"));
        Optional<Task> task = now.flatMap(BackupDetailsModel.Whole::task);
        if (task.isEmpty()) {
            getChildren().add(kit.label(kit.say("backup.task.none"), "muted"));
            return;
        }
        getChildren().add(head(task.get()));
        now.ifPresent(whole -> whole.steps().forEach(step -> getChildren().add(line(step))));
    }

    private Node head(Task task) {
        var row = kit.row(
                kit.label(kit.text().word(task.type())),
                kit.state(TaskStates.of(task)),
                kit.copyable(task.id().toString().substring(0, 8)));
        if (task.status().ended()) {
            var took = kit.caption(
                    kit.say("backup.task.took", "took", task.took(task.ended().orElse(task.created()))));
            row.getChildren().addAll(kit.spacer(), took);
        } else {
            double share = task.progress().percent() / 100.0;
            var bar = Meter.progress(96, share);
            bar.showProgress(share, task.status() == TaskStatus.PAUSED);
            row.getChildren().addAll(bar, kit.label(kit.say(TaskWords.progress(task))));
        }
        return row;
    }

    private Node line(TaskStep step) {
        var at = kit.caption(kit.formats().second(step.at()));
        at.setMinWidth(USE_PREF_SIZE);
        var words = kit.prose(TaskWords.step(kit, step));
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, at, words);
        row.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        return row;
    }
}
