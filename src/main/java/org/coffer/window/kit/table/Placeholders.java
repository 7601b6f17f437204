package org.coffer.window.kit.table;

import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.WhileShown;

/** What stands in a table without rows: nothing for 200 ms, then grey rows; nothing found; nothing there yet. */
final class Placeholders<R> extends StackPane {
    private static final int SKELETON_ROWS = 6;

    private final TableBuilder<R> table;
    private final PauseTransition patience = new PauseTransition(Duration.millis(200));

    Placeholders(TableBuilder<R> table) {
        this.table = table;
        patience.setOnFinished(event -> getChildren().setAll(skeleton()));
        Rows<R> rows = table.rows;
        WhileShown.of(this)
                .watch(rows.loadedProperty(), loaded -> show())
                .watch(rows.filteredProperty(), filtered -> show())
                .watch(rows.problemProperty(), problem -> show())
                .add(() -> patience::stop);
    }

    private void show() {
        Rows<R> rows = table.rows;
        patience.stop();
        getChildren().clear();
        if (!rows.loadedProperty().get()) {
            if (rows.problemProperty().get().isEmpty()) {
                patience.playFromStart();
            }
        } else if (rows.filteredProperty().get()) {
            Runnable clear = table.clearFilters;
            Act act = clear == null ? null : Act.of("kit.filter.clear", clear);
            getChildren().setAll(new EmptyState(table.kit, Icon.SEARCH, table.kit.say("kit.table.nothing"), act));
        } else {
            Node empty = table.empty.get();
            if (empty != null) {
                getChildren().setAll(empty);
            }
        }
    }

    private Node skeleton() {
        var box = new VBox();
        box.setFillWidth(true);
        for (int i = 0; i < SKELETON_ROWS; i++) {
            var row = new HBox();
            row.getStyleClass().add("skeleton-row");
            row.setMinHeight(table.rowHeight);
            for (Column<R> column : table.columns) {
                var bar = new Region();
                bar.getStyleClass().add("skeleton");
                bar.setPrefWidth(column.width * (0.5 + 0.1 * ((i + column.id.length()) % 4)));
                row.getChildren().add(bar);
            }
            box.getChildren().add(row);
        }
        box.setAccessibleText(table.kit.say("kit.table.loading"));
        StackPane.setAlignment(box, javafx.geometry.Pos.TOP_LEFT);
        box.setMaxHeight(Region.USE_PREF_SIZE);
        return box;
    }
}
