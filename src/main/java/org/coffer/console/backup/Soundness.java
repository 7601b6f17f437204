package org.coffer.console.backup;

import java.util.List;

/**
 * How much of a vault can be relied on, by what is known; the trash does not count.
 *
 * @param damaged how many backups need stored data that is damaged or missing
 * @param sound how many can be restored from
 * @param newest the newest of the damaged ones
 */
public record Soundness(int damaged, int sound, List<Backup> newest) {
    /** Nothing is known to be damaged, and nothing is there. */
    public static final Soundness NOTHING = new Soundness(0, 0, List.of());

    /** Keeps an unmodifiable copy of {@code newest}. */
    public Soundness {
        newest = List.copyOf(newest);
    }
}
