package org.coffer.window.kit.page;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;

/**
 * One tab of a page whose title row changes with the tab: what is searched, refreshed and created depends on what is
 * listed. The page draws the title row and the tabs, the tab everything below them. Pages of one thing use the same
 * tabs filtered for it, without their title row.
 */
public interface PageTab extends AutoCloseable {

    /** The tab's ID among the page's tabs. */
    String id();

    /** The message that names it. */
    String titleKey();

    /** How many things are listed; shown beside the name. */
    ObservableValue<? extends Number> count();

    /** Where the committed text of the search field goes. */
    StringProperty query();

    /** What the refresh button and F5 do. */
    Act refresh();

    /** The one primary act while this tab is chosen. */
    Optional<Act> primary();

    /** Filters and table, in the kit's language. */
    Node content(Kit kit);

    /** The page comes to the front: time to load what may have changed. */
    default void shown() {}

    /** The page was left for good. */
    @Override
    default void close() {}
}
