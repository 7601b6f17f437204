package org.coffer.window.location;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The four steps of a trial, each with its mark, and the cause where one failed. */
final class TrialView extends VBox {
    private final Kit kit;
    private final Trial trial;

    TrialView(Kit kit, Trial trial) {
        super(4);
        this.kit = kit;
        this.trial = trial;
        WhileShown.of(this)
                .watch(trial.stepsProperty(), steps -> show())
                .watch(trial.problemProperty(), problem -> show())
                .watch(trial.busyProperty(), busy -> show());
    }

    private void show() {
        getChildren().clear();
        List<TestStep> steps = trial.stepsProperty().get();
        for (TestStep.Act act : TestStep.Act.values()) {
            Optional<TestStep> done =
                    steps.stream().filter(step -> step.act() == act).findFirst();
            getChildren().add(line(act, done));
        }
        trial.problemProperty().get().ifPresent(this::explain);
        steps.stream().flatMap(step -> step.problem().stream()).forEach(this::explain);
    }

    private Label line(TestStep.Act act, Optional<TestStep> done) {
        Label label = kit.label(kit.text().word(act), "state");
        Tone tone = done.isEmpty() ? Tone.MUTED : done.get().passed() ? Tone.SUCCESS : Tone.DANGER;
        Icon icon = done.isEmpty()
                ? trial.busyProperty().get() ? Icon.BUSY : Icon.IN_USE
                : done.get().passed() ? Icon.DONE : Icon.CLOSE;
        label.setGraphic(icon.node());
        label.getStyleClass().add(tone.styleClass());
        String spoken = done.isEmpty()
                ? kit.say("locations.test.not-yet")
                : kit.say(done.get().passed() ? "locations.test.passed" : "locations.test.failed");
        label.setAccessibleText(label.getText() + ": " + spoken);
        return label;
    }

    private void explain(Problem problem) {
        var words = kit.text().explain(problem);
        var prose = kit.prose(words.line());
        prose.getStyleClass().add("danger-text");
        getChildren().add(prose);
    }
}
