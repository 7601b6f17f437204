package org.coffer.window.wizard;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/** Something that stands in the way, or has to be known before: the sentence, and below it the buttons that mend it. */
final class Trouble extends HBox {
    Trouble(Kit kit, Problem problem, Tone tone, Act... ways) {
        this(kit, Plainly.why(problem), tone, ways);
    }

    Trouble(Kit kit, Sentence words, Tone tone, Act... ways) {
        super(12);
        getStyleClass().addAll("notice", tone.styleClass());
        setAlignment(Pos.TOP_LEFT);
        var lines = new VBox(8, kit.prose(kit.say(words)));
        HBox.setHgrow(lines, Priority.ALWAYS);
        lines.setMinWidth(0);
        if (ways.length > 0) {
            var buttons = kit.row();
            for (Act act : ways) {
                buttons.getChildren().add(kit.small(kit.button(act)));
            }
            lines.getChildren().add(buttons);
        }
        getChildren()
                .addAll(
                        kit.icon(
                                tone == Tone.DANGER ? Icon.ERROR : tone == Tone.ATTENTION ? Icon.WARN : Icon.INFO,
                                tone),
                        lines);
        setMinHeight(USE_PREF_SIZE);
    }
}
