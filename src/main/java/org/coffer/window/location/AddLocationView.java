package org.coffer.window.location;

import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The content of the sheet that adds a folder. */
final class AddLocationView extends VBox {
    AddLocationView(Kit kit, AddLocationModel model) {
        super(16);
        TextField folder = kit.field(kit.say("locations.add.folder.prompt"));
        folder.textProperty().bindBidirectional(model.folder());
        HBox.setHgrow(folder, Priority.ALWAYS);
        var place = new HBox(8, folder, kit.button(model.choose()), kit.button(model.test()));
        TextField name = kit.field(kit.say("locations.add.name.prompt"));
        name.textProperty().bindBidirectional(model.name());
        var form = new Form(kit)
                .field("locations.add.folder", place, "locations.add.folder.help", model.problem("folder"))
                .field("locations.add.name", name, "locations.add.name.help", model.problem("name"))
                .field(
                        "locations.limit",
                        Limits.field(kit, model.limit()),
                        "locations.limit.help",
                        model.limitProblem());
        var failure = kit.prose("");
        failure.getStyleClass().add("danger-text");
        WhileShown.of(failure).watch(model.failureProperty(), problem -> {
            failure.setText(
                    problem.map(cause -> kit.text().explain(cause).line()).orElse(""));
            failure.setManaged(problem.isPresent());
        });
        getChildren()
                .addAll(
                        form,
                        kit.label(kit.say("locations.test.title"), "strong"),
                        new TrialView(kit, model.trial()),
                        failure);
        setSpacing(12);
    }
}
