package org.coffer.window.wizard;

import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.engine.work.Stage;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.ProgressView;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.task.TaskWords;

/** How far it is: comparing, restoring, checking; with the ways to hold it still and to stop it. */
final class ProgressStepView extends VBox {
    private static final double BAR = 320;

    private final Kit kit;
    private final OutcomeModel model;
    private final ObjectProperty<ProgressView.Progress> progress =
            new SimpleObjectProperty<>(new ProgressView.Progress(0, Sentence.data("")));
    private final Label doing;
    private final HBox stages = new HBox(8);
    private final Label leave;

    ProgressStepView(Kit kit, OutcomeModel model) {
        super(24);
        this.kit = kit;
        this.model = model;
        doing = kit.prose("");
        doing.getStyleClass().add("section");
        stages.setAlignment(Pos.CENTER_LEFT);
        leave = kit.prose("");
        ObservableValue<Sentence> pauseWords = model.stateProperty()
                .map(state -> Sentence.of(isPaused(state) ? "wizard.progress.go-on" : "wizard.progress.pause"));
        Button pause = kit.button(
                Act.of(pauseWords, model::pauseOrGoOn).with(Icon.PAUSE).unless(whyNotPause()));
        WhileShown.of(pause)
                .watch(
                        model.stateProperty(),
                        state -> pause.setGraphic((isPaused(state) ? Icon.RUN : Icon.PAUSE).node()));
        var stop = kit.button(Act.of("wizard.progress.stop", model::stop).with(Icon.STOP));
        getChildren().addAll(doing, stages, new ProgressView(kit, BAR, progress), kit.row(pause, stop), leave);
        WhileShown.of(this).watch(model.stateProperty(), this::show);
    }

    private static boolean isPaused(OutcomeModel.State state) {
        return state instanceof OutcomeModel.State.Running running
                && running.task().status() == TaskStatus.PAUSED;
    }

    private ObservableValue<Optional<Sentence>> whyNotPause() {
        return model.stateProperty().map(state -> {
            if (!(state instanceof OutcomeModel.State.Running running)) {
                return Optional.of(Sentence.of("wizard.progress.not-yet"));
            }
            boolean possible = running.pausable() || isPaused(state);
            return possible ? Optional.empty() : Optional.of(Sentence.of("wizard.progress.not-yet"));
        });
    }

    private void show(OutcomeModel.State state) {
        if (!(state instanceof OutcomeModel.State.Running running)) {
            return;
        }
        Task task = running.task();
        doing.setText(kit.say(running.doing()));
        progress.set(new ProgressView.Progress(
                task.progress().percent() / 100.0, TaskWords.progress(task), isPaused(state)));
        leave.setText(kit.say(isPaused(state) ? "wizard.progress.leave.paused" : "wizard.progress.leave"));
        paintStages(task.progress().stage());
    }

    private void paintStages(Stage now) {
        stages.getChildren().clear();
        Steps at = Steps.of(now);
        boolean past = true;
        for (Steps one : Steps.values()) {
            past &= one != at;
            if (!stages.getChildren().isEmpty()) {
                stages.getChildren().add(Icon.NEXT.node());
            }
            Label words = kit.label(kit.say(one.key()), one == at ? "strong" : "muted");
            if (past) {
                words.setGraphic(Icon.DONE.node());
            }
            stages.getChildren().add(words);
        }
    }

    /** What a restore does, as people are told. */
    private enum Steps {
        COMPARING,
        RESTORING,
        CHECKING;

        static Steps of(Stage stage) {
            return switch (stage) {
                case WAITING, PREPARING, COMPARING, COLLECTING -> COMPARING;
                case COPYING, RESTORING, PUBLISHING -> RESTORING;
                case CHECKING, GROWING -> CHECKING;
            };
        }

        String key() {
            return "wizard.progress." + name().toLowerCase(Locale.ROOT);
        }
    }
}
