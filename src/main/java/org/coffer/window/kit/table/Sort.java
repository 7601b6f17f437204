package org.coffer.window.kit.table;

/**
 * What a table is sorted by.
 *
 * @param column the column's ID
 * @param ascending whether the smallest stands first
 */
public record Sort(String column, boolean ascending) {

    /** Smallest first. */
    public static Sort up(String column) {
        return new Sort(column, true);
    }

    /** Largest first. */
    public static Sort down(String column) {
        return new Sort(column, false);
    }
}
