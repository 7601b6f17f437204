package org.coffer.window.wizard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.layout.VBox;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** The disks of which there are backups, as cards; a click on one is the answer. */
final class DisksView extends VBox {
    private final Kit kit;
    private final DisksModel model;
    private final Runnable goOn;

    DisksView(Kit kit, DisksModel model, Runnable goOn) {
        super(8);
        this.kit = kit;
        this.model = model;
        this.goOn = goOn;
        WhileShown.of(this).watch(model.disksProperty(), this::show);
    }

    private void show(List<SavedDisk> disks) {
        var choices = new Choices<>(kit, model.chosenProperty()).onPick(goOn);
        for (SavedDisk disk : disks) {
            Icon icon = disk.role() == Disk.Role.SYSTEM ? Icon.COMPUTER : Icon.DISK;
            if (disk.newest().isEmpty()) {
                choices.impossible(icon, disk.name(), kit.say("wizard.what.disk.none"));
            } else {
                choices.choice(Optional.of(disk), icon, disk.name(), details(disk));
            }
        }
        getChildren().setAll(choices);
    }

    private String details(SavedDisk disk) {
        String role = kit.say(disk.role() == Disk.Role.SYSTEM ? "wizard.what.role.system" : "wizard.what.role.data");
        String saved = kit.say(
                "wizard.what.disk.saved",
                "n",
                disk.backups(),
                "at",
                disk.newest().orElse(Instant.EPOCH),
                "bytes",
                disk.capacity(),
                "role",
                role);
        return disk.attached() ? saved : saved + " " + kit.say("wizard.what.disk.away");
    }
}
