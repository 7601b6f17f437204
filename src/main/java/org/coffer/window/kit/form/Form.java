package org.coffer.window.kit.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * Fields one below the other. Problems come from the model as sentences, one observable per field; the form decides
 * when they are shown. Ctrl+Enter sends.
 */
public final class Form extends VBox {
    private static final ObservableValue<Optional<Sentence>> FINE =
            new ReadOnlyObjectWrapper<>(Optional.<Sentence>empty()).getReadOnlyProperty();

    private final Kit kit;
    private final List<Field> fields = new ArrayList<>();
    private Runnable unfold = () -> {};

    /** An empty form. */
    public Form(Kit kit) {
        this.kit = kit;
        getStyleClass().add("form");
    }

    /** A field with help below. */
    public Form field(String labelKey, Node control, String helpKey, ObservableValue<Optional<Sentence>> problem) {
        getChildren().add(make(labelKey, control, Optional.of(helpKey), problem));
        return this;
    }

    /** A field without help. */
    public Form field(String labelKey, Node control, ObservableValue<Optional<Sentence>> problem) {
        getChildren().add(make(labelKey, control, Optional.empty(), problem));
        return this;
    }

    /** A field that cannot be wrong. */
    public Form field(String labelKey, Node control) {
        return field(labelKey, control, FINE);
    }

    /** A field with help that cannot be wrong. */
    public Form field(String labelKey, Node control, String helpKey) {
        return field(labelKey, control, helpKey, FINE);
    }

    /** The last {@code count} fields side by side, equally wide. */
    public Form sideBySide(int count) {
        int from = getChildren().size() - count;
        List<Node> last = List.copyOf(getChildren().subList(from, getChildren().size()));
        getChildren().remove(from, getChildren().size());
        var row = new GridPane();
        row.setHgap(16);
        var column = new ColumnConstraints();
        column.setPercentWidth(100.0 / count);
        for (Node node : last) {
            row.getColumnConstraints().add(column);
            row.addRow(0, node);
            GridPane.setValignment(node, VPos.TOP);
        }
        getChildren().add(row);
        return this;
    }

    /** Anything else. */
    public Form add(Node node) {
        getChildren().add(node);
        return this;
    }

    /** Another form's fields as a part of this one, such as those that are only there sometimes. */
    public Form include(Form part) {
        fields.addAll(part.fields);
        return add(part);
    }

    /** Rarely used fields, folded under <em>More options</em>. */
    public Form more(Form rare) {
        rare.setVisible(false);
        rare.setManaged(false);
        fields.addAll(rare.fields);
        Hyperlink link = kit.link(Act.of("kit.form.more", () -> {}).with(Icon.NEXT));
        link.getStyleClass().add("form-more");
        link.setOnAction(event -> unfold(link, rare, !rare.isVisible()));
        // What is wrong has to be seen.
        unfold = () -> {
            if (rare.fields.stream().anyMatch(Field::isWrong)) {
                unfold(link, rare, true);
            }
        };
        getChildren().addAll(link, rare);
        return this;
    }

    private static void unfold(Hyperlink link, Form rare, boolean open) {
        rare.setVisible(open);
        rare.setManaged(open);
        link.setGraphic((open ? Icon.DOWN : Icon.NEXT).node());
    }

    /** Sends with Ctrl+Enter (⌘ on macOS): shows all problems, and does {@code act} if there are none. */
    public Form sentBy(Act act) {
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                event.consume();
                if (judge()) {
                    act.run();
                }
            }
        });
        return this;
    }

    /** Shows every problem and goes to the first; true if there is none. */
    public boolean judge() {
        fields.forEach(Field::judge);
        unfold.run();
        Optional<Field> wrong = fields.stream().filter(Field::isWrong).findFirst();
        wrong.map(Field::control).ifPresent(control -> {
            control.requestFocus();
            reveal(control);
        });
        return wrong.isEmpty();
    }

    /** Scrolls to a control that is outside of what is seen. */
    private static void reveal(Node control) {
        Node around = control;
        while (around != null && !(around instanceof ScrollPane)) {
            around = around.getParent();
        }
        if (around instanceof ScrollPane scroll) {
            scroll.applyCss();
            scroll.layout();
            Node content = scroll.getContent();
            Bounds there = content.sceneToLocal(control.localToScene(control.getLayoutBounds()));
            double seen = scroll.getViewportBounds().getHeight();
            double hidden = content.getLayoutBounds().getHeight() - seen;
            double top = scroll.getVvalue() * hidden;
            if (hidden > 0 && (there.getMinY() < top || there.getMaxY() > top + seen)) {
                scroll.setVvalue(Math.clamp((there.getCenterY() - seen / 2) / hidden, 0, 1));
            }
        }
    }

    /** An act that sends this form: it shows what is wrong instead, if anything is. */
    public Act sending(Act act) {
        Act sends = Act.of(act.title(), () -> {
                    if (judge()) {
                        act.run();
                    }
                })
                .unless(act.whyNot());
        return act.dangerous() ? sends.asDangerous() : sends;
    }

    private Field make(
            String labelKey, Node control, Optional<String> helpKey, ObservableValue<Optional<Sentence>> problem) {
        var field = new Field(kit, labelKey, control, helpKey, problem);
        fields.add(field);
        return field;
    }
}
