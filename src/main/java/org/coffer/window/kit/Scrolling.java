package org.coffer.window.kit;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ScrollPane.ScrollBarPolicy;

/**
 * Pages that fill their place and can be scrolled where they are higher.
 *
 * <p>JavaFX shows a bar beside content that fills the height only if that is too high even with no line wrapped
 * ({@code ScrollPaneSkin.determineVerticalSBVisible} asks for its height without a width). A page of wrapped lines that is a little too
 * high would end below the edge, with nothing to show it; here the height that it really has decides.
 */
public final class Scrolling {
    private Scrolling() {}

    /** Lets the content that {@code pane} has fill its width and height, with a bar at the right wherever it is higher. */
    public static void fill(ScrollPane pane) {
        pane.setFitToWidth(true);
        pane.setFitToHeight(true);
        Node content = pane.getContent();
        content.layoutBoundsProperty().addListener(changed -> show(pane, content));
        pane.viewportBoundsProperty().addListener(changed -> show(pane, content));
    }

    private static void show(ScrollPane pane, Node content) {
        boolean higher =
                content.getLayoutBounds().getHeight() > pane.getViewportBounds().getHeight() + 1;
        ScrollBarPolicy policy = higher ? ScrollBarPolicy.ALWAYS : ScrollBarPolicy.AS_NEEDED;
        if (pane.getVbarPolicy() != policy) {
            // A layout that is asked for while one is under way is forgotten.
            Platform.runLater(() -> pane.setVbarPolicy(policy));
        }
    }
}
