package org.coffer.window.kit.table;

import java.util.Optional;

/**
 * Loads pages; called off the window's thread.
 *
 * @param <R> a row
 * @param <F> the filter, an immutable record
 */
@FunctionalInterface
public interface PageSource<R, F> {

    /**
     * Loads the rows from {@code offset} on.
     *
     * @param sort what to sort by; empty for the source's own order
     * @param limit at most this many rows
     */
    Slice<R> load(F filter, Optional<Sort> sort, int offset, int limit);
}
