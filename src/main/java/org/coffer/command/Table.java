package org.coffer.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.coffer.text.Printable;

/** Rows for people: columns that line up, whatever language stands in them, and no lines between them. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> titles = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    Table words(String title) {
        titles.add(title);
        right.add(false);
        return this;
    }

    /** Adds a column of numbers, which stand at its right. */
    Table numbers(String title) {
        titles.add(title);
        right.add(true);
        return this;
    }

    /** Adds a row with one cell a column. */
    Table row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + titles.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(Printable::line).toList());
        return this;
    }

    boolean empty() {
        return rows.isEmpty();
    }

    /** All lines, the titles first. */
    List<String> lines() {
        int[] widths = new int[titles.size()];
        List<List<String>> all = new ArrayList<>();
        all.add(titles);
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP).append(Columns.pad(row.get(i), widths[i], right.get(i)));
        }
        return line.toString().stripTrailing();
    }
}
