package org.coffer.window.restore;

import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;

/** The path of the new disk file, typed or chosen. */
final class FileField extends HBox {
    FileField(Kit kit, RestoreModel model) {
        super(8);
        TextField path = kit.field("");
        path.textProperty().bindBidirectional(model.pathProperty());
        path.setAccessibleText(kit.say("restore.file"));
        HBox.setHgrow(path, Priority.ALWAYS);
        getChildren().addAll(path, kit.button(Act.of("restore.choose", model::chooseFile)));
    }
}
