package org.coffer.window.kit.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.coffer.window.kit.LayoutMemory;

/**
 * Keeps and restores how a table was arranged, as {@code name:196:auto,state:120:hidden;name+}: order, width and
 * visibility of its columns, then what it is sorted by.
 */
final class TableLayout<R> {
    private final LayoutMemory memory;
    private final String key;
    private final TableView<R> table;
    private final ColumnWidths<R> widths;
    private final Set<String> decided = new HashSet<>();

    TableLayout(LayoutMemory memory, String name, TableView<R> table, ColumnWidths<R> widths) {
        this.memory = memory;
        this.key = "table." + name;
        this.table = table;
        this.widths = widths;
    }

    /** Whether the user said if the column is to be seen. */
    boolean isDecided(String column) {
        return decided.contains(column);
    }

    /** The user said whether the column is to be seen. */
    void decide(String column) {
        decided.add(column);
        keep();
    }

    void keep() {
        var columns = new ArrayList<String>();
        for (TableColumn<R, ?> column : table.getColumns()) {
            columns.add(column.getId() + ":" + Math.round(widths.wanted(column)) + ":"
                    + (!decided.contains(column.getId()) ? "auto" : column.isVisible() ? "shown" : "hidden"));
        }
        String sort = table.getSortOrder().isEmpty()
                ? ""
                : table.getSortOrder().getFirst().getId()
                        + (table.getSortOrder().getFirst().getSortType() == TableColumn.SortType.ASCENDING ? "+" : "-");
        memory.keep(key, String.join(",", columns) + ";" + sort);
    }

    /** Restores columns; those that a later version added keep their place at the end of the known ones. */
    Optional<Sort> restore() {
        Optional<String> kept = memory.recall(key);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        String[] halves = kept.get().split(";", 2);
        var order = new ArrayList<TableColumn<R, ?>>();
        for (String part : halves[0].split(",", -1)) {
            String[] fields = part.split(":", -1);
            if (fields.length == 3) {
                find(fields[0]).ifPresent(column -> {
                    order.add(column);
                    if (!fields[2].equals("auto")) {
                        decided.add(fields[0]);
                        column.setVisible(fields[2].equals("shown"));
                    }
                    restoreWidth(column, fields[1]);
                });
            }
        }
        List<TableColumn<R, ?>> rest = new ArrayList<>(table.getColumns());
        rest.removeAll(order);
        order.addAll(rest);
        table.getColumns().setAll(order);
        return halves.length == 2 ? sort(halves[1]) : Optional.empty();
    }

    private void restoreWidth(TableColumn<R, ?> column, String width) {
        try {
            widths.restore(column, Double.parseDouble(width));
        } catch (NumberFormatException e) {
            // Kept by hand or by another version: the design's width stays.
            return;
        }
    }

    private Optional<Sort> sort(String kept) {
        if (kept.length() < 2) {
            return Optional.empty();
        }
        String id = kept.substring(0, kept.length() - 1);
        return find(id).filter(TableColumn::isSortable).map(column -> new Sort(id, kept.endsWith("+")));
    }

    private Optional<TableColumn<R, ?>> find(String id) {
        for (TableColumn<R, ?> column : table.getColumns()) {
            if (id.equals(column.getId())) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
