package org.coffer.window.restore;

import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;

/** The dialog that writes a new disk file out of a backup. */
final class CreateDiskView extends VBox {
    private static final double PREVIEW = 272;

    CreateDiskView(Kit kit, RestoreModel model) {
        super(16);
        var label = kit.label(kit.say("restore.file"), "strong");
        var help = kit.caption(kit.say("restore.file.help"));
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        var preview = new PlanView(kit, model);
        preview.setMinHeight(PREVIEW);
        preview.setPrefHeight(PREVIEW);
        getChildren()
                .addAll(
                        kit.column(4, label, FileField.withKinds(kit, model.file()), help),
                        RestoreView.verify(kit, model),
                        preview);
    }
}
