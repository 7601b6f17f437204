package org.coffer.window.opened;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** Something to be typed or handed on, whole, with a button that copies it. */
final class CopyLine extends VBox {
    /**
     * A line.
     *
     * @param label what it is
     * @param value what is copied
     * @param copied holds what was copied last, of several lines
     */
    CopyLine(Kit kit, String label, String value, ObjectProperty<Optional<String>> copied) {
        super(2);
        var words = kit.label(value, "mono");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var button = kit.small(kit.button(Act.of(
                        copied.map(last ->
                                Sentence.of(last.filter(value::equals).isPresent() ? "kit.copied" : "opened.copy")),
                        () -> {
                            Details.copy(value);
                            copied.set(Optional.of(value));
                        })
                .with(Icon.COPY)));
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleHelp(label + ": " + value);
        var row = new HBox(12, words, button);
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(kit.caption(label), row);
    }
}
