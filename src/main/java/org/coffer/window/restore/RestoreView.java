package org.coffer.window.restore;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The restore dialog: at the left where to, at the right what would happen. */
final class RestoreView extends HBox {
    private static final double LEFT = 368;
    private static final double HEIGHT = 460;

    private final Kit kit;
    private final RestoreModel model;
    private final ToggleGroup group = new ToggleGroup();

    RestoreView(Kit kit, RestoreModel model) {
        super(24);
        this.kit = kit;
        this.model = model;
        var where = new VBox(
                8,
                kit.label(kit.say("restore.where"), "strong"),
                way(Way.ORIGINAL),
                way(Way.OTHER_DISK),
                inset(otherDisk(), Way.OTHER_DISK),
                way(Way.NEW_FILE),
                inset(FileField.withKinds(kit, model.file()), Way.NEW_FILE),
                gap(),
                safetyCopy(),
                verify(kit, model),
                new GrowView(kit, model));
        where.setMinWidth(LEFT);
        where.setMaxWidth(LEFT);
        var preview = new PlanView(kit, model);
        HBox.setHgrow(preview, Priority.ALWAYS);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        getChildren().addAll(where, preview);
    }

    private Node way(Way way) {
        RadioButton button =
                kit.radio(kit.say(way.key()), () -> model.wayProperty().set(way));
        button.setToggleGroup(group);
        WhileShown.of(button).watch(model.wayProperty(), now -> button.setSelected(now == way));
        var detail = kit.caption(
                kit.say(way.key() + ".detail", "disk", model.backup().diskName()));
        detail.setWrapText(true);
        detail.setMinHeight(USE_PREF_SIZE);
        detail.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        button.setAccessibleHelp(detail.getText());
        return kit.column(0, button, detail);
    }

    private Node inset(Node control, Way shownFor) {
        var box = new VBox(control);
        box.setPadding(new javafx.geometry.Insets(0, 0, 4, 26));
        WhileShown.of(box).watch(model.wayProperty(), now -> {
            box.setVisible(now == shownFor);
            box.setManaged(now == shownFor);
        });
        return box;
    }

    private Node otherDisk() {
        ComboBox<Disk> box = kit.choice(
                model.disks(),
                disk -> kit.say(
                        "restore.disk",
                        "disk",
                        disk.name(),
                        "bytes",
                        disk.capacity(),
                        "state",
                        kit.text().word(disk.state())));
        box.setMaxWidth(Double.MAX_VALUE);
        box.setPromptText(kit.say("restore.summary.choose"));
        box.setAccessibleText(kit.say("restore.summary.choose"));
        WhileShown.of(box).watch(model.otherProperty(), chosen -> chosen.ifPresent(box::setValue));
        // While the list is made anew there is no value for a moment, which is nobody's choice.
        box.valueProperty()
                .addListener((property, old, now) -> Optional.ofNullable(now)
                        .ifPresent(disk -> model.otherProperty().set(Optional.of(disk))));
        return box;
    }

    private static Node gap() {
        var gap = new javafx.scene.layout.Region();
        VBox.setVgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private Node safetyCopy() {
        CheckBox box = kit.checkBox(kit.say("restore.safety"));
        box.selectedProperty().bindBidirectional(model.safetyCopyProperty());
        var detail = kit.caption("");
        detail.setWrapText(true);
        detail.setMinHeight(USE_PREF_SIZE);
        detail.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        var both = kit.column(0, box, detail);
        WhileShown.of(both)
                .watch(
                        model.safetyUntil(),
                        until -> detail.setText(until.map(at -> kit.say("restore.safety.until", "until", at))
                                .orElseGet(() -> kit.say("restore.safety.help"))))
                .watch(model.overwrites(), box::setVisible)
                .watch(model.overwrites(), detail::setVisible);
        return both;
    }

    static Node verify(Kit kit, RestoreModel model) {
        CheckBox box = kit.checkBox(kit.say("restore.verify"));
        box.selectedProperty().bindBidirectional(model.verifyProperty());
        var detail = kit.caption(kit.say("restore.verify.help"));
        detail.setWrapText(true);
        detail.setMinHeight(USE_PREF_SIZE);
        detail.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        return kit.column(0, box, detail);
    }
}
