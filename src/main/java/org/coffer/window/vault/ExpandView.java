package org.coffer.window.vault;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.coffer.console.location.Location;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** By how much a vault grows. */
final class ExpandView {
    private ExpandView() {}

    static Form of(Kit kit, ExpandModel model) {
        TextField by = kit.field("");
        by.setMaxWidth(160);
        by.textProperty().bindBidirectional(model.by());
        Label result = kit.following(kit.prose(""), model.result());
        Label free = kit.caption("");
        WhileShown.of(free)
                .watch(
                        model.location(),
                        place -> free.setText(place.map(Location::freeBytes)
                                .filter(bytes -> bytes >= 0)
                                .map(bytes -> kit.say("vault.expand.free", "bytes", bytes))
                                .orElse("")));
        return new Form(kit)
                .field("vault.expand.by", kit.row(by, kit.label(kit.say("unit.gb"))), model.problem())
                .add(kit.column(4, result, free));
    }
}
