package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.coffer.window.kit.table.TablePane;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user arranged is there again when the program is started again. */
class RememberedTest {
    @Test
    void pageSizeColumnsAndOrderSurviveARestart(@TempDir Path root) throws Exception {
        try (var window = new OpenWindow(root)) {
            Keys.push(KeyCode.CONTROL, KeyCode.DIGIT2);
            window.settle();
            Fx.run(() -> {
                window.stage().setWidth(1400);
                window.stage().setHeight(800);
                hide(window, "Disks");
                drag(window, column(window, "used"), 40);
                TableColumn<?, ?> state = column(window, "state");
                state.setSortType(TableColumn.SortType.DESCENDING);
                order(table(window), state);
            });
            Fx.pulses(2);
            double dragged = Fx.call(() -> column(window, "used").getWidth());

            window.restart();

            assertThat(Fx.call(() -> window.stage().getTitle())).startsWith("Disk backup");
            assertThat(Fx.call(() -> window.stage().getWidth())).isEqualTo(1400);
            assertThat(Fx.call(() -> window.stage().getHeight())).isEqualTo(800);
            assertThat(Fx.call(() -> column(window, "disks").isVisible())).isFalse();
            assertThat(Fx.call(() -> column(window, "used").getWidth())).isEqualTo(dragged);
            assertThat(Fx.call(() -> table(window).getSortOrder().getFirst().getId()))
                    .isEqualTo("state");
            assertThat(Fx.call(() -> column(window, "state").getSortType())).isEqualTo(TableColumn.SortType.DESCENDING);
        }
    }

    /** What dragging the edge of a column's title does. */
    @SuppressWarnings("unchecked")
    private static <R> void drag(OpenWindow window, TableColumn<?, ?> column, double by) {
        TableView<R> table = (TableView<R>) table(window);
        table.resizeColumn((TableColumn<R, ?>) column, by);
    }

    private static <R> void order(TableView<R> table, TableColumn<?, ?> by) {
        table.getSortOrder()
                .setAll(table.getColumns().stream()
                        .filter(column -> column.equals(by))
                        .toList());
    }

    private static void hide(OpenWindow window, String title) {
        CheckMenuItem item = pane(window).columnsMenu().getItems().stream()
                .map(CheckMenuItem.class::cast)
                .filter(found -> title.equals(found.getText()))
                .findFirst()
                .orElseThrow();
        item.setSelected(false);
        item.getOnAction().handle(new ActionEvent());
    }

    private static TablePane<?> pane(OpenWindow window) {
        List<Node> above = new java.util.ArrayList<>();
        for (Node at = window.stage().getScene().lookup(".table-view"); at != null; at = at.getParent()) {
            above.add(at);
        }
        return above.stream()
                .filter(node -> node instanceof TablePane<?>)
                .map(node -> (TablePane<?>) node)
                .findFirst()
                .orElseThrow();
    }

    private static TableView<?> table(OpenWindow window) {
        return pane(window).table();
    }

    private static TableColumn<?, ?> column(OpenWindow window, String id) {
        return table(window).getColumns().stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst()
                .orElseThrow();
    }
}
