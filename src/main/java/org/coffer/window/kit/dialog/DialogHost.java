package org.coffer.window.kit.dialog;

import atlantafx.base.controls.ModalPane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import javafx.animation.FadeTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.coffer.window.kit.Motion;
import org.jspecify.annotations.Nullable;

/**
 * The root of a scene: the page below, boxes above it. While a box is open everything below is disabled, because Tab
 * would otherwise walk on behind it; when it closes, the focus returns to where it came from.
 */
public final class DialogHost extends StackPane {
    private final StackPane page = new StackPane();
    private final StackPane floating = new StackPane();
    private final Deque<Layer> layers = new ArrayDeque<>();

    private record Layer(ModalPane pane, @Nullable Node opener, Runnable closed) {}

    /** A host without a page. */
    public DialogHost() {
        page.getStyleClass().add("below");
        floating.setPickOnBounds(false);
        getChildren().addAll(page, floating);
    }

    /** The page below. */
    public void setPage(Node node) {
        page.getChildren().setAll(node);
    }

    /** Something that floats over the page and under boxes, such as toasts. */
    public void addFloating(Node node, Pos place) {
        StackPane.setAlignment(node, place);
        floating.getChildren().add(node);
    }

    /** Whether a box is open. */
    public boolean isOpen() {
        return !layers.isEmpty();
    }

    /** Opens a box above all that is there; {@code closed} is called when {@link #close} took it away. */
    void open(Node box, Runnable closed) {
        Node opener = getScene() == null ? null : getScene().getFocusOwner();
        below().setDisable(true);
        var pane = new ModalPane();
        pane.setPersistent(true);
        pane.setInTransitionFactory(content -> {
            var fade = new FadeTransition(Motion.brief(), content);
            fade.setFromValue(Motion.reduced() ? 1 : 0);
            fade.setToValue(1);
            return fade;
        });
        pane.setOutTransitionFactory(null);
        pane.setAlignment(Pos.CENTER);
        layers.push(new Layer(pane, opener, closed));
        getChildren().add(pane);
        // The pane's skin must be there before it is told to show something.
        pane.applyCss();
        pane.show(box);
    }

    /** Closes the box on top. */
    void close() {
        Layer top = layers.pop();
        getChildren().remove(top.pane());
        below().setDisable(false);
        if (top.opener() != null && Objects.equals(top.opener().getScene(), getScene())) {
            top.opener().requestFocus();
        }
        top.closed().run();
    }

    /**
     * Closes every box, from the top down, unanswered: the window goes away. Whoever waits for an answer gets none, and
     * nothing of the window is kept alive by the waiting.
     */
    public void closeAll() {
        while (isOpen()) {
            close();
        }
    }

    private Node below() {
        return layers.isEmpty() ? page : layers.peek().pane();
    }
}
