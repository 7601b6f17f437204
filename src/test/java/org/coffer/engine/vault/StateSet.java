package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States that an exploration has seen: 128 bits of hash for each (so that two of a hundred million are confused with odds
 * below 10⁻²²), and which state it was first reached from. 27 to 34 bytes a state.
 */
final class StateSet {
    private static final int CHUNK = 1 << 16;

    private final List<long[]> hashes = new ArrayList<>();
    private final List<int[]> parents = new ArrayList<>();
    private int[] table = new int[1 << 16];
    private int size;

    int size() {
        return size;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return mixed ^ mixed >>> 32;
    }

    /** First or second half of the hash of a state. */
    static long hash(byte[] state, boolean second) {
        long hash = second ? 0x5851f42d4c957f2dL : 0x14057b7ef767814fL;
        long word = 0;
        for (int i = 0; i < state.length; i++) {
            word = word << 8 | (state[i] & 0xff);
            if (i % 8 == 7 || i == state.length - 1) {
                hash = second ? mix(hash + word) + word * 0x2545f4914f6cdd1dL : mix(hash ^ mix(word + i));
                word = 0;
            }
        }
        return hash;
    }

    private long half(int index, int which) {
        return hashes.get(index / CHUNK)[index % CHUNK * 2 + which];
    }

    /** Remembers a state; false if it was known. Its number is {@link #size} before the call. */
    boolean add(byte[] state, int parent) {
        long first = hash(state, false);
        long second = hash(state, true);
        int mask = table.length - 1;
        int at = (int) first & mask;
        while (table[at] != 0) {
            int known = table[at] - 1;
            if (half(known, 0) == first && half(known, 1) == second) {
                return false;
            }
            at = at + 1 & mask;
        }
        if (size % CHUNK == 0) {
            hashes.add(new long[CHUNK * 2]);
            parents.add(new int[CHUNK]);
        }
        hashes.getLast()[size % CHUNK * 2] = first;
        hashes.getLast()[size % CHUNK * 2 + 1] = second;
        parents.getLast()[size % CHUNK] = parent;
        table[at] = ++size;
        if (size > table.length / 3 * 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] larger = new int[table.length * 2];
        int mask = larger.length - 1;
        for (int index = 0; index < size; index++) {
            int at = (int) half(index, 0) & mask;
            while (larger[at] != 0) {
                at = at + 1 & mask;
            }
            larger[at] = index + 1;
        }
        table = larger;
    }

    /** Which state a state was first reached from; -1 for the first of all. */
    int parent(int index) {
        return parents.get(index / CHUNK)[index % CHUNK];
    }

    boolean is(int index, byte[] state) {
        return half(index, 0) == hash(state, false) && half(index, 1) == hash(state, true);
    }

    /** The numbers from the first state to this one. */
    int[] path(int index) {
        int[] path = new int[64];
        int length = 0;
        for (int at = index; at >= 0; at = parent(at)) {
            if (length == path.length) {
                path = Arrays.copyOf(path, length * 2);
            }
            path[length++] = at;
        }
        int[] forward = new int[length];
        for (int i = 0; i < length; i++) {
            forward[i] = path[length - 1 - i];
        }
        return forward;
    }
}
