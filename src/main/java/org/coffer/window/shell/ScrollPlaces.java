package org.coffer.window.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.VirtualFlow;

/** How far everything in a view was scrolled, to be carried over to the same view in another language. */
final class ScrollPlaces {
    private final List<Double> places = new ArrayList<>();

    /** Notes the places in {@code view}. */
    ScrollPlaces(Node view) {
        walk(view, node -> {
            if (node instanceof ScrollPane pane) {
                places.add(pane.getVvalue());
            } else if (node instanceof VirtualFlow<?> flow) {
                places.add(flow.getPosition());
            }
        });
    }

    /** Scrolls {@code view} to the same places; its skins must be there. */
    void restore(Node view) {
        var left = new ArrayList<>(places);
        walk(view, node -> {
            if (left.isEmpty()) {
                return;
            }
            if (node instanceof ScrollPane pane) {
                pane.setVvalue(left.removeFirst());
            } else if (node instanceof VirtualFlow<?> flow) {
                flow.setPosition(left.removeFirst());
            }
        });
    }

    private static void walk(Node node, java.util.function.Consumer<Node> visitor) {
        visitor.accept(node);
        if (node instanceof VirtualFlow<?>) {
            return;
        }
        if (node instanceof ScrollPane pane && pane.getContent() != null) {
            walk(pane.getContent(), visitor);
        } else if (node instanceof Parent parent) {
            List.copyOf(parent.getChildrenUnmodifiable()).forEach(child -> walk(child, visitor));
        }
    }
}
