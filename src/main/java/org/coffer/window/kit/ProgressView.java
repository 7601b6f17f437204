package org.coffer.window.kit;

import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** A bar with its numbers beside it, repainted at most four times a second and announced every 25 %. */
public final class ProgressView extends HBox {
    private static final Duration SHORTEST = Duration.millis(250);

    /**
     * What is shown.
     *
     * @param share 0 to 1
     * @param numbers the numbers in words, such as <em>62 %  180 MB/s  2 min left</em>
     * @param still whether it is paused, so that the bar is muted
     */
    public record Progress(double share, Sentence numbers, boolean still) {
        /** Something that moves. */
        public Progress(double share, Sentence numbers) {
            this(share, numbers, false);
        }
    }

    private final Kit kit;
    private final Meter bar;
    private final Label numbers;
    private final PauseTransition rest = new PauseTransition(SHORTEST);
    private @Nullable Progress waiting;
    private int quarter;
    private int paints;

    /** A view that follows {@code progress} while it is shown. */
    public ProgressView(Kit kit, double barWidth, ObservableValue<Progress> progress) {
        super(8);
        this.kit = kit;
        bar = Meter.progress(barWidth, 0);
        numbers = kit.label("");
        setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(bar, numbers);
        rest.setOnFinished(event -> paintWaiting());
        WhileShown.of(this).watch(progress, this::offer);
    }

    private void offer(Progress now) {
        if (rest.getStatus() == javafx.animation.Animation.Status.RUNNING) {
            waiting = now;
        } else {
            paint(now);
        }
    }

    private void paintWaiting() {
        Progress last = waiting;
        waiting = null;
        if (last != null) {
            paint(last);
        }
    }

    private void paint(Progress now) {
        paints++;
        bar.showProgress(now.share(), now.still());
        numbers.setText(kit.say(now.numbers()));
        int reached = (int) (now.share() * 4);
        if (reached != quarter) {
            quarter = reached;
            numbers.setAccessibleText(numbers.getText());
            numbers.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
        rest.playFromStart();
    }

    /** How often it painted, for tests. */
    int paints() {
        return paints;
    }
}
