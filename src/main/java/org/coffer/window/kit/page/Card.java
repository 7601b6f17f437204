package org.coffer.window.kit.page;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;

/** A box with a hairline border: a heading, and what belongs together. */
public final class Card extends VBox {
    private final Kit kit;
    private final HBox head = new HBox(8);

    /** A card called by the message {@code titleKey}. */
    public Card(Kit kit, Icon icon, String titleKey) {
        this.kit = kit;
        getStyleClass().add("card");
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        // As high as with an act, so that cards side by side begin alike.
        head.setMinHeight(28);
        head.getChildren().addAll(icon.node(), kit.label(kit.say(titleKey), "strong"), kit.spacer());
        getChildren().add(head);
        setMinWidth(0);
    }

    /** Adds content below what is there. */
    public Card add(Node... nodes) {
        getChildren().addAll(nodes);
        return this;
    }

    /** An act at the right of the heading, as a link. */
    public Card act(Act act) {
        head.getChildren().add(kit.link(act));
        return this;
    }

    /** A word at the right of the heading, muted. */
    public Card aside(String words) {
        head.getChildren().add(kit.caption(words));
        return this;
    }

    /** A fact: its name at the left, muted, its value at the right. */
    public Card fact(String nameKey, Node value) {
        var name = kit.label(kit.say(nameKey), "fact-name");
        name.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        getChildren().add(new HBox(16, name, kit.spacer(), value));
        return this;
    }

    /** A fact whose value is words. */
    public Card fact(String nameKey, String value) {
        return fact(nameKey, kit.label(value, "may-clip"));
    }

    /** Cards side by side, equally wide, 16 apart. */
    public static HBox row(Card... cards) {
        var row = new HBox(cards);
        row.getStyleClass().add("card-row");
        for (Card card : cards) {
            HBox.setHgrow(card, Priority.ALWAYS);
            card.setPrefWidth(240);
            card.setMaxWidth(Double.MAX_VALUE);
        }
        return row;
    }
}
