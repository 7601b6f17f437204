package org.coffer.engine.volume;

import java.util.Arrays;

/** Numbers of blocks by numbers of blocks, in 22 to 43 bytes for each, and at most half as much again while they become more. Not for several threads while it changes. */
final class BlockMap {
    private static final long NONE = -1;

    private long[] keys = empty(64);
    private long[] values = new long[64];
    private int used;

    private static long[] empty(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, NONE);
        return keys;
    }

    /** Sets the value, at least 0, of a key, at least 0. */
    void put(long key, long value) {
        if (used >= keys.length / 4 * 3) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == NONE) {
            keys[slot] = key;
            used++;
        }
        values[slot] = value;
    }

    /** The value of a key; -1 if it has none. */
    long get(long key) {
        int slot = slot(key);
        return keys[slot] == NONE ? NONE : values[slot];
    }

    /** Takes the value of a key away. */
    void remove(long key) {
        int slot = slot(key);
        if (keys[slot] != NONE) {
            values[slot] = NONE;
        }
    }

    /** Whether no key was ever set. */
    boolean isEmpty() {
        return used == 0;
    }

    /** How many keys were ever set. */
    int used() {
        return used;
    }

    private int slot(long key) {
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & (keys.length - 1);
        while (keys[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = empty(2 * oldKeys.length);
        values = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
