package org.coffer.window.backup;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.window.kit.Kit;

/** How large a backup is, in words (B9): each number says what it counts, and an estimate is called one. */
final class SizesCard extends VBox {
    SizesCard(Kit kit, Backup backup) {
        super(8);
        getStyleClass().add("card");
        getChildren().add(kit.label(kit.say("backup.sizes"), "strong"));
        Backup.Sizes sizes = backup.sizes();
        if (backup.finishedAt().isEmpty()) {
            getChildren().add(kit.prose(kit.say("backup.sizes.unknown", "capacity", sizes.capacity())));
            return;
        }
        Label line = kit.prose(kit.say(
                "backup.sizes.line", "capacity", sizes.capacity(), "added", sizes.added(), "frees", sizes.freesNow()));
        line.getStyleClass().add("strong");
        getChildren().add(line);
        getChildren().add(kit.prose(kit.say("backup.sizes.logical", "bytes", sizes.logical())));
        getChildren()
                .add(kit.prose(kit.say(
                        backup.storedFull() ? "backup.sizes.added.full" : "backup.sizes.added.incremental",
                        "bytes",
                        sizes.added())));
        long later = Math.max(0, sizes.onlyHere() - sizes.freesNow());
        if (later > 0) {
            getChildren().add(kit.prose(kit.say("backup.sizes.later", "bytes", later)));
        }
        var why = kit.prose(kit.say("backup.sizes.why"));
        why.getStyleClass().add("caption");
        getChildren().add(why);
    }
}
