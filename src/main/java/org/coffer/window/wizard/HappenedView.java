package org.coffer.window.wizard;

import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.form.Choices;

/** What happened? Five cards; a click on one is the answer. */
final class HappenedView extends VBox {
    HappenedView(Kit kit, WizardModel model, Runnable goOn) {
        super(16);
        var choices = new Choices<>(kit, model.happenedProperty()).onPick(goOn);
        for (Happened one : Happened.values()) {
            choices.choice(one, one.icon(), kit.say(one.key()), kit.say(one.key() + ".help"));
        }
        getChildren().addAll(kit.prose(kit.say("wizard.happened.calm")), choices);
    }
}
