package org.coffer.window.shell;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;

/**
 * A page: its model, and how it is looked at. The model holds everything a user would miss (input, filters, ticks, the
 * chosen tab), because views come and go: a change of language makes a new one.
 */
public interface Page extends AutoCloseable {

    /** Makes a view in the kit's language. */
    Node view(Kit kit);

    /** The page comes to the front, the first time or again: time to load what may have changed. */
    default void shown() {}

    /** The page was left for good. */
    @Override
    default void close() {}
}
