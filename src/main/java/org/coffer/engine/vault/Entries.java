package org.coffer.engine.vault;

/** Up to 32 entries on their way into one frame. Not thread-safe; reused. */
final class Entries {
    final long[] high = new long[PackTrailer.MANY_ENTRIES];
    final long[] low = new long[PackTrailer.MANY_ENTRIES];
    final int[] length = new int[PackTrailer.MANY_ENTRIES];
    int count;
    int bytes;

    void clear() {
        count = 0;
        bytes = 0;
    }

    /** Whether one more block fits into a frame of at most so many bytes. */
    boolean fits(int size, int frame) {
        return count < PackTrailer.MANY_ENTRIES && bytes + size <= frame;
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
