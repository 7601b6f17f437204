package org.coffer.window.location;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.coffer.console.location.Address;
import org.coffer.console.location.TestReport;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The steps of a trial, each with its mark, and the cause where one failed. */
final class TrialView extends VBox {
    private static final int COLUMNS = 4;

    private final Kit kit;
    private final Trial trial;

    TrialView(Kit kit, Trial trial) {
        super(4);
        this.kit = kit;
        this.trial = trial;
        WhileShown.of(this)
                .watch(trial.actsProperty(), acts -> show())
                .watch(trial.reportProperty(), report -> show())
                .watch(trial.problemProperty(), problem -> show())
                .watch(trial.busyProperty(), busy -> show());
    }

    private void show() {
        getChildren().clear();
        List<TestStep> steps =
                trial.reportProperty().get().map(TestReport::steps).orElse(List.of());
        // The cause first: where a form leaves little room, the steps are what may be below.
        trial.problemProperty().get().ifPresent(this::explain);
        steps.stream().flatMap(step -> step.problem().stream()).forEach(this::explain);
        trial.reportProperty()
                .get()
                .flatMap(TrialView::listDelay)
                .ifPresent(most -> getChildren().add(kit.prose(kit.say("locations.list-delay.found", "time", most))));
        var tiles = new TilePane(8, 4);
        tiles.setPrefColumns(COLUMNS);
        tiles.setTileAlignment(Pos.CENTER_LEFT);
        for (TestStep.Act act : trial.actsProperty().get()) {
            tiles.getChildren()
                    .add(line(
                            act,
                            steps.stream().filter(step -> step.act() == act).findFirst()));
        }
        getChildren().add(tiles);
    }

    private static Optional<Duration> listDelay(TestReport report) {
        return report.usable() && report.address() instanceof Address.Bucket bucket
                ? bucket.listDelay()
                : Optional.empty();
    }

    private Label line(TestStep.Act act, Optional<TestStep> done) {
        Label label = kit.label(kit.text().word(act), "state");
        Optional<TestStep.Result> result = done.map(TestStep::result);
        label.setGraphic(icon(result).node());
        label.getStyleClass().add(tone(result).styleClass());
        label.setAccessibleText(label.getText() + ": " + kit.text().word(result.orElse(TestStep.Result.SKIPPED)));
        return label;
    }

    private Icon icon(Optional<TestStep.Result> result) {
        return switch (result.orElse(TestStep.Result.SKIPPED)) {
            case PASSED -> Icon.DONE;
            case FAILED -> Icon.CLOSE;
            case ABSENT -> Icon.IN_USE;
            case SKIPPED -> trial.busyProperty().get() ? Icon.BUSY : Icon.IN_USE;
        };
    }

    private static Tone tone(Optional<TestStep.Result> result) {
        return switch (result.orElse(TestStep.Result.SKIPPED)) {
            case PASSED -> Tone.SUCCESS;
            case FAILED -> Tone.DANGER;
            case ABSENT, SKIPPED -> Tone.MUTED;
        };
    }

    private void explain(Problem problem) {
        var words = kit.text().explain(problem);
        var prose = kit.prose(words.line());
        prose.getStyleClass().add("danger-text");
        getChildren().add(prose);
    }
}
