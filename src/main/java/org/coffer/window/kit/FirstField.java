package org.coffer.window.kit;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import org.jspecify.annotations.Nullable;

/** Finds where the focus belongs when a form, a sheet or a step opens. */
public final class FirstField {
    private FirstField() {}

    /**
     * Gives the focus to the first control below {@code node} that takes input.
     *
     * @return false if there is none, or {@code node} is not in a window
     */
    public static boolean focus(Node node) {
        // What a scroll pane holds is in no window before the pane has its skin, and could not take the focus.
        node.applyCss();
        Node first = in(node);
        if (first == null || first.getScene() == null) {
            return false;
        }
        first.requestFocus();
        return true;
    }

    /** The first control below {@code node} that takes input and can be seen; null if there is none. */
    static @Nullable Node in(Node node) {
        boolean field = node instanceof TextInputControl
                || node instanceof ComboBoxBase<?>
                || node instanceof CheckBox
                || (node instanceof RadioButton radio && radio.isSelected())
                || node instanceof TableView<?>
                || node instanceof ListView<?>;
        if (field && node.isVisible() && !node.isDisabled() && node.isFocusTraversable()) {
            return node;
        }
        if (node instanceof ScrollPane scroll && scroll.getContent() != null) {
            return in(scroll.getContent());
        }
        if (node instanceof Parent parent && node.isVisible()) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = in(child);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
