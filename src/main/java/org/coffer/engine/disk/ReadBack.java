package org.coffer.engine.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.coffer.engine.vault.DiskWriter;

/**
 * Reads what was just written from the medium again and compares it with what should be there, in pieces, so that it needs
 * little memory. A tool of one thread.
 */
final class ReadBack {
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final int PIECE_BLOCKS = 32;

    private final BlockSource disk;
    private final ByteBuffer piece = DiskBackup.buffer(PIECE_BLOCKS * BLOCK);
    private final MemorySegment found = MemorySegment.ofBuffer(piece);

    ReadBack(BlockSource disk) {
        this.disk = disk;
    }

    /**
     * Compares blocks of a leaf with what the disk holds of them.
     *
     * @param content the whole leaf's room, with the written blocks at their places
     * @param length bytes of the leaf
     * @return the first block that is not what was written; -1 if there is none
     */
    int firstUnlike(long leaf, ByteBuffer content, BitSet written, int length) throws IOException {
        MemorySegment expected = MemorySegment.ofBuffer(content.duplicate().clear());
        for (int from = written.nextSetBit(0); from >= 0; ) {
            int to = Math.min(written.nextClearBit(from), from + PIECE_BLOCKS);
            int end = Math.min(length, to * BLOCK);
            disk.read(
                    leaf * DiskWriter.LEAF + (long) from * BLOCK, piece.clear().limit(end - from * BLOCK));
            for (int block = from; block < to; block++) {
                if (isUnlike(expected, block * BLOCK, from * BLOCK, Math.min(BLOCK, length - block * BLOCK))) {
                    return block;
                }
            }
            from = written.nextSetBit(to);
        }
        return -1;
    }

    /**
     * Compares a block. Asked for each block rather than for a run of them, because only what is called often is compiled, and only
     * then Java compares by the widest instructions there are.
     */
    private boolean isUnlike(MemorySegment expected, int at, int pieceAt, int size) {
        int there = at - pieceAt;
        return MemorySegment.mismatch(found, there, there + size, expected, at, at + size) >= 0;
    }
}
