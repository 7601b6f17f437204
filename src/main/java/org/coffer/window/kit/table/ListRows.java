package org.coffer.window.kit.table;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.window.kit.Background;

/**
 * Rows that fit into memory: vaults, policies, locations. The source is loaded as a whole off the window's thread;
 * sorting and filtering happen here, on the records and not on the cells.
 *
 * @param <R> a row
 */
public final class ListRows<R> extends Rows<R> {
    private final Background.Line line;
    private final Callable<List<R>> source;
    private final ObservableList<R> items = FXCollections.observableArrayList();
    private final Map<String, Comparator<? super R>> comparators = new HashMap<>();
    private Predicate<? super R> filter = row -> true;
    private List<R> all = List.of();

    /**
     * Rows from {@code source}.
     *
     * @param source loads all rows; runs off the window's thread
     */
    public ListRows(Background background, Function<? super R, String> id, Callable<List<R>> source) {
        super(id);
        this.line = background.line();
        this.source = source;
        sortProperty().addListener((property, old, now) -> arrange());
    }

    /** Says how a column sorts. */
    public ListRows<R> sortedBy(String column, Comparator<? super R> comparator) {
        comparators.put(column, comparator);
        return this;
    }

    /** Shows only rows that match; {@code filtering} says whether anything is left out on purpose. */
    public void filter(Predicate<? super R> matching, boolean filtering) {
        filter = matching;
        filteredProperty().set(filtering);
        arrange();
    }

    /** All rows, filtered or not. */
    public List<R> all() {
        return all;
    }

    /** Shows {@code rows}, which somebody else loaded. */
    public void show(List<R> rows) {
        all = List.copyOf(rows);
        Set<String> there = new HashSet<>();
        all.forEach(row -> there.add(idOf(row)));
        if (ticks().chosen() instanceof Chosen.These these) {
            ticks().setAll(
                            these.ids().stream()
                                    .filter(id -> !there.contains(id))
                                    .toList(),
                            false);
        }
        arrange();
        loaded(items.size());
    }

    @Override
    public ObservableList<R> items() {
        return items;
    }

    @Override
    public void refresh() {
        loading();
        line.work(source).then(this::show).onError(this::failed).start();
    }

    @Override
    int loadedIndex(String id) {
        for (int i = 0; i < items.size(); i++) {
            if (idOf(items.get(i)).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private void arrange() {
        Comparator<? super R> order =
                sortProperty().get().map(sort -> ordered(sort)).orElse(null);
        List<R> shown = all.stream().filter(filter).toList();
        if (order != null) {
            shown = shown.stream().sorted(order).toList();
        }
        change(shown);
        if (loadedProperty().get()) {
            loaded(items.size());
        }
    }

    private Comparator<? super R> ordered(Sort sort) {
        Comparator<? super R> up = comparators.get(sort.column());
        if (up == null) {
            throw new IllegalStateException("no comparator for column " + sort.column());
        }
        return sort.ascending() ? up : up.reversed();
    }

    /** The smallest change: where the same rows stand in the same places, only those that differ are replaced. */
    private void change(List<R> shown) {
        boolean sameRows = shown.size() == items.size();
        for (int i = 0; sameRows && i < shown.size(); i++) {
            sameRows = idOf(shown.get(i)).equals(idOf(items.get(i)));
        }
        if (!sameRows) {
            items.setAll(shown);
            return;
        }
        for (int i = 0; i < shown.size(); i++) {
            if (!shown.get(i).equals(items.get(i))) {
                items.set(i, shown.get(i));
            }
        }
    }
}
