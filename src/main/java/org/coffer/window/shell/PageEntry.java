package org.coffer.window.shell;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import org.coffer.window.kit.Icon;

/**
 * What the shell knows of a page before it is opened.
 *
 * @param id how routes name it
 * @param titleKey its name in the navigation and in the window's title
 * @param place where it stands in the navigation; empty for pages that others lead to
 * @param parent the page of the navigation that is marked while this one is open
 * @param badge a number beside its name, such as unseen failures; nothing is shown for zero
 * @param factory makes the page for a route
 */
public record PageEntry(
        String id,
        String titleKey,
        Optional<Place> place,
        String parent,
        Optional<ObservableValue<? extends Number>> badge,
        Function<Route, ? extends Page> factory) {

    /**
     * A place in the navigation.
     *
     * @param group under which heading
     * @param icon the page's icon
     */
    public record Place(Group group, Icon icon) {}

    /** A page of the navigation; opened again, it is found as it was left. */
    public static PageEntry top(
            String id, String titleKey, Group group, Icon icon, Function<Route, ? extends Page> factory) {
        return new PageEntry(id, titleKey, Optional.of(new Place(group, icon)), id, Optional.empty(), factory);
    }

    /** A page that {@code parent} leads to, such as the details of a thing. */
    public static PageEntry below(String parent, String id, String titleKey, Function<Route, ? extends Page> factory) {
        return new PageEntry(id, titleKey, Optional.empty(), parent, Optional.empty(), factory);
    }

    /** The same page with a number beside its name. */
    public PageEntry badge(ObservableValue<? extends Number> number) {
        return new PageEntry(id, titleKey, place, parent, Optional.of(number), factory);
    }
}
