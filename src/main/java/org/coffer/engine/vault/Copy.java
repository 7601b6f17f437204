package org.coffer.engine.vault;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of a logical pack an object is. The order of copies is (generation, creator); of two copies the higher one
 * was made by somebody who knew at least as well what is dead.
 *
 * @param generation 0 is what the session itself wrote
 * @param creator who made the copy, as an unsigned number
 */
record Copy(int generation, long creator) implements Comparable<Copy> {
    @Override
    public int compareTo(Copy other) {
        return generation != other.generation
                ? Integer.compare(generation, other.generation)
                : Long.compareUnsigned(creator, other.creator);
    }

    /** What stands in a name after the pack's number and a dot. */
    static @Nullable Copy parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || text.length() != dash + 17) {
            return null;
        }
        try {
            int generation = Integer.parseInt(text, 0, dash, 10);
            return generation < 0 || !text.startsWith(generation + "-")
                    ? null
                    : new Copy(generation, HexFormat.fromHexDigitsToLong(text, dash + 1, dash + 17));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return generation + "-" + HexFormat.of().toHexDigits(creator);
    }
}
