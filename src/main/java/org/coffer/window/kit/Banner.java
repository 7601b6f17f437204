package org.coffer.window.kit;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** One message across a page: icon, sentence, acts. For verdicts, causes, failed loads. */
public final class Banner extends HBox {
    private static final double LOWEST = 44;

    /** A message; {@code acts} stand at the right, the first as a button. */
    public Banner(Kit kit, Icon icon, Tone tone, String headline, String rest, List<Act> acts) {
        getStyleClass().addAll("banner", tone.styleClass());
        var head = kit.label(headline, "strong");
        head.setWrapText(true);
        var words = kit.column(2, head);
        if (!rest.isEmpty()) {
            words.getChildren().add(kit.prose(rest));
        }
        words.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(icon.node(), words);
        for (Act act : acts) {
            Button button = getChildren().size() == 2 ? kit.button(act) : kit.flat(act);
            button.setMinWidth(USE_PREF_SIZE); // Long sentences wrap instead.
            getChildren().add(button);
        }
    }

    /** Long sentences make it higher; a full page never squeezes it. */
    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.max(LOWEST, super.computePrefHeight(width));
    }

    /** A problem in place: what, why, what to do; {@code retry} and <em>Copy details</em>. */
    public static Banner of(Kit kit, Problem problem, Act retry, Act copyDetails) {
        Text.Explanation words = kit.text().explain(problem);
        String rest = words.rest();
        return new Banner(kit, Icon.ERROR, Tone.DANGER, words.what(), rest, List.of(retry, copyDetails));
    }
}
