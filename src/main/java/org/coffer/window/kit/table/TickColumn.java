package org.coffer.window.kit.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.CheckBox;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The column of ticks, 36 wide. Its header ticks the page that is seen. */
final class TickColumn<R> extends TableColumn<R, R> {
    static final double WIDTH = 36;

    private final Kit kit;
    private final Rows<R> rows;
    private final TableView<R> table;
    private final CheckBox header;
    private final Set<TickCell> cells = Collections.newSetFromMap(new WeakHashMap<>());

    TickColumn(Kit kit, Rows<R> rows, TableView<R> table) {
        this.kit = kit;
        this.rows = rows;
        this.table = table;
        header = kit.checkBox("");
        header.setAccessibleText(kit.say("kit.table.tick.page"));
        header.setTooltip(kit.tip(kit.say("kit.table.tick.page")));
        header.setFocusTraversable(false);
        header.setOnAction(event -> tickPage(header.isSelected()));
        setId("ticks");
        setGraphic(header);
        setSortable(false);
        setResizable(false);
        setReorderable(false);
        setMinWidth(WIDTH);
        setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
        setCellFactory(column -> new TickCell());
        WhileShown.of(table).watch(rows.ticks().changesProperty(), change -> repaint());
    }

    /** Ticks or unticks the rows that are seen; of a short list, all. */
    void tickPage(boolean ticked) {
        if (!ticked && rows.ticks().isAllMatching()) {
            rows.ticks().clear();
        } else {
            rows.ticks().setAll(seen(), ticked);
        }
    }

    private List<String> seen() {
        List<R> items = rows.items();
        int from = 0;
        int to = items.size();
        if (to > PagedRows.PAGE && table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            IndexedCell<?> first = flow.getFirstVisibleCell();
            IndexedCell<?> last = flow.getLastVisibleCell();
            if (first != null && last != null) {
                from = first.getIndex();
                to = Math.min(to, last.getIndex() + 1);
            }
        }
        var ids = new ArrayList<String>();
        for (R row : items.subList(from, to)) {
            if (row != null) {
                ids.add(rows.idOf(row));
            }
        }
        return ids;
    }

    private void repaint() {
        List.copyOf(cells).forEach(TickCell::repaint);
        int ticked = rows.ticks().countProperty().get();
        boolean all = ticked > 0 && ticked >= rows.totalProperty().get();
        header.setIndeterminate(ticked > 0 && !all);
        header.setSelected(all);
    }

    private final class TickCell extends TableCell<R, R> {
        private final CheckBox box = kit.checkBox("");

        TickCell() {
            getStyleClass().add("align-center");
            box.setFocusTraversable(false);
            box.setOnAction(event -> {
                R row = getItem();
                if (row != null) {
                    rows.ticks().set(rows.idOf(row), box.isSelected());
                }
            });
            cells.add(this);
        }

        @Override
        protected void updateItem(R row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : box);
            repaint();
        }

        private void repaint() {
            R row = getItem();
            boolean ticked = row != null && !isEmpty() && rows.ticks().has(rows.idOf(row));
            box.setSelected(ticked);
            if (getTableRow() != null) {
                getTableRow().pseudoClassStateChanged(TablePane.TICKED, ticked);
            }
        }
    }
}
