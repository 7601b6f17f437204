package org.coffer.window.shell;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

/** Finds nodes in a view. */
final class Nodes {
    private Nodes() {}

    /** The first node of {@code type} that is seen, depth first. */
    static <N extends Node> Optional<N> first(Node root, Class<N> type) {
        if (!root.isVisible()) {
            return Optional.empty();
        }
        if (type.isInstance(root)) {
            return Optional.of(type.cast(root));
        }
        if (root instanceof ScrollPane scroll && scroll.getContent() != null) {
            return first(scroll.getContent(), type);
        }
        if (root instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Optional<N> found = first(child, type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The first node that takes focus by Tab. */
    static Optional<Node> firstFocusable(Node root) {
        if (!root.isVisible() || root.isDisabled()) {
            return Optional.empty();
        }
        if (root.isFocusTraversable()) {
            return Optional.of(root);
        }
        if (root instanceof Parent parent) {
            return parent.getChildrenUnmodifiable().stream()
                    .map(Nodes::firstFocusable)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    /** Whether {@code node} is {@code ancestor} or inside it. */
    static boolean isWithin(@org.jspecify.annotations.Nullable Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
