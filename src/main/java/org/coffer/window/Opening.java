package org.coffer.window;

import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;

/** What stands in the window while the home is being opened: the frame with nothing in it yet. */
final class Opening {
    private Opening() {}

    static Parent view(Kit kit) {
        var brand = new HBox(Icon.VAULT.large(), kit.label(kit.say("shell.name")));
        brand.getStyleClass().add("brand");
        var navigation = new VBox(brand);
        navigation.getStyleClass().add("nav");
        var strip = new HBox(kit.label(kit.say("window.opening")));
        strip.getStyleClass().add("strip");
        var right = new BorderPane(new StackPane());
        right.setBottom(strip);
        var frame = new BorderPane(right);
        frame.setLeft(navigation);
        return frame;
    }
}
