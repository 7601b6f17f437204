package org.coffer.window.kit;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/**
 * Joins a button and an act. JavaFX's disabled controls take neither hover nor focus, so they could never say why they
 * are grey; here an impossible act leaves its button in reach, dimmed, and hovering, pressing or Enter gives the reason.
 */
final class Unavailable {
    static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");

    private final Kit kit;
    private final ButtonBase button;
    private final Act act;
    private @Nullable Tooltip reason;

    private Unavailable(Kit kit, ButtonBase button, Act act) {
        this.kit = kit;
        this.button = button;
        this.act = act;
    }

    /** Gives {@code button} the act's words, icon, deed and reasons. */
    static <B extends ButtonBase> B wire(Kit kit, B button, Act act) {
        var joint = new Unavailable(kit, button, act);
        act.icon().ifPresent(icon -> button.setGraphic(icon.node()));
        joint.name(act.title().getValue());
        joint.show(act.whyNot().getValue());
        WhileShown.of(button).watch(act.title(), joint::name).watch(act.whyNot(), joint::show);
        button.setOnAction(event -> joint.fire());
        return button;
    }

    /** Gives {@code button} the act's words, deed and reason as they are now; nothing is followed. */
    static void show(Kit kit, ButtonBase button, Act act) {
        var joint = new Unavailable(kit, button, act);
        joint.name(act.title().getValue());
        button.setOnAction(event -> joint.fire());
    }

    private void name(Sentence title) {
        button.setText(kit.say(title));
        button.setAccessibleText(kit.say(title));
        show(act.whyNot().getValue());
    }

    private void show(Optional<Sentence> whyNot) {
        button.pseudoClassStateChanged(UNAVAILABLE, whyNot.isPresent());
        String words = whyNot.map(kit::say).orElse(null);
        button.setAccessibleHelp(words);
        if (words == null && button.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY) {
            words = kit.say(act.title().getValue());
        }
        if (words != null || button.getTooltip() != null) {
            // What was told does not hold any more.
            Optional.ofNullable(reason).ifPresent(Tooltip::hide);
            reason = words == null ? null : kit.tip(words);
            button.setTooltip(reason);
        }
    }

    private void fire() {
        if (act.possible()) {
            act.run();
        } else {
            tell();
        }
    }

    private void tell() {
        Bounds place = button.localToScreen(button.getLayoutBounds());
        if (reason != null && place != null) {
            reason.setAutoHide(true);
            // The click that takes it away does what it is meant for as well.
            reason.setConsumeAutoHidingEvents(false);
            reason.show(button, place.getMinX(), place.getMaxY() + 4);
        }
    }
}
