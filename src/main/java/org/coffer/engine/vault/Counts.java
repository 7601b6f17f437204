package org.coffer.engine.vault;

/**
 * What became of the blocks of one or more disks. All but {@code newBlocks} in bytes of the disk, unless said otherwise.
 *
 * @param read compared by content: everything that is not a hole
 * @param newBlocks how many blocks were stored
 * @param newBytes what was stored, before compression
 * @param storedBytes what was stored, as compressed and sealed
 * @param zero found to be all zero
 * @param hole known to be empty without reading
 * @param unchanged equal to the parent at the same place
 * @param shared stored before somewhere else in the vault
 */
public record Counts(
        long read, long newBlocks, long newBytes, long storedBytes, long zero, long hole, long unchanged, long shared) {
    /** Nothing yet. */
    public static Counts none() {
        return new Counts(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                read + other.read,
                newBlocks + other.newBlocks,
                newBytes + other.newBytes,
                storedBytes + other.storedBytes,
                zero + other.zero,
                hole + other.hole,
                unchanged + other.unchanged,
                shared + other.shared);
    }
}
