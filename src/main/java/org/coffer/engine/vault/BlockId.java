package org.coffer.engine.vault;

/**
 * Names the content of a block or a node: the first 16 bytes of a keyed hash.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record BlockId(long high, long low) implements Comparable<BlockId> {
    /** Reads 32 hexadecimal digits. @throws IllegalArgumentException if the text is anything else */
    public static BlockId of(String text) {
        return new BlockId(Hex.high(text), Hex.low(text));
    }

    @Override
    public int compareTo(BlockId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.text(high, low);
    }
}
