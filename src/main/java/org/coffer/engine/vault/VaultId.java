package org.coffer.engine.vault;

import java.util.random.RandomGenerator;

/**
 * Names a vault for ever: 16 random bytes, drawn when it is made.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record VaultId(long high, long low) implements Comparable<VaultId> {
    /** Draws a new one. */
    public static VaultId random(RandomGenerator random) {
        return new VaultId(random.nextLong(), random.nextLong());
    }

    /** Reads 32 lower-case hexadecimal digits. @throws IllegalArgumentException if the text is anything else */
    public static VaultId of(String text) {
        return new VaultId(Hex.high(text), Hex.low(text));
    }

    @Override
    public int compareTo(VaultId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.text(high, low);
    }
}
