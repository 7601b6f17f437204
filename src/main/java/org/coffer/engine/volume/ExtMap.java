package org.coffer.engine.volume;

import java.io.IOException;

/** Where the blocks of a file lie. Any number of threads may ask. */
interface ExtMap {
    /**
     * Blocks of a file that lie one after the other, or a hole.
     *
     * @param from first block of the file, at least 0
     * @param to one past the last, greater than {@code from}
     * @param place where {@code from} lies on the volume, in blocks; 0 for a hole
     */
    record Run(long from, long to, long place) {
        boolean isHole() {
            return place == 0;
        }
    }

    /** The run in which a block of the file lies; it may begin before the block. */
    Run at(long block) throws IOException;
}
