package org.coffer.window.kit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how the user arranged the window: column widths, sorting, sizes. Called on the window's thread, so an
 * implementation answers from memory and writes later. Losing it loses no data.
 */
public interface LayoutMemory {

    /** What was kept under {@code key}, if anything. */
    Optional<String> recall(String key);

    /** Keeps {@code value} under {@code key}. */
    void keep(String key, String value);

    /** A memory that lasts as long as the program. */
    static LayoutMemory shortLived() {
        Map<String, String> kept = new HashMap<>();
        return new LayoutMemory() {
            @Override
            public Optional<String> recall(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void keep(String key, String value) {
                kept.put(key, value);
            }
        };
    }
}
