package org.coffer.window.kit.table;

import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.PauseTransition;
import javafx.animation.TranslateTransition;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;
import org.coffer.window.kit.Motion;
import org.coffer.window.kit.WhileShown;

/** Two pixels on top of a table while it loads: old rows stay, nothing moves down. Short loads never show it. */
final class RefreshBar extends Pane {
    private static final Duration PATIENCE = Duration.millis(200);

    private final Region run = new Region();
    private final TranslateTransition motion = new TranslateTransition(Duration.millis(1200), run);
    private final PauseTransition patience = new PauseTransition(PATIENCE);

    RefreshBar(ObservableValue<Boolean> busy) {
        getStyleClass().add("refresh-bar");
        run.getStyleClass().add("run");
        getChildren().add(run);
        setMouseTransparent(true);
        setVisible(false);
        var clip = new Rectangle(0, 2);
        clip.widthProperty().bind(widthProperty());
        setClip(clip);
        motion.setInterpolator(Interpolator.LINEAR);
        motion.setCycleCount(Animation.INDEFINITE);
        patience.setOnFinished(event -> appear());
        WhileShown.of(this).watch(busy, this::react).add(() -> motion::stop);
    }

    private void react(boolean busy) {
        if (busy) {
            patience.playFromStart();
        } else {
            patience.stop();
            motion.stop();
            setVisible(false);
        }
    }

    private void appear() {
        setVisible(true);
        boolean still = Motion.reduced();
        run.resize(still ? getWidth() : getWidth() * 0.3, 2);
        run.setTranslateX(0);
        if (!still) {
            motion.setFromX(-getWidth() * 0.3);
            motion.setToX(getWidth());
            motion.playFromStart();
        }
    }
}
