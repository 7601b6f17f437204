package org.coffer.window.kit;

import javafx.application.Platform;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** An act as a menu item. Impossible ones keep the menu open and carry the reason below their words. */
final class ActItem {
    private ActItem() {}

    static CustomMenuItem of(Kit kit, Act act) {
        var title = new Label(kit.say(act.title().getValue()));
        title.getStyleClass().add("act-title");
        title.setGraphic(act.icon().map(Icon::node).orElse(null));
        var box = new VBox(title);
        box.getStyleClass().add("act-item");
        box.setPrefWidth(javafx.scene.layout.Region.USE_COMPUTED_SIZE);
        if (act.dangerous()) {
            box.getStyleClass().add("danger-text");
        }
        act.whyNot().getValue().ifPresent(why -> {
            box.pseudoClassStateChanged(Unavailable.UNAVAILABLE, true);
            Label reason = kit.caption(kit.say(why));
            reason.setWrapText(true);
            reason.setMaxWidth(280);
            box.getChildren().add(reason);
        });
        var item = new CustomMenuItem(box, act.possible());
        item.setMnemonicParsing(false);
        item.setText(title.getText());
        // Later: one that asks something would hold the menu open above its question, and the keys go to what is above.
        item.setOnAction(event -> Platform.runLater(act::run));
        return item;
    }
}
