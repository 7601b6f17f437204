package org.coffer.engine.vault;

import java.util.concurrent.atomic.LongAdder;

/** What became of a disk's blocks, counted while several threads write. */
final class Tally {
    final LongAdder read = new LongAdder();
    final LongAdder newBlocks = new LongAdder();
    final LongAdder newBytes = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder zero = new LongAdder();
    final LongAdder hole = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder shared = new LongAdder();

    Counts counts() {
        return new Counts(
                read.sum(),
                newBlocks.sum(),
                newBytes.sum(),
                stored.sum(),
                zero.sum(),
                hole.sum(),
                unchanged.sum(),
                shared.sum());
    }
}
