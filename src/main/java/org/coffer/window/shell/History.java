package org.coffer.window.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Where the user is and was. Pages of the navigation live as long as the window, so their tabs, filters and input are
 * found again; other pages live while they are in the history, which remembers 30 steps.
 */
public final class History implements Navigator {
    private static final int STEPS = 30;

    /**
     * A page at a place of the history.
     *
     * @param route how it was reached
     * @param entry what is known of it
     * @param page the page itself
     */
    public record Visit(Route route, PageEntry entry, Page page) {}

    private final Pages pages;
    private final Map<String, Page> kept = new LinkedHashMap<>();
    private final Deque<Visit> past = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Optional<Visit>> current = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** Nowhere yet. */
    public History(Pages pages) {
        this.pages = pages;
    }

    /** Where the user is; empty before the first page. */
    public ReadOnlyObjectProperty<Optional<Visit>> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Whether the user may come back to the page. */
    boolean isAlive(Page page) {
        return kept.containsValue(page)
                || past.stream().anyMatch(visit -> visit.page().equals(page))
                || current.get().map(visit -> visit.page().equals(page)).orElse(false);
    }

    @Override
    public void open(Route route) {
        Optional<Visit> here = current.get();
        if (here.isPresent() && here.get().route().equals(route)) {
            here.get().page().shown();
            return;
        }
        Visit next = visit(route);
        here.ifPresent(past::push);
        while (past.size() > STEPS) {
            forget(past.removeLast());
        }
        go(next);
    }

    @Override
    public void back() {
        if (!past.isEmpty()) {
            Optional<Visit> left = current.get();
            go(past.pop());
            left.ifPresent(this::forget);
        }
    }

    @Override
    public void leave() {
        current.get().ifPresent(visit -> {
            Page gone = kept.remove(visit.entry().id());
            if (past.isEmpty()) {
                go(visit(Route.to(visit.entry().parent())));
            } else {
                go(past.pop());
            }
            if (gone != null) {
                gone.close();
            } else {
                forget(visit);
            }
        });
    }

    private void go(Visit visit) {
        current.set(Optional.of(visit));
        visit.page().shown();
    }

    private Visit visit(Route route) {
        PageEntry entry = pages.get(route.page());
        Page page = entry.place().isPresent() && route.args().isEmpty()
                ? kept.computeIfAbsent(entry.id(), id -> entry.factory().apply(route))
                : entry.factory().apply(route);
        return new Visit(route, entry, page);
    }

    private void forget(Visit visit) {
        if (!isAlive(visit.page())) {
            visit.page().close();
        }
    }
}
