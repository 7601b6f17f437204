package org.coffer.window.kit.table;

import java.util.List;

/**
 * A page of a long list.
 *
 * @param <R> a row
 * @param rows the rows asked for; fewer at the end of the list
 * @param total how many rows match in all
 */
public record Slice<R>(List<R> rows, int total) {
    /** Keeps an unmodifiable copy of {@code rows}. */
    public Slice {
        rows = List.copyOf(rows);
    }
}
