package org.coffer.window.kit;

import javafx.animation.PauseTransition;
import javafx.scene.control.Hyperlink;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.util.Duration;

/** A value that one click copies; <em>Copied</em> stands in its place for a moment. */
final class Copyable extends Hyperlink {
    private static final Duration SAID = Duration.seconds(1.5);

    Copyable(Kit kit, String value) {
        super(value);
        Kit.plain(this);
        getStyleClass().addAll("caption", "copyable");
        setTooltip(kit.tip(kit.say("kit.copy.tip")));
        setAccessibleText(kit.say("kit.copy.spoken", "value", value));
        var back = new PauseTransition(SAID);
        back.setOnFinished(event -> setText(value));
        setOnAction(event -> {
            setMinWidth(getWidth());
            copy(value);
            setText(kit.say("kit.copied"));
            back.playFromStart();
        });
    }

    /** Puts {@code value} on the clipboard. */
    static void copy(String value) {
        var content = new ClipboardContent();
        content.putString(value);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
