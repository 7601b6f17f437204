package org.coffer.window.kit.table;

import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.coffer.window.kit.Kit;
import org.jspecify.annotations.Nullable;

/** A cell that shows its row through a {@link CellView}, or a grey bar while the row's page is being loaded. */
final class RowCell<R> extends TableCell<R, R> {
    private final CellView<R> view;
    private final Region waiting = new Region();

    RowCell(Kit kit, Column<R> column) {
        view = column.views.get();
        waiting.getStyleClass().add("skeleton");
        waiting.setMaxWidth(Math.max(16, column.width * 0.6));
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        switch (column.align) {
            case CENTER_RIGHT -> getStyleClass().add("align-right");
            case CENTER -> getStyleClass().add("align-center");
            default -> {}
        }
        if (!column.styleClass.isEmpty()) {
            getStyleClass().add(column.styleClass);
        }
        setOnMouseEntered(event -> hover(kit, column.hover));
    }

    private void hover(Kit kit, @Nullable Function<? super R, String> hover) {
        R row = getItem();
        String words = row == null ? null : hover != null ? hover.apply(row) : clipped(view.node());
        if (hover != null || words != null || getTooltip() != null) {
            Tooltip tip = words == null ? null : kit.tip(words);
            setTooltip(tip);
        }
    }

    /** What an ellipsis hides in this cell, if anything. */
    private static @Nullable String clipped(Node node) {
        if (node instanceof Labeled label) {
            return label.prefWidth(-1) > label.getWidth() + 0.5 ? label.getText() : null;
        }
        if (node instanceof javafx.scene.layout.VBox box) {
            return box.getChildren().stream()
                    .map(RowCell::clipped)
                    .filter(words -> words != null)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    @Override
    protected void updateItem(R row, boolean empty) {
        super.updateItem(row, empty);
        if (empty) {
            setGraphic(null);
        } else if (row == null) {
            setGraphic(waiting);
        } else {
            view.show(row);
            setGraphic(view.node());
        }
    }
}
