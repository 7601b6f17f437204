package org.coffer.window.kit.form;

import javafx.beans.property.ObjectProperty;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/**
 * Large choices with a sentence each, for wizards: one is already chosen, arrow keys move, a double click goes on.
 *
 * @param <T> what is chosen
 */
public final class Choices<T> extends VBox {
    private final Kit kit;
    private final ObjectProperty<T> chosen;
    private final ToggleGroup group = new ToggleGroup();
    private Runnable goOn = () -> {};

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

    /** A choice; {@code detail} is a sentence, or empty. */
    public Choices<T> choice(T value, Icon icon, String title, String detail) {
        RadioButton button = kit.radio("", () -> chosen.set(value));
        button.getStyleClass().setAll("toggle-button", "choice-card");
        var words = kit.column(2, kit.label(title, "choice-title"));
        if (!detail.isEmpty()) {
            words.getChildren().add(kit.label(detail, "muted"));
        }
        words.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var row = kit.row(icon.large(), words);
        row.setSpacing(16);
        button.setGraphic(row);
        button.setAccessibleText(title);
        button.setAccessibleHelp(detail);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setToggleGroup(group);
        button.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getClickCount() == 2) {
                goOn.run();
            }
        });
        WhileShown.of(button).watch(chosen, now -> button.setSelected(value.equals(now)));
        getChildren().add(button);
        return this;
    }
}
