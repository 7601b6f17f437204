package org.coffer.engine.vault;

/**
 * The blocks that a running session stored or adopted, by id: an open hash table in three arrays, 24 bytes a slot. Not
 * thread-safe; its owner locks.
 */
final class OwnBlocks {
    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private long[] place = new long[1024];
    private int size;

    int size() {
        return size;
    }

    private int slot(long idHigh, long idLow) {
        int mask = high.length - 1;
        int at = (int) idLow & mask;
        // A place is never -1 and stored plus one, so 0 marks a free slot.
        while (place[at] != 0 && (high[at] != idHigh || low[at] != idLow)) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** The place of a block, or -1. */
    long find(long idHigh, long idLow) {
        return place[slot(idHigh, idLow)] - 1;
    }

    void add(long idHigh, long idLow, long where) {
        if (size >= high.length / 2) {
            grow();
        }
        int at = slot(idHigh, idLow);
        size += place[at] == 0 ? 1 : 0;
        high[at] = idHigh;
        low[at] = idLow;
        place[at] = where + 1;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldPlace = place;
        high = new long[oldHigh.length * 2];
        low = new long[high.length];
        place = new long[high.length];
        size = 0;
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldPlace[i] != 0) {
                add(oldHigh[i], oldLow[i], oldPlace[i] - 1);
            }
        }
    }

    /** Receives entries. */
    @FunctionalInterface
    interface Visitor {
        void entry(long idHigh, long idLow, long where);
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < high.length; i++) {
            if (place[i] != 0) {
                visitor.entry(high[i], low[i], place[i] - 1);
            }
        }
    }

    void clear() {
        high = new long[1024];
        low = new long[1024];
        place = new long[1024];
        size = 0;
    }
}
