package org.coffer.engine.vault;

/**
 * Sizes that trade memory against speed. None of them changes what a reader must understand.
 *
 * @param dataPack bytes at which a data pack is full
 * @param mapPack bytes at which a map pack is full
 * @param frame bytes of blocks that are compressed together, at most 2 MiB, and so few that they fit into a data pack as they are
 * @param buffers data packs in memory at once, being filled or put
 * @param level zstd's level for new frames
 * @param spill new blocks a session remembers in memory before it writes an index segment
 */
public record Tuning(int dataPack, int mapPack, int frame, int buffers, int level, int spill) {
    /** What the product uses: at most 3 × 24 + 2 × 4 MiB of buffers, and 24 MiB for remembered blocks. */
    public static Tuning standard() {
        return new Tuning(24 << 20, 4 << 20, Workbench.FRAME, 3, 3, 1 << 19);
    }
}
