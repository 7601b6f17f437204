package org.coffer.window.backup;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The sheet that backs up by hand: disks, name, description, full or not. */
final class BackUpView {
    private static final double DISKS = 168;

    private final Kit kit;
    private final BackUpModel model;
    private final VBox disks = new VBox(4);

    BackUpView(Kit kit, BackUpModel model) {
        this.kit = kit;
        this.model = model;
    }

    Form form() {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.nameProperty());
        TextField description = kit.field(kit.say("backup.description.prompt"));
        description.textProperty().bindBidirectional(model.descriptionProperty());
        CheckBox full = kit.checkBox(kit.say("backup.full"));
        full.selectedProperty().bindBidirectional(model.fullProperty());
        var form = new Form(kit);
        form.field("backup.vault", vault());
        form.field("backup.disks", disks());
        form.field("backup.name", name, "backup.name.help", model.problem("name"));
        form.field("backup.description", description, model.problem("description"));
        form.sideBySide(2);
        form.add(kit.column(0, full, note("backup.full.help")));
        return form;
    }

    private Node vault() {
        var place = new VBox();
        WhileShown.of(place)
                .watch(
                        model.vaults(),
                        found -> place.getChildren()
                                .setAll(
                                        found.size() == 1
                                                ? kit.label(found.getFirst().name(), "may-clip")
                                                : choice(found)));
        return place;
    }

    private Node choice(List<Vault> found) {
        ComboBox<Vault> box = kit.choice(javafx.collections.FXCollections.observableArrayList(found), Vault::name);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setPromptText(kit.say("backup.no-vault"));
        model.vaultProperty().get().ifPresent(box::setValue);
        box.valueProperty()
                .addListener((property, old, now) -> model.vaultProperty().set(Optional.ofNullable(now)));
        WhileShown.of(box).watch(model.vaultProperty(), now -> now.ifPresent(box::setValue));
        return box;
    }

    private Node disks() {
        var scroll = new ScrollPane(disks);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(DISKS);
        scroll.setMinHeight(36);
        scroll.setFocusTraversable(false);
        WhileShown.of(scroll).watch(model.choices(), found -> {
            disks.getChildren().setAll(found.stream().map(this::disk).toList());
            if (found.isEmpty()) {
                disks.getChildren().add(kit.label(kit.say("backup.no-disks"), "muted"));
            }
            scroll.setPrefHeight(Math.min(
                    DISKS, 4 + found.stream().mapToDouble(BackUpView::height).sum()));
        });
        return scroll;
    }

    /** A line, and two more where a reason stands below it. */
    private static double height(BackUpModel.Choice choice) {
        return choice.whyNot().isPresent() ? 72 : 36;
    }

    private Node disk(BackUpModel.Choice choice) {
        CheckBox box = kit.checkBox(choice.disk().name());
        box.setSelected(model.ticked().getValue().contains(choice.disk().id()));
        box.setMinWidth(0);
        box.getStyleClass().add("may-clip");
        box.setOnAction(event -> model.tick(choice.disk().id(), box.isSelected()));
        var facts = kit.caption(kit.text().word(choice.disk().role()) + " · "
                + kit.formats().size(choice.disk().capacity()));
        facts.setMinWidth(VBox.USE_PREF_SIZE);
        var line = new HBox(8, box, kit.spacer(), facts);
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var row = kit.column(0, line);
        choice.whyNot().ifPresent(problem -> {
            box.setDisable(true);
            box.setOpacity(0.55);
            row.getChildren().add(reason(problem));
        });
        return row;
    }

    private Node reason(Problem problem) {
        var words = note(problem);
        var row = kit.row(kit.icon(Icon.WARN, Tone.ATTENTION), words);
        HBox.setHgrow(words, Priority.ALWAYS);
        row.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        return row;
    }

    private Node note(Problem problem) {
        var label = kit.caption(kit.text().explain(problem).line());
        label.setWrapText(true);
        label.setMinHeight(VBox.USE_PREF_SIZE);
        return label;
    }

    private Node note(String key) {
        var label = kit.caption(kit.say(key));
        label.setWrapText(true);
        label.setMinHeight(VBox.USE_PREF_SIZE);
        label.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        return label;
    }
}
