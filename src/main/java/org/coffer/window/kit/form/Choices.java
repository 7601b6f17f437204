package org.coffer.window.kit.form;

import javafx.beans.property.ObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/**
 * Large choices with a sentence each, for wizards: one is already chosen, arrow keys move, Enter and a double click go on.
 *
 * @param <T> what is chosen
 */
public final class Choices<T> extends VBox {
    private static final PseudoClass IMPOSSIBLE = PseudoClass.getPseudoClass("unavailable");

    private final Kit kit;
    private final ObjectProperty<T> chosen;
    private final ToggleGroup group = new ToggleGroup();
    private Runnable goOn = () -> {};
    private int clicks = 2;

    /** No choices yet; {@code chosen} holds what is chosen. */
    public Choices(Kit kit, ObjectProperty<T> chosen) {
        super(8);
        this.kit = kit;
        this.chosen = chosen;
    }

    /** What a double click does. */
    public Choices<T> onGoOn(Runnable next) {
        goOn = next;
        return this;
    }

    /** What a single click does, where the choice is all that is asked; arrow keys still only move. */
    public Choices<T> onPick(Runnable next) {
        goOn = next;
        clicks = 1;
        return this;
    }

    /** What cannot be chosen now: it stays in reach, dimmed, and says why in place of its sentence. */
    public Choices<T> impossible(Icon icon, String title, String reason) {
        var card = new Button();
        card.getStyleClass().setAll("choice-card");
        card.pseudoClassStateChanged(IMPOSSIBLE, true);
        card.setGraphic(words(icon, title, reason));
        card.setAccessibleText(title);
        card.setAccessibleHelp(reason);
        card.setTooltip(kit.tip(reason));
        card.setMaxWidth(Double.MAX_VALUE);
        getChildren().add(card);
        return this;
    }

    /** A choice; {@code detail} is a sentence, or empty. */
    public Choices<T> choice(T value, Icon icon, String title, String detail) {
        RadioButton button = kit.radio("", () -> chosen.set(value));
        button.getStyleClass().setAll("toggle-button", "choice-card");
        button.setGraphic(words(icon, title, detail));
        button.setAccessibleText(title);
        button.setAccessibleHelp(detail);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setToggleGroup(group);
        button.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getClickCount() == clicks) {
                goOn.run();
            }
        });
        // The button would take Enter for itself; here it goes on, as it does in a field.
        button.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                chosen.set(value);
                goOn.run();
                event.consume();
            }
        });
        WhileShown.of(button).watch(chosen, now -> button.setSelected(value.equals(now)));
        getChildren().add(button);
        return this;
    }

    private Region words(Icon icon, String title, String detail) {
        var words = kit.column(2, kit.label(title, "choice-title"));
        if (!detail.isEmpty()) {
            Label sentence = kit.label(detail, "muted");
            sentence.setWrapText(true);
            sentence.setMinHeight(USE_PREF_SIZE);
            words.getChildren().add(sentence);
        }
        words.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var row = kit.row(icon.large(), words);
        row.setSpacing(16);
        return row;
    }

    // ---- A button does not ask its graphic how high it is at the width that there is, so a sentence of two lines
    // would be cut.

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        fit(width);
        return super.computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        fit(getWidth());
        super.layoutChildren();
    }

    private void fit(double width) {
        for (Node child : getManagedChildren()) {
            if (child instanceof ButtonBase card && card.getGraphic() instanceof Region words) {
                Insets edge = card.getInsets();
                double room = width - getInsets().getLeft() - getInsets().getRight() - edge.getLeft() - edge.getRight();
                if (room > 0) {
                    card.setPrefHeight(words.prefHeight(room) + edge.getTop() + edge.getBottom());
                }
            }
        }
    }
}
