package org.coffer.engine.vault;

import java.util.random.RandomGenerator;

/**
 * Names the installation of Coffer that wrote something: 16 random bytes, kept in its home.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record ConsoleId(long high, long low) implements Comparable<ConsoleId> {
    /** Draws a new one. */
    public static ConsoleId random(RandomGenerator random) {
        return new ConsoleId(random.nextLong(), random.nextLong());
    }

    /** Reads 32 lower-case hexadecimal digits. @throws IllegalArgumentException if the text is anything else */
    public static ConsoleId of(String text) {
        return new ConsoleId(Hex.high(text), Hex.low(text));
    }

    @Override
    public int compareTo(ConsoleId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.text(high, low);
    }
}
