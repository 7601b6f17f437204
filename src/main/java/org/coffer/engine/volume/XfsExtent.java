package org.coffer.engine.volume;

import java.nio.ByteBuffer;

/**
 * A run of blocks of a file.
 *
 * @param offset its first block, counted in the file
 * @param block its first block on the volume
 * @param count blocks, 0 to 2<sup>21</sup>-1
 * @param unwritten allocated and never written: it reads as zeros
 */
record XfsExtent(long offset, long block, long count, boolean unwritten) {
    /** Bytes of a packed one. */
    static final int LENGTH = 16;

    /** Unpacks 128 bits: 1 for unwritten, 54 of offset, 52 of block, 21 of count. */
    static XfsExtent of(ByteBuffer bytes, int at) {
        long high = bytes.getLong(at);
        long low = bytes.getLong(at + 8);
        return new XfsExtent(
                (high & Long.MAX_VALUE) >>> 9, ((high & 0x1ff) << 43) | (low >>> 21), low & 0x1f_ffff, high < 0);
    }

    /** One past its last block, counted in the file. */
    long end() {
        return offset + count;
    }
}
