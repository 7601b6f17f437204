package org.coffer.window.kit.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.util.Callback;

/**
 * Shares out the width of a table: every column has the width it was given by its design or by the user; what is left
 * over goes to the columns that grow, what is lacking is taken from them down to half their width. Only then the table
 * scrolls sideways.
 */
@SuppressWarnings("rawtypes")
final class ColumnWidths<R> implements Callback<TableView.ResizeFeatures, Boolean> {
    private final Map<TableColumnBase<?, ?>, Double> wanted = new HashMap<>();
    private final Map<TableColumnBase<?, ?>, Boolean> grows = new HashMap<>();
    private Runnable dragged = () -> {};

    /** Calls {@code listener} when the user drags a column's edge. */
    void onDragged(Runnable listener) {
        dragged = listener;
    }

    void add(TableColumn<R, R> column, double width, boolean growing) {
        wanted.put(column, width);
        grows.put(column, growing);
    }

    /** What the user or the design asked for, in px. */
    double wanted(TableColumnBase<?, ?> column) {
        return wanted.getOrDefault(column, column.getWidth());
    }

    /** Gives a column the width it had before; one that differs from its design grows no more. */
    void restore(TableColumnBase<?, ?> column, double width) {
        if (Math.abs(width - wanted(column)) > 1) {
            wanted.put(column, Math.max(column.getMinWidth(), width));
            grows.put(column, false);
        }
    }

    @Override
    public Boolean call(TableView.ResizeFeatures features) {
        TableColumnBase<?, ?> column = features.getColumn();
        if (column != null && features.getDelta() != null) {
            double width = Math.max(column.getMinWidth(), column.getWidth() + features.getDelta());
            wanted.put(column, width);
            grows.put(column, false);
            share(features);
            dragged.run();
        } else {
            share(features);
        }
        return true;
    }

    private void share(TableView.ResizeFeatures features) {
        List<? extends TableColumnBase<?, ?>> visible = visible(features);
        double all = visible.stream().mapToDouble(this::wanted).sum();
        double room = features.getContentWidth() - all;
        double growing = visible.stream()
                .filter(this::isGrowing)
                .mapToDouble(this::wanted)
                .sum();
        for (TableColumnBase<?, ?> column : visible) {
            double width = wanted(column);
            if (isGrowing(column) && growing > 0) {
                width = Math.max(width / 2, width + Math.floor(room * width / growing));
            }
            if (Math.abs(column.getWidth() - width) > 0.5) {
                setWidth(features, column, width);
            }
        }
    }

    private boolean isGrowing(TableColumnBase<?, ?> column) {
        return grows.getOrDefault(column, false);
    }

    @SuppressWarnings("unchecked")
    private static List<? extends TableColumnBase<?, ?>> visible(TableView.ResizeFeatures features) {
        return features.getTable().getVisibleLeafColumns();
    }

    @SuppressWarnings("unchecked")
    private static void setWidth(TableView.ResizeFeatures features, TableColumnBase column, double width) {
        features.setColumnWidth(column, width);
    }
}
