package org.coffer.window.kit.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import javafx.collections.ObservableListBase;
import org.coffer.window.kit.Background;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a long list, loaded in pages of 200 as the table comes to them. The table sees a list of the full length
 * whose elements are null until their page is there.
 *
 * <p>One page is loaded at a time. While somebody drags the scroll bar through 100,000 rows, hundreds of pages are
 * wished for; the latest wish is served first and all but the last four are forgotten, so what is on the screen is
 * never behind a queue. At most 50 pages stay in memory. A new filter or order keeps the old rows until the first new
 * page is there. Answers to older questions are dropped. After a failed load nothing is asked again before
 * {@link #refresh()}.
 *
 * @param <R> a row
 * @param <F> the filter
 */
public final class PagedRows<R, F> extends Rows<R> {
    /** Rows in a page. */
    public static final int PAGE = 200;

    private static final int KEPT_PAGES = 50;
    private static final int WISHES = 4;

    private final Background background;
    private final PageSource<R, F> source;
    private final ReadOnlyObjectWrapper<F> filter;
    private final Items items = new Items();
    private final Map<Integer, List<R>> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Integer> wishes = new ArrayDeque<>();
    private Background.Line line;
    private int length;
    private int lastWished;
    private boolean fetching;
    private boolean stale = true;
    private boolean broken;

    /** Rows from {@code source}, at first with {@code filter}. Nothing is loaded before {@link #refresh()}. */
    public PagedRows(Background background, Function<? super R, String> id, PageSource<R, F> source, F filter) {
        super(id);
        this.background = background;
        this.line = background.line();
        this.source = source;
        this.filter = new ReadOnlyObjectWrapper<>(filter);
        sortProperty().addListener((property, old, now) -> restart());
    }

    /** The filter in force. */
    public ReadOnlyObjectProperty<F> filterProperty() {
        return filter.getReadOnlyProperty();
    }

    /** Asks for other rows; {@code filtering} says whether anything is left out on purpose. Ticks are cleared. */
    public void filter(F other, boolean filtering) {
        filteredProperty().set(filtering);
        filter.set(other);
        ticks().clear();
        restart();
    }

    @Override
    public ObservableList<R> items() {
        return items;
    }

    /** Loads what is on the screen again; other pages when they are next looked at. */
    @Override
    public void refresh() {
        ask(loadedProperty().get() ? lastWished : 0);
    }

    @Override
    int loadedIndex(String id) {
        for (var page : pages.entrySet()) {
            List<R> rows = page.getValue();
            for (int i = 0; i < rows.size(); i++) {
                if (idOf(rows.get(i)).equals(id)) {
                    return page.getKey() * PAGE + i;
                }
            }
        }
        return -1;
    }

    private void restart() {
        if (loadedProperty().get() || busyProperty().get()) {
            lastWished = 0;
            ask(0);
        }
    }

    private void ask(int page) {
        line.drop();
        line = background.line();
        fetching = false;
        stale = true;
        broken = false;
        wishes.clear();
        wishes.push(page);
        fetch();
    }

    private void wish(int page) {
        lastWished = page;
        if (broken || wishes.contains(page)) {
            return;
        }
        wishes.push(page);
        if (wishes.size() > WISHES) {
            wishes.removeLast();
        }
        // Not from within the table's layout: the answer of a fast source would change the list under its feet.
        background.onWindow(this::fetch);
    }

    private void fetch() {
        Integer page = wishes.peek();
        if (fetching || page == null) {
            return;
        }
        if (!stale && pages.containsKey(page)) {
            wishes.pop();
            fetch();
            return;
        }
        fetching = true;
        loading();
        F asked = filter.get();
        var sort = sortProperty().get();
        line.work(() -> source.load(asked, sort, page * PAGE, PAGE))
                .then(slice -> arrived(page, slice))
                .onError(problem -> {
                    fetching = false;
                    broken = true;
                    wishes.clear();
                    failed(problem);
                })
                .start();
    }

    private void arrived(int page, Slice<R> slice) {
        fetching = false;
        wishes.remove(page);
        items.put(page, slice);
        loaded(slice.total());
        fetch();
    }

    /** The list that the table sees. */
    private final class Items extends ObservableListBase<R> {

        @Override
        @SuppressWarnings("NullAway") // a row that is not there yet is null, as Rows.items() says
        public R get(int index) {
            Objects.checkIndex(index, length);
            int page = index / PAGE;
            List<R> rows = pages.get(page);
            if (rows == null) {
                wish(page);
                return null;
            }
            int place = index % PAGE;
            return place < rows.size() ? rows.get(place) : null;
        }

        @Override
        public int size() {
            return length;
        }

        void put(int page, Slice<R> slice) {
            beginChange();
            if (stale) {
                replaceAll(page, slice);
            } else {
                resize(slice.total());
                List<R> old = pages.put(page, slice.rows());
                for (int i = 0; i < slice.rows().size(); i++) {
                    int index = page * PAGE + i;
                    if (index < length) {
                        nextSet(index, old == null || i >= old.size() ? null : old.get(i));
                    }
                }
            }
            forgetOldest();
            endChange();
        }

        private void replaceAll(int page, Slice<R> slice) {
            stale = false;
            boolean sameLength = length == slice.total();
            Map<Integer, List<R>> old = new LinkedHashMap<>(pages);
            pages.clear();
            pages.put(page, slice.rows());
            if (sameLength) {
                // Only what was loaded can look different; the table keeps its place.
                for (int number : old.keySet()) {
                    List<R> gone = old.get(number);
                    for (int i = 0; gone != null && i < gone.size() && number * PAGE + i < length; i++) {
                        nextSet(number * PAGE + i, gone.get(i));
                    }
                }
                if (!old.containsKey(page)) {
                    for (int i = 0; i < slice.rows().size(); i++) {
                        nextSet(page * PAGE + i, null);
                    }
                }
            } else {
                List<@Nullable R> gone = Collections.nCopies(length, null);
                length = slice.total();
                nextReplace(0, length, removed(gone));
            }
        }

        private void resize(int total) {
            if (total > length) {
                int from = length;
                length = total;
                nextAdd(from, total);
            } else if (total < length) {
                List<@Nullable R> gone = Collections.nCopies(length - total, null);
                length = total;
                nextRemove(total, removed(gone));
            }
        }

        private void forgetOldest() {
            var oldest = new ArrayList<>(pages.keySet()).iterator();
            while (pages.size() > KEPT_PAGES) {
                pages.remove(oldest.next());
            }
        }

        @SuppressWarnings({"unchecked", "NullAway"})
        private List<? extends R> removed(List<? extends @Nullable R> gone) {
            return (List<? extends R>) gone;
        }
    }
}
