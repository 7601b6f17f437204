package org.coffer.engine.vault;

/** Up to 16 entries on their way into one frame. Not thread-safe; reused. */
final class Entries {
    final long[] high = new long[PackTrailer.ENTRIES_PER_FRAME];
    final long[] low = new long[PackTrailer.ENTRIES_PER_FRAME];
    final int[] length = new int[PackTrailer.ENTRIES_PER_FRAME];
    int count;
    int bytes;

    void clear() {
        count = 0;
        bytes = 0;
    }

    boolean fits(int size) {
        return count < PackTrailer.ENTRIES_PER_FRAME && bytes + size <= Workbench.FRAME;
    }

    void add(long idHigh, long idLow, int size) {
        high[count] = idHigh;
        low[count] = idLow;
        length[count] = size;
        count++;
        bytes += size;
    }

    int find(long idHigh, long idLow) {
        for (int i = 0; i < count; i++) {
            if (high[i] == idHigh && low[i] == idLow) {
                return i;
            }
        }
        return -1;
    }
}
