package org.coffer.window.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.window.picture.ClippedText;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page in a place of 300 by 200: four lines fit, and do not once each of them is wrapped. */
class ScrollingTest {
    private static final String SHORT = "A few words.";
    private static final String LONG =
            "So many words that a line of three hundred points does not do for them. ".repeat(3);

    private final VBox page = Fx.call(VBox::new);
    private final ScrollPane pane = Fx.call(() -> new ScrollPane(page));
    private Stage stage;

    @BeforeEach
    void aPage() {
        stage = Fx.call(() -> {
            Scrolling.fill(pane);
            var window = new Stage(StageStyle.UNDECORATED);
            window.setScene(new Scene(pane, 300, 200));
            window.show();
            return window;
        });
    }

    @AfterEach
    void close() {
        Fx.close(stage);
    }

    private void says(String line) {
        Fx.run(() -> page.getChildren().setAll(List.of(label(line), label(line), label(line), label(line))));
        Fx.pulses(4);
    }

    private static Label label(String words) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private boolean hasBar() {
        return Fx.call(() -> pane.lookupAll(".scroll-bar").stream()
                .anyMatch(node -> node instanceof ScrollBar bar
                        && bar.getOrientation() == Orientation.VERTICAL
                        && bar.isVisible()));
    }

    @Test
    void whatIsTooHighOnlyBecauseItsLinesAreWrappedHasABar() {
        says(LONG);
        assertThat(hasBar()).isTrue();
        assertThat(Fx.call(() -> ClippedText.in(pane))).isEmpty();
    }

    @Test
    void whatFitsFillsItsPlaceWithoutOneAlsoAfterItDidNot() {
        says(LONG);
        says(SHORT);
        assertThat(hasBar()).isFalse();
        assertThat(Fx.call(page::getHeight))
                .isEqualTo(Fx.call(() -> pane.getViewportBounds().getHeight()));
    }

    @Test
    void aPageThatEndsBelowTheEdgeWithoutABarIsFound() {
        Fx.run(() -> {
            pane.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            pane.vbarPolicyProperty().addListener(changed -> pane.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER));
        });
        says(LONG);
        assertThat(Fx.call(() -> ClippedText.in(pane))).hasSize(1);
    }
}
