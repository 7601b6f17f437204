package org.coffer.console.file;

/** Numbers that were seen, in 16 to 32 bytes each. Used by one thread. */
final class LongSet {
    private static final int FIRST = 1024;

    private long[] slots = new long[FIRST];
    private boolean zero;
    private int count;

    /** Adds a number; false if it is in already. */
    boolean add(long number) {
        if (number == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        if (2 * (count + 1) > slots.length) {
            grow();
        }
        int at = place(slots, number);
        if (slots[at] == number) {
            return false;
        }
        slots[at] = number;
        count++;
        return true;
    }

    boolean contains(long number) {
        return number == 0 ? zero : slots[place(slots, number)] == number;
    }

    int size() {
        return count + (zero ? 1 : 0);
    }

    /** Where a number is, or would go: the next free slot after the one its hash names. */
    private static int place(long[] slots, long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != number) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long number : slots) {
            if (number != 0) {
                larger[place(larger, number)] = number;
            }
        }
        slots = larger;
    }
}
