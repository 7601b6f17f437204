package org.coffer.window.kit.table;

import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import org.jspecify.annotations.Nullable;

/** How one column of a table was described; package-private, made by {@link TableBuilder}. */
final class Column<R> {
    final String id;
    final double width;
    final Supplier<CellView<R>> views;
    Pos align = Pos.CENTER_LEFT;
    String styleClass = "";
    boolean grows;
    boolean optional;
    boolean sortable;
    boolean fixed;

    @Nullable
    String titleKey;

    @Nullable
    Function<? super R, String> hover;

    Column(String id, double width, Supplier<CellView<R>> views) {
        this.id = id;
        // JavaFX takes exactly 80 for "nobody set a width" and spreads the column.
        this.width = width == 80 ? 81 : width;
        this.views = views;
    }
}
