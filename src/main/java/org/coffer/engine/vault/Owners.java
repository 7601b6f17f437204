package org.coffer.engine.vault;

import java.util.Arrays;

/**
 * Who uses each of a pack's entries: nobody, one of up to 65,534 owners, or {@link #MANY}. Few owners share a pack, so each
 * entry takes half a byte, and two bytes only where there are more than 14. Mutable; not thread-safe.
 */
final class Owners {
    /** More than one owner. */
    static final char MANY = Character.MAX_VALUE;

    private static final int SHARED = 15;
    private static final char[] NONE = {};

    /** Owners by the half bytes that stand for them, from 1. */
    private char[] few = NONE;
    /** Two entries a byte; empty once there are too many owners for that. */
    private byte[] halves = new byte[32];
    /** The owners themselves, once there are many. */
    private char[] whole = NONE;

    /** Entries from here on are nobody's. */
    int length() {
        return whole.length > 0 ? whole.length : halves.length * 2;
    }

    /** Whose an entry is: 0 for nobody's, or {@link #MANY}. */
    char of(int entry) {
        if (entry >= length()) {
            return 0;
        }
        if (whole.length > 0) {
            return whole[entry];
        }
        int half = half(entry);
        return half == 0 ? 0 : half == SHARED ? MANY : few[half - 1];
    }

    /** Notes that {@code owner}, or more than one, uses an entry. */
    void add(int entry, char owner) {
        char before = of(entry);
        if (before == owner || before == MANY) {
            return;
        }
        char now = before == 0 ? owner : MANY;
        grow(entry + 1);
        if (whole.length == 0) {
            int half = now == MANY ? SHARED : halfOf(now);
            if (half > 0) {
                int shift = (entry & 1) * 4;
                halves[entry >> 1] = (byte) ((halves[entry >> 1] & ~(15 << shift)) | (half << shift));
                return;
            }
            unfold();
        }
        whole[entry] = now;
    }

    /** Whether an entry is one owner's alone. */
    boolean anyAlone() {
        for (int entry = 0; entry < length(); entry++) {
            char owner = of(entry);
            if (owner != 0 && owner != MANY) {
                return true;
            }
        }
        return false;
    }

    private int half(int entry) {
        return (halves[entry >> 1] >> ((entry & 1) * 4)) & 15;
    }

    /** What stands for an owner; 0 if there is no half byte left for it. */
    private int halfOf(char owner) {
        for (int i = 0; i < few.length; i++) {
            if (few[i] == owner) {
                return i + 1;
            }
        }
        if (few.length == SHARED - 1) {
            return 0;
        }
        few = Arrays.copyOf(few, few.length + 1);
        few[few.length - 1] = owner;
        return few.length;
    }

    private void unfold() {
        char[] all = new char[length()];
        for (int entry = 0; entry < all.length; entry++) {
            all[entry] = of(entry);
        }
        whole = all;
        halves = new byte[0];
        few = NONE;
    }

    private void grow(int entries) {
        if (entries <= length()) {
            return;
        }
        if (whole.length > 0) {
            whole = Arrays.copyOf(whole, Math.max(entries, whole.length * 3 / 2));
        } else {
            halves = Arrays.copyOf(halves, Math.max((entries + 1) / 2, halves.length * 3 / 2));
        }
    }
}
