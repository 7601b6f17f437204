package org.coffer.window.kit.table;

import javafx.scene.Node;

/**
 * What one cell shows. A view is made once per cell and shows row after row as the table scrolls, so it makes its nodes
 * once and only changes them.
 *
 * @param <R> a row
 */
public interface CellView<R> {

    /** The node in the cell. */
    Node node();

    /** Shows another row. */
    void show(R row);
}
