package org.coffer.engine.vault;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who uses each of a pack's entries: nobody, one owner of any number, or {@link #MANY}. Few owners share a pack, so each
 * entry takes half a byte, and two bytes only where there are more than 14. Mutable; not thread-safe.
 */
final class Owners {
    /** More than one owner. */
    static final int MANY = Integer.MAX_VALUE;

    private static final int SHARED = 15;
    /** {@link #MANY} in {@link #whole}. More owners than that have no room, and count as many. */
    private static final char SHARED_WHOLE = Character.MAX_VALUE;

    private static final char[] NONE = {};

    /** Owners by the numbers that stand for them here, from 1. */
    private int[] known = new int[0];

    private int count;
    /** Where the owner that was asked for last is in {@link #known}. */
    private int last;
    /** Two entries a byte; empty once there are too many owners for that. */
    private byte[] halves = new byte[32];
    /** An entry each, once there are many. */
    private char[] whole = NONE;

    /** Entries from here on are nobody's. */
    int length() {
        return whole.length > 0 ? whole.length : halves.length * 2;
    }

    /** Whose an entry is: 0 for nobody's, or {@link #MANY}. */
    int of(int entry) {
        if (entry >= length()) {
            return 0;
        }
        int number = whole.length > 0 ? whole[entry] : half(entry);
        if (number == (whole.length > 0 ? SHARED_WHOLE : SHARED)) {
            return MANY;
        }
        return number == 0 ? 0 : known[number - 1];
    }

    /** Notes that {@code owner}, from 1, or more than one, uses an entry. */
    void add(int entry, int owner) {
        int before = of(entry);
        if (before == owner || before == MANY) {
            return;
        }
        int now = before == 0 ? owner : MANY;
        grow(entry + 1);
        if (whole.length == 0) {
            int half = now == MANY ? SHARED : numberOf(now);
            if (half < SHARED || now == MANY) {
                int shift = (entry & 1) * 4;
                halves[entry >> 1] = (byte) ((halves[entry >> 1] & ~(15 << shift)) | (half << shift));
                return;
            }
            unfold();
        }
        whole[entry] = now == MANY ? SHARED_WHOLE : (char) numberOf(now);
    }

    /** Whether an entry is one owner's alone. */
    boolean anyAlone() {
        for (int entry = 0; entry < length(); entry++) {
            int owner = of(entry);
            if (owner != 0 && owner != MANY) {
                return true;
            }
        }
        return false;
    }

    /** Who has some entry alone. */
    Set<Integer> alone() {
        Set<Integer> owners = new TreeSet<>();
        int before = 0;
        for (int entry = 0; entry < length(); entry++) {
            int owner = of(entry);
            if (owner != 0 && owner != MANY && owner != before) {
                owners.add(owner);
                before = owner;
            }
        }
        return owners;
    }

    private int half(int entry) {
        return (halves[entry >> 1] >> ((entry & 1) * 4)) & 15;
    }

    /** What stands for an owner. Blocks come by the leaf, so it is that of the last time nearly always. */
    private int numberOf(int owner) {
        if (last < count && known[last] == owner) {
            return last + 1;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (known[i] == owner) {
                last = i;
                return i + 1;
            }
        }
        if (count + 1 == SHARED_WHOLE) {
            return SHARED_WHOLE;
        }
        if (count == known.length) {
            known = Arrays.copyOf(known, Math.max(2, count + count / 2));
        }
        last = count;
        known[count++] = owner;
        return count;
    }

    private void unfold() {
        char[] all = new char[length()];
        for (int entry = 0; entry < all.length; entry++) {
            int half = half(entry);
            all[entry] = half == SHARED ? SHARED_WHOLE : (char) half;
        }
        whole = all;
        halves = new byte[0];
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
