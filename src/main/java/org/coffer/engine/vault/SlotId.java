package org.coffer.engine.vault;

import java.util.random.RandomGenerator;

/**
 * Names a key slot: 16 random bytes.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record SlotId(long high, long low) implements Comparable<SlotId> {
    /** Draws a new one. */
    public static SlotId random(RandomGenerator random) {
        return new SlotId(random.nextLong(), random.nextLong());
    }

    /** Reads 32 lower-case hexadecimal digits. @throws IllegalArgumentException if the text is anything else */
    public static SlotId of(String text) {
        return new SlotId(Hex.high(text), Hex.low(text));
    }

    @Override
    public int compareTo(SlotId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.text(high, low);
    }
}
