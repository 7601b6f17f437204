package org.coffer.window.vault;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** Which disks bind themselves to a vault, with those that would now. */
final class AutoBindView {
    private AutoBindView() {}

    static Form of(Kit kit, AutoBindModel model) {
        CheckBox on = kit.checkBox(kit.say("vault.auto-bind.on"));
        on.selectedProperty().bindBidirectional(model.on());
        TextField pattern = kit.field("*");
        pattern.textProperty().bindBidirectional(model.pattern());
        TextField folder = kit.field(kit.say("vault.auto-bind.folder.prompt"));
        folder.textProperty().bindBidirectional(model.folder());
        HBox.setHgrow(folder, Priority.ALWAYS);
        Node choose = kit.iconButton(
                Act.of("vault.auto-bind.folder.choose", model::choose).with(Icon.FILE_SYSTEM));
        Label now = kit.prose("");
        now.setMinHeight(Region.USE_PREF_SIZE);
        WhileShown.of(now)
                .watch(
                        model.matches(),
                        matches -> now.setText(
                                matches.map(disks -> words(kit, disks)).orElse("")));
        var rule = new Form(kit)
                .field("vault.auto-bind.pattern", pattern, "vault.auto-bind.pattern.help", model.problem())
                .field("vault.auto-bind.folder", kit.row(folder, choose))
                .add(now);
        WhileShown.of(rule).watch(model.on(), seen -> {
            rule.setVisible(seen);
            rule.setManaged(seen);
        });
        return new Form(kit)
                .add(kit.prose(kit.say("vault.auto-bind.help")))
                .add(on)
                .include(rule);
    }

    private static String words(Kit kit, List<Disk> disks) {
        if (disks.isEmpty()) {
            return kit.say("vault.auto-bind.none");
        }
        return kit.say(
                "vault.auto-bind.now",
                "n",
                disks.size(),
                "names",
                disks.stream().map(Disk::name).toList());
    }
}
