package org.coffer.window.kit.form;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/**
 * A control with its label above and help below. Once the control was left, or the form was sent, its problem stands in
 * the place of the help, is the control's accessible help, and goes away as soon as it is mended.
 */
public final class Field extends VBox {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Kit kit;
    private final Node control;
    private final ObservableValue<Optional<Sentence>> problem;
    private final Label help;
    private final Label complaint;
    private final Node input;
    private boolean judged;

    Field(
            Kit kit,
            String labelKey,
            Node control,
            Optional<String> helpKey,
            ObservableValue<Optional<Sentence>> problem) {
        this.kit = kit;
        this.control = control;
        this.problem = problem;
        getStyleClass().add("field");
        setFillWidth(true);
        Label label = kit.label(kit.say(labelKey), "field-label");
        label.setLabelFor(control);
        input = input(control);
        input.setAccessibleText(label.getText());
        help = kit.label(helpKey.map(kit::say).orElse(""), "field-help");
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        complaint = kit.label("", "field-problem");
        complaint.setWrapText(true);
        complaint.setMinHeight(USE_PREF_SIZE);
        complaint.setGraphic(Icon.ERROR.node());
        getChildren().addAll(label, control, help, complaint);
        show();
        control.focusWithinProperty().subscribe(focused -> {
            if (!focused && control.getScene() != null) {
                judgeAfterLeaving();
            }
        });
        WhileShown.of(this).watch(problem, now -> show());
    }

    /** Shows its problem from now on, as after sending. */
    public void judge() {
        judged = true;
        show();
    }

    /** Whether something is wrong with it. */
    public boolean isWrong() {
        return problem.getValue().isPresent();
    }

    /** The control. */
    public Node control() {
        return control;
    }

    private void judgeAfterLeaving() {
        // The first focus of a form that opens and closes is no leaving.
        if (getScene() != null && getScene().getFocusOwner() != null) {
            judge();
        }
    }

    private void show() {
        Optional<Sentence> shown = judged ? problem.getValue() : Optional.empty();
        String words = shown.map(kit::say).orElse("");
        complaint.setText(words);
        see(complaint, shown.isPresent());
        see(help, shown.isEmpty() && !help.getText().isEmpty());
        control.pseudoClassStateChanged(DANGER, shown.isPresent());
        input.setAccessibleHelp(shown.isPresent() ? words : help.getText());
    }

    /** What takes the input: the control itself, or the first one among those beside a unit, a button or advice. */
    private static Node input(Node control) {
        return first(control).orElse(control);
    }

    private static Optional<Node> first(Node node) {
        if (node instanceof Pane pane) {
            return pane.getChildren().stream()
                    .map(Field::first)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return node instanceof Control && node.isFocusTraversable() ? Optional.of(node) : Optional.empty();
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
