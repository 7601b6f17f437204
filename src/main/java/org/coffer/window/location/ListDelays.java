package org.coffer.window.location;

import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.coffer.window.kit.Kit;

/** The field for how long the lists of a bucket may lag, with its unit. */
final class ListDelays {
    private static final double FIELD = 160;

    private ListDelays() {}

    static Node field(Kit kit, StringProperty minutes) {
        TextField field = kit.field(kit.say("locations.list-delay.prompt"));
        field.setMaxWidth(FIELD);
        field.setAccessibleText(kit.say("locations.list-delay"));
        field.textProperty().bindBidirectional(minutes);
        return kit.row(field, kit.label(kit.say("locations.list-delay.unit")));
    }
}
