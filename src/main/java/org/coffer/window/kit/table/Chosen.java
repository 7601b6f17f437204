package org.coffer.window.kit.table;

import java.util.Set;

/** Which rows are ticked: some, or all that match the filter but some. Services take it as it is. */
public sealed interface Chosen {

    /** These rows. */
    record These(Set<String> ids) implements Chosen {
        /** Keeps an unmodifiable copy. */
        public These {
            ids = Set.copyOf(ids);
        }
    }

    /** All rows that match the filter, except these. */
    record AllBut(Set<String> ids) implements Chosen {
        /** Keeps an unmodifiable copy. */
        public AllBut {
            ids = Set.copyOf(ids);
        }
    }
}
