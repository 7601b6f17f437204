package org.coffer.window.kit.table;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import org.coffer.problem.Problem;

/**
 * The rows of a table, as a model holds them. {@link ListRows} has them all in memory, {@link PagedRows} loads pages.
 * Everything a table shows besides cells is here: sorting, ticks, the selected row, whether it loads or failed.
 *
 * @param <R> a row: an immutable record
 */
public abstract class Rows<R> {
    private final Function<? super R, String> id;
    private final Ticks ticks = new Ticks();
    private final ObjectProperty<Optional<Sort>> sort = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Problem>> problem = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<String>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final BooleanProperty filtered = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();

    /** Rows that are told apart by {@code id}. */
    Rows(Function<? super R, String> id) {
        this.id = id;
    }

    /** What the table shows; an element is null while its page is being loaded. */
    public abstract ObservableList<R> items();

    /** Loads everything again; old rows stay until the new ones are there. */
    public abstract void refresh();

    /** Where the row stands, if it is loaded; else −1. */
    abstract int loadedIndex(String id);

    /** The ID of a row. */
    public final String idOf(R row) {
        return id.apply(row);
    }

    /** Which rows are ticked. */
    public final Ticks ticks() {
        return ticks;
    }

    /** What the rows are sorted by; set it to sort. Empty: as the source has them. */
    public final ObjectProperty<Optional<Sort>> sortProperty() {
        return sort;
    }

    /** Why the last load failed; old rows stay. */
    public final ObjectProperty<Optional<Problem>> problemProperty() {
        return problem;
    }

    /** The ID of the selected row; kept when rows change, and when the view is made anew. */
    public final ObjectProperty<Optional<String>> selectedProperty() {
        return selected;
    }

    /** Whether a filter is set, so that emptiness is explained rightly. */
    public final BooleanProperty filteredProperty() {
        return filtered;
    }

    /** Whether the first load has ended. */
    public final ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    /** Whether a load runs. */
    public final ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How many rows match the filter. */
    public final ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    final void loading() {
        busy.set(true);
    }

    final void loaded(int rows) {
        busy.set(false);
        problem.set(Optional.empty());
        total.set(rows);
        ticks.matching(rows);
        loaded.set(true);
    }

    final void failed(Problem cause) {
        busy.set(false);
        problem.set(Optional.of(cause));
    }
}
