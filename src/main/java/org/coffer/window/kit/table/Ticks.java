package org.coffer.window.kit.table;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * The ticked rows, as IDs and not as table selection: ticking all of 100,000 rows is one flag here and a third of a
 * second there.
 */
public final class Ticks {
    private final Set<String> ids = new LinkedHashSet<>();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper();
    private boolean inverted;
    private int matching;

    /** How many rows are ticked. */
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** Counts up with every change, for views to repaint. */
    public ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /** Whether the row is ticked. */
    public boolean has(String id) {
        return ids.contains(id) != inverted;
    }

    /** Whether all that match are ticked, but perhaps some. */
    public boolean isAllMatching() {
        return inverted;
    }

    /** Ticks or unticks a row. */
    public void set(String id, boolean ticked) {
        if (ticked != inverted ? ids.add(id) : ids.remove(id)) {
            changed();
        }
    }

    /** Ticks or unticks several rows, such as the visible page. */
    public void setAll(Collection<String> some, boolean ticked) {
        if (ticked != inverted ? ids.addAll(some) : ids.removeAll(some)) {
            changed();
        }
    }

    /** Ticks all {@code total} rows that match the filter, loaded or not. */
    public void selectAllMatching(int total) {
        inverted = true;
        matching = total;
        ids.clear();
        changed();
    }

    /** Ticks nothing. */
    public void clear() {
        inverted = false;
        ids.clear();
        changed();
    }

    /** What is ticked, for services. */
    public Chosen chosen() {
        return inverted ? new Chosen.AllBut(ids) : new Chosen.These(ids);
    }

    /** Follows a changed number of matching rows. */
    void matching(int total) {
        if (inverted && matching != total) {
            matching = total;
            changed();
        }
    }

    private void changed() {
        count.set(inverted ? Math.max(0, matching - ids.size()) : ids.size());
        changes.set(changes.get() + 1);
    }
}
