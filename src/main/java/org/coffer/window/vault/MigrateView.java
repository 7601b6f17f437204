package org.coffer.window.vault;

import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** Where disks move to, and what that means. */
final class MigrateView {
    private MigrateView() {}

    static Node of(Kit kit, MigrateModel model) {
        ComboBox<Vault> box = kit.choice(
                model.targets(),
                vault -> kit.say("vault.migrate.named", "name", vault.name(), "location", vault.locationName()));
        box.setMaxWidth(Double.MAX_VALUE);
        box.setPromptText(kit.say("vault.migrate.choose"));
        box.setOnAction(event -> model.target().set(java.util.Optional.ofNullable(box.getValue())));
        WhileShown.of(box).watch(model.target(), chosen -> box.setValue(chosen.orElse(null)));
        var lines = new VBox(8);
        WhileShown.of(lines)
                .watch(
                        model.found(),
                        found -> lines.getChildren()
                                .setAll(found.lines().stream()
                                        .map(line -> kit.prose(kit.say(line)))
                                        .toList()));
        return new VBox(16, new Form(kit).field("vault.migrate.to", box), lines);
    }
}
