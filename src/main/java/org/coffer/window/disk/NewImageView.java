package org.coffer.window.disk;

import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.form.Form;

/** The fields for an image file. */
final class NewImageView {
    private NewImageView() {}

    static Form of(Kit kit, NewImageModel model) {
        TextField path = kit.field(kit.say("disks.image.path.prompt"));
        path.textProperty().bindBidirectional(model.path());
        HBox.setHgrow(path, Priority.ALWAYS);
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.name());
        return new Form(kit)
                .field(
                        "disks.image.path",
                        kit.row(path, kit.button(Act.of("disks.image.browse", model::browse))),
                        "disks.image.path.help",
                        model.pathProblem())
                .field("disks.image.name", name, model.nameProblem())
                .field("disks.image.role", roles(kit, model), "disks.image.role.help");
    }

    private static HBox roles(Kit kit, NewImageModel model) {
        var group = new ToggleGroup();
        HBox row = kit.row();
        row.setSpacing(24);
        for (Disk.Role role : new Disk.Role[] {Disk.Role.DATA, Disk.Role.SYSTEM}) {
            RadioButton button =
                    kit.radio(kit.text().word(role), () -> model.role().set(role));
            button.setToggleGroup(group);
            button.setSelected(model.role().get() == role);
            row.getChildren().add(button);
        }
        return row;
    }
}
