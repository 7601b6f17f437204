package org.coffer.window.location;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The content of the sheet that limits a location's speed. */
final class LimitView extends VBox {
    LimitView(Kit kit, LimitModel model) {
        super(12);
        Label failure = kit.prose("");
        failure.getStyleClass().add("danger-text");
        WhileShown.of(failure).watch(model.failureProperty(), problem -> {
            failure.setText(
                    problem.map(cause -> kit.text().explain(cause).line()).orElse(""));
            failure.setManaged(problem.isPresent());
        });
        getChildren()
                .addAll(
                        new Form(kit)
                                .field(
                                        "locations.limit",
                                        Limits.field(kit, model.limit()),
                                        "locations.limit.help",
                                        model.problem()),
                        failure);
    }
}
