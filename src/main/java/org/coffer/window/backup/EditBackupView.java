package org.coffer.window.backup;

import javafx.scene.control.TextField;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The sheet that changes a backup's name and description. */
final class EditBackupView {
    private final Kit kit;
    private final EditBackupModel model;

    EditBackupView(Kit kit, EditBackupModel model) {
        this.kit = kit;
        this.model = model;
    }

    Form form() {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.nameProperty());
        TextField description = kit.field(kit.say("backup.description.prompt"));
        description.textProperty().bindBidirectional(model.descriptionProperty());
        var form = new Form(kit)
                .field("backup.name", name, model.nameProblem())
                .field("backup.description", description, model.descriptionProblem());
        // What the service refuses is known only after sending, when the fields were judged already.
        WhileShown.of(form).watch(model.nameProblem(), now -> now.ifPresent(cause -> form.judge()));
        WhileShown.of(form).watch(model.descriptionProblem(), now -> now.ifPresent(cause -> form.judge()));
        return form;
    }
}
