package org.coffer.window.kit.table;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** What can be done with the ticked rows; stands in the place of the filters while there are any. */
public final class SelectionBar extends HBox {
    private final Kit kit;
    private final Rows<?> rows;
    private final Label count;
    private final HBox all = new HBox();

    /** A bar for the ticks of {@code rows}. */
    public SelectionBar(Kit kit, Rows<?> rows, List<Act> acts) {
        this.kit = kit;
        this.rows = rows;
        getStyleClass().addAll("bar", "selection-bar");
        count = kit.label("", "strong");
        all.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(count, all, kit.spacer());
        for (Act act : acts) {
            getChildren().add(kit.small(act.dangerous() ? kit.flat(act) : kit.button(act)));
        }
        getChildren()
                .add(kit.small(kit.iconButton(
                        Act.of("kit.table.untick", () -> rows.ticks().clear()).with(Icon.CLOSE))));
        WhileShown.of(this)
                .watch(rows.ticks().changesProperty(), change -> paint())
                .watch(rows.totalProperty(), total -> paint());
    }

    ObservableValue<Number> count() {
        return rows.ticks().countProperty();
    }

    private void paint() {
        int ticked = rows.ticks().countProperty().get();
        int total = rows.totalProperty().get();
        count.setText(kit.say("kit.table.ticked", "n", ticked));
        all.getChildren().clear();
        if (ticked > 0 && ticked < total && !rows.ticks().isAllMatching()) {
            Hyperlink link = kit.link(Act.of(
                    Sentence.of("kit.table.tick.all", "n", total),
                    () -> rows.ticks().selectAllMatching(total)));
            all.getChildren().setAll(link);
        }
    }
}
