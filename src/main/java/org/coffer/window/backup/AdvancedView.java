package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Origin;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.form.Form;

/** The sheet that asks for search conditions. */
final class AdvancedView {
    private final Kit kit;
    private final AdvancedModel model;

    AdvancedView(Kit kit, AdvancedModel model) {
        this.kit = kit;
        this.model = model;
    }

    Form form() {
        return new Form(kit)
                .field("backups.advanced.name", text(model.name, ""))
                .field("backups.advanced.id", text(model.id, ""))
                .sideBySide(2)
                .field("backups.advanced.disk-name", text(model.diskName, ""))
                .field("backups.advanced.disk-id", text(model.diskId, ""))
                .sideBySide(2)
                .field("backups.advanced.vault-id", text(model.vaultId, ""))
                .field("backups.advanced.kind", choice(model.kind, Kind.values()))
                .sideBySide(2)
                .field("backups.advanced.from", text(model.from, "2026-01-31"), model.problem(model.from))
                .field("backups.advanced.until", text(model.until, "2026-12-31"), model.problem(model.until))
                .sideBySide(2)
                .field("backups.advanced.origin", choice(model.origin, origins()));
    }

    /** Origins that this version makes. */
    private static Origin[] origins() {
        return new Origin[] {Origin.MANUAL, Origin.AUTOMATIC};
    }

    private TextField text(StringProperty value, String prompt) {
        TextField field = kit.field(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private <E extends Enum<E>> ComboBox<Optional<E>> choice(ObjectProperty<Optional<E>> chosen, E[] values) {
        List<Optional<E>> options = new ArrayList<>();
        options.add(Optional.empty());
        for (E value : values) {
            options.add(Optional.of(value));
        }
        ComboBox<Optional<E>> box = kit.choice(
                FXCollections.observableArrayList(options),
                option -> option.map(kit.text()::word).orElseGet(() -> kit.say("backups.advanced.any")));
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(chosen);
        return box;
    }
}
