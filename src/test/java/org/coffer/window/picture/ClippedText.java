package org.coffer.window.picture;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Finds words that do not fit their place: labels whose drawn text differs from their text (an ellipsis), and labels
 * that end outside their parent. Names typed by users carry the style class {@code may-clip} and are left out.
 */
public final class ClippedText {
    private ClippedText() {}

    /** One line for every clipped text below {@code root}; empty when all is well. */
    public static List<String> in(Parent root) {
        var found = new ArrayList<String>();
        // What changed since the last pulse is not drawn yet.
        root.applyCss();
        root.layout();
        walk(root, found);
        return found;
    }

    private static void walk(Node node, List<String> found) {
        if (!node.isVisible() || node.getStyleClass().contains("may-clip")) {
            return;
        }
        if (node instanceof Labeled label
                && label.getText() != null
                && !label.getText().isEmpty()) {
            check(label, found);
        }
        if (node instanceof ScrollPane scroll && scroll.getContent() != null) {
            reachable(scroll, found);
            walk(scroll.getContent(), found);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, found));
        }
    }

    /** What ends below the edge can be scrolled to, and that is seen. */
    private static void reachable(ScrollPane pane, List<String> found) {
        double height = pane.getContent().getLayoutBounds().getHeight();
        boolean bar = pane.lookupAll(".scroll-bar").stream()
                .anyMatch(node -> node instanceof ScrollBar one
                        && pane.equals(one.getParent())
                        && one.getOrientation() == Orientation.VERTICAL
                        && one.isVisible());
        if (height > pane.getViewportBounds().getHeight() + 1 && !bar) {
            found.add("a page ends below the edge of its place, and has no bar");
        }
    }

    private static void check(Labeled label, List<String> found) {
        if (label.getWidth() == 0 && label.getHeight() == 0) {
            return;
        }
        for (Node child : label.getChildrenUnmodifiable()) {
            if (child instanceof Text text && !(text instanceof FontIcon) && text.isVisible()) {
                String drawn = text.getText();
                if (!drawn.equals(label.getText()) && !drawn.isEmpty()) {
                    found.add("\"" + label.getText() + "\" is drawn \"" + drawn + "\"");
                } else if (text.getBoundsInParent().getWidth() > label.getWidth() + 1) {
                    found.add("\"" + label.getText() + "\" is wider than its place");
                }
            }
        }
        if (label.isWrapText() && label.getHeight() + 1 < label.prefHeight(label.getWidth())) {
            found.add("\"" + label.getText() + "\" needs more lines than it has");
        }
        outside(label, found);
    }

    private static void outside(Labeled label, List<String> found) {
        Parent parent = label.getParent();
        if (parent == null || !label.isManaged() || parent.getLayoutBounds().getWidth() == 0) {
            return;
        }
        var place = label.getBoundsInParent();
        boolean inside = place.getMaxX() <= parent.getLayoutBounds().getWidth() + 5 && place.getMinX() >= -5;
        if (!inside && parent.getStyleClass().stream().noneMatch(name -> name.equals("sheet"))) {
            found.add("\"" + label.getText() + "\" ends outside its parent");
        }
    }
}
