package org.coffer.engine.vault;

import java.util.List;

/**
 * Which stretches of its disks a backup cannot give back.
 *
 * @param runs in the order of the disks and of the bytes on each; neighbours are one; the first of them if there are many
 * @param more how many there are besides
 * @param bytes length of all of them, also of those that are not listed
 */
public record DamagedRanges(List<DiskRange> runs, long more, long bytes) {
    /** How many are listed of one backup. */
    public static final int MOST = 1_000;

    /** Keeps an unmodifiable copy of {@code runs}. */
    public DamagedRanges {
        runs = List.copyOf(runs);
    }
}
