package org.coffer.engine.disk;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLongArray;
import org.coffer.engine.vault.DiskWriter;

/** Which blocks a restore wrote: one bit a block, 2 MiB for a disk of 1 TiB. Each leaf is noted by one thread. */
final class TouchedBlocks {
    private final AtomicLongArray words;

    TouchedBlocks(long leaves) {
        words = new AtomicLongArray(Math.toIntExact(2 * leaves));
    }

    /** Adds blocks of a leaf. */
    void add(long leaf, BitSet blocks) {
        long[] bits = blocks.toLongArray();
        for (int i = 0; i < bits.length; i++) {
            long more = bits[i];
            words.updateAndGet((int) (2 * leaf) + i, old -> old | more);
        }
    }

    /** The blocks of a leaf. */
    BitSet of(long leaf) {
        return BitSet.valueOf(new long[] {words.get((int) (2 * leaf)), words.get((int) (2 * leaf) + 1)});
    }

    /** Bytes of all of them, the last block of the disk taken as whole. */
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < words.length(); i++) {
            bytes += (long) Long.bitCount(words.get(i)) * DiskWriter.BLOCK;
        }
        return bytes;
    }
}
