package org.coffer.window.vault;

import javafx.scene.control.TextField;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.form.Form;

/** The fields for a vault's name and description. */
final class RenameView {
    private RenameView() {}

    static Form of(Kit kit, RenameModel model) {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.name());
        TextField description = kit.field("");
        description.textProperty().bindBidirectional(model.description());
        return new Form(kit)
                .field("vault.name", name, "vault.name.help", model.nameProblem())
                .field("vault.description", description, model.descriptionProblem());
    }
}
