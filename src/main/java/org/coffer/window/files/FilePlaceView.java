package org.coffer.window.files;

import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.file.Conflict;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** Where files come back to: three cards, those that cannot be with their reasons; below, what becomes of names that are taken. */
public final class FilePlaceView extends VBox {
    private final Kit kit;
    private final FilePlaceModel model;
    private final Runnable goOn;
    private final VBox cards = new VBox();

    /**
     * The view.
     *
     * @param goOn what a double click on a card does
     */
    public FilePlaceView(Kit kit, FilePlaceModel model, Runnable goOn) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.goOn = goOn;
        Node folder = folder();
        Node conflict = conflict();
        getChildren().addAll(cards, folder, conflict);
        WhileShown.of(this)
                .watch(model.originProperty(), now -> paintCards())
                .watch(model.chosen(), now -> paintCards())
                .watch(model.wayProperty(), way -> {
                    see(folder, way == FileWay.FOLDER);
                    see(conflict, way != FileWay.BESIDE);
                });
    }

    private void paintCards() {
        var choices = new Choices<>(kit, model.wayProperty()).onGoOn(goOn);
        for (FileWay way : FileWay.values()) {
            String title = kit.say(way.key());
            Icon icon = switch (way) {
                case BESIDE -> Icon.COPY;
                case BACK -> Icon.RESTORE;
                case FOLDER -> Icon.FILE_SYSTEM;
            };
            model.refusal(way)
                    .ifPresentOrElse(
                            why -> choices.impossible(icon, title, kit.say(why)),
                            () -> choices.choice(way, icon, title, kit.say(way.key() + ".help")));
        }
        cards.getChildren().setAll(choices);
    }

    private Node folder() {
        TextField path = kit.field("");
        path.textProperty().bindBidirectional(model.folderProperty());
        path.setAccessibleText(kit.say("browse.where.folder"));
        HBox.setHgrow(path, Priority.ALWAYS);
        Button choose = kit.button(model.chooseFolder());
        choose.setMinWidth(USE_PREF_SIZE);
        return kit.row(path, choose);
    }

    private Node conflict() {
        var group = new ToggleGroup();
        var row = kit.row(kit.label(kit.say("browse.conflict"), "strong"));
        row.setSpacing(16);
        for (Conflict one : Conflict.values()) {
            RadioButton button = kit.radio(
                    kit.say("browse.conflict." + one.name().toLowerCase(Locale.ROOT)),
                    () -> model.conflictProperty().set(one));
            button.setToggleGroup(group);
            WhileShown.of(button).watch(model.conflictProperty(), now -> button.setSelected(now == one));
            row.getChildren().add(button);
        }
        return row;
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
