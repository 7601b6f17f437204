package org.coffer.window.restore;

import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.restore.Target;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The path of the new disk file, typed or chosen, and of which kind it is where somebody may know kinds. */
public final class FileField extends VBox {
    /** The field of {@code file}, for those who know what a virtual machine wants. */
    public static FileField withKinds(Kit kit, DiskFile file) {
        var field = new FileField(kit, file);
        field.getChildren().add(kinds(kit, file));
        return field;
    }

    /** The field of {@code file}, which is of the kind that everything can use. */
    public FileField(Kit kit, DiskFile file) {
        super(8);
        TextField path = kit.field("");
        path.textProperty().bindBidirectional(file.pathProperty());
        path.setAccessibleText(kit.say("restore.file"));
        HBox.setHgrow(path, Priority.ALWAYS);
        Button choose = kit.button(Act.of("restore.choose", file::choose));
        choose.setMinWidth(USE_PREF_SIZE);
        getChildren().add(kit.row(path, choose));
    }

    private static HBox kinds(Kit kit, DiskFile file) {
        var group = new ToggleGroup();
        HBox row = kit.row();
        row.setSpacing(16);
        for (Target.Format one : Target.Format.values()) {
            RadioButton button = kit.radio(
                    kit.say("restore.file." + one.name().toLowerCase(Locale.ROOT)),
                    () -> file.formatProperty().set(one));
            button.setToggleGroup(group);
            WhileShown.of(button).watch(file.formatProperty(), now -> button.setSelected(now == one));
            row.getChildren().add(button);
        }
        return row;
    }
}
