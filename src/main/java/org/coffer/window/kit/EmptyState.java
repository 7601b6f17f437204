package org.coffer.window.kit;

import javafx.geometry.Pos;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Stands where nothing is yet: a line picture, one sentence, one button. */
public final class EmptyState extends VBox {
    /** From this height, in pixels, there is room for the picture too; below it the words and the button stand alone. */
    private static final double PICTURED = 228;

    /** A picture of {@code icon}, {@code words}, and {@code start} if there is something to start. */
    public EmptyState(Kit kit, Icon icon, String words, @Nullable Act start) {
        this(kit, icon, words);
        if (start != null) {
            getChildren().add(kit.button(start));
        }
    }

    private EmptyState(Kit kit, Icon icon, String words) {
        getStyleClass().add("empty");
        var circle = new StackPane(icon.picture());
        circle.getStyleClass().add("circle");
        var sentence = kit.prose(words);
        sentence.setAlignment(Pos.CENTER);
        sentence.setTextAlignment(TextAlignment.CENTER);
        sentence.setMaxWidth(440);
        getChildren().addAll(circle, sentence);
        // A table is no lower than what it shows while it is empty, and would push its end out of a low window.
        setMinHeight(0);
        heightProperty().subscribe(height -> {
            boolean room = height.doubleValue() <= 0 || height.doubleValue() >= PICTURED;
            circle.setManaged(room);
            circle.setVisible(room);
        });
    }

    /** The same on a page without another primary button: what it starts is the one thing to do there. */
    public static EmptyState withPrimary(Kit kit, Icon icon, String words, Act start) {
        var empty = new EmptyState(kit, icon, words);
        empty.getChildren().add(kit.primary(start));
        return empty;
    }
}
