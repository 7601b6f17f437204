package org.coffer.engine.vault;

/**
 * Which of the 128 blocks of a leaf are holes, one bit each.
 *
 * @param low blocks 0 to 63
 * @param high blocks 64 to 127
 */
public record LeafKinds(long low, long high) {
    /** No holes: everything was read. */
    public static LeafKinds none() {
        return new LeafKinds(0, 0);
    }

    /** The same with one more hole. */
    public LeafKinds with(int block) {
        return block < 64 ? new LeafKinds(low | 1L << block, high) : new LeafKinds(low, high | 1L << (block - 64));
    }

    /** Whether a block, 0 to 127, is a hole. */
    public boolean hole(int block) {
        return ((block < 64 ? low >>> block : high >>> (block - 64)) & 1) != 0;
    }
}
