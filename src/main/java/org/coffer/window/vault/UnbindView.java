package org.coffer.window.vault;

import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Unbinding;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** What becomes of the backups of disks that are unbound. */
final class UnbindView {
    private UnbindView() {}

    static Node of(Kit kit, UnbindModel model) {
        if (model.backups() == 0) {
            return new VBox(16, kit.prose(kit.say("vault.unbind.none")), again(kit, model));
        }
        var place = new StackPane();
        WhileShown.of(place).watch(model.frees(), bytes -> place.getChildren().setAll(choices(kit, model)));
        return new VBox(16, kit.prose(kit.say("vault.unbind.line")), again(kit, model), place);
    }

    /** Takes no room while there is nothing to say. */
    private static Node again(Kit kit, UnbindModel model) {
        var place = new StackPane();
        WhileShown.of(place).watch(model.again(), said -> {
            place.setVisible(said.isPresent());
            place.setManaged(said.isPresent());
            place.getChildren()
                    .setAll(said.map(kit::say).map(kit::prose).stream().toList());
        });
        return place;
    }

    private static Choices<Unbinding.Fate> choices(Kit kit, UnbindModel model) {
        int n = model.backups();
        String freed = kit.say(model.frees().get());
        return new Choices<>(kit, model.fate())
                .choice(
                        Unbinding.Fate.KEEP,
                        Icon.SHIELD,
                        kit.say("vault.unbind.keep", "n", n),
                        kit.say("vault.unbind.keep.help"))
                .choice(
                        Unbinding.Fate.TRASH,
                        Icon.OFF,
                        kit.say("vault.unbind.trash", "n", n),
                        kit.say("vault.unbind.trash.help", "days", BackupTrash.DAYS))
                .choice(Unbinding.Fate.DELETE, Icon.DELETE, kit.say("vault.unbind.delete", "n", n), freed);
    }
}
