package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The superblock of a journal (jbd2), and how the blocks of that journal are laid out and checked. All its numbers are big-endian.
 *
 * @param bytes the first block of the journal
 */
record ExtLogHeader(ByteBuffer bytes) {
    private static final int MAGIC = 0xc03b3998;
    private static final int VERSION_1 = 3;
    private static final int VERSION_2 = 4;

    private static final int BITS_64 = 0x2;
    private static final int CHECKED_2 = 0x8;
    private static final int CHECKED_3 = 0x10;
    private static final int FAST_COMMIT = 0x20;

    /** Revoke and async_commit besides those above. */
    private static final int KNOWN = 0x1 | 0x4 | BITS_64 | CHECKED_2 | CHECKED_3 | FAST_COMMIT;

    private static final int FAST_BLOCKS = 256;
    private static final int LEAST = 1024;
    private static final int CRC32C = 4;

    /** Whether it makes sense for a journal of so many blocks. */
    boolean isSound(int volumeBlockSize, long blocks) {
        int version = bytes.getInt(4);
        return bytes.getInt(0) == MAGIC
                && (version == VERSION_1 || version == VERSION_2)
                && (features() & ~KNOWN) == 0
                && blockSize() == volumeBlockSize
                && first() >= 1
                && end() > first()
                && end() <= blocks
                && (start() == 0 || (start() >= first() && start() < end()));
    }

    /** Bytes of its blocks. */
    int blockSize() {
        return bytes.getInt(12);
    }

    /** First block of the log. */
    long first() {
        return Integer.toUnsignedLong(bytes.getInt(20));
    }

    /** One past the last block of the log; blocks for fast commits follow, if there are any. */
    long end() {
        if ((features() & FAST_COMMIT) == 0) {
            return all();
        }
        long fast = Integer.toUnsignedLong(bytes.getInt(0x54));
        long rest = all() - (fast == 0 ? FAST_BLOCKS : fast);
        return rest >= LEAST ? rest : all();
    }

    private long all() {
        return Integer.toUnsignedLong(bytes.getInt(16));
    }

    /** Whether there are blocks for fast commits. */
    boolean hasFastBlocks() {
        return firstFast() < all();
    }

    /** The first of those; the kernel leaves one out between. */
    long firstFast() {
        return end() + 1;
    }

    /** The block after another; the log goes round. */
    long next(long block) {
        return block + 1 < end() ? block + 1 : first();
    }

    /** Number of the transaction with which the log begins. */
    int sequence() {
        return bytes.getInt(24);
    }

    /** Where the log begins; 0 if it holds nothing. */
    long start() {
        return Integer.toUnsignedLong(bytes.getInt(28));
    }

    /** Whether blocks are numbered with 64 bits. */
    boolean has64Bits() {
        return (features() & BITS_64) != 0;
    }

    /** Bytes of a tag in a descriptor. */
    int tagLength() {
        if ((features() & CHECKED_3) != 0) {
            return 16;
        }
        return 8 + ((features() & CHECKED_2) != 0 ? 2 : 0) + (has64Bits() ? 4 : 0);
    }

    /** Block of the volume that a tag names. */
    long tagBlock(ByteBuffer block, int tag) {
        long high = has64Bits() ? Integer.toUnsignedLong(block.getInt(tag + 8)) : 0;
        return (high << 32) | Integer.toUnsignedLong(block.getInt(tag));
    }

    /** Flags of a tag. */
    int tagFlags(ByteBuffer block, int tag) {
        return (features() & CHECKED_3) != 0 ? block.getInt(tag + 4) : block.getShort(tag + 6) & 0xffff;
    }

    /** Checksum of the logged block that a tag names. */
    long tagSum(ByteBuffer block, int tag) {
        return (features() & CHECKED_3) != 0
                ? Integer.toUnsignedLong(block.getInt(tag + 12))
                : Short.toUnsignedInt(block.getShort(tag + 4));
    }

    /**
     * Whether a logged block is the one that its tag names, or tags say nothing of that.
     *
     * @param block as it lies in the log
     * @param sequence number of its transaction
     * @param sum as {@link #tagSum} has it
     */
    boolean isLogged(ByteBuffer block, int sequence, long sum) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(48, 16));
        crc.update(ByteBuffer.allocate(4).putInt(sequence).flip());
        crc.update(block.slice());
        long found = ~crc.getValue() & ((features() & CHECKED_3) != 0 ? 0xffff_ffffL : 0xffffL);
        return found == sum;
    }

    /** Bytes of the checksum at the end of a block. */
    int tailLength() {
        return isChecked() ? 4 : 0;
    }

    /** Whether the checksum at the end of a block is right, or there is none. */
    boolean isSoundBlock(ByteBuffer block) {
        return !isChecked() || isRight(block, block.limit() - 4);
    }

    /** Whether the checksum of a commit is right, or there is none. */
    boolean isSoundCommit(ByteBuffer block) {
        return !isChecked() || isRight(block, 16);
    }

    /** Whether blocks, and what is logged, carry checksums. */
    boolean isChecked() {
        return (features() & (CHECKED_2 | CHECKED_3)) != 0 && bytes.get(0x50) == CRC32C;
    }

    /** The kernel's CRC-32C begins with the journal's UUID and is not inverted at the end. */
    private boolean isRight(ByteBuffer block, int place) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(48, 16));
        crc.update(block.slice(0, place));
        crc.update(new byte[4]);
        crc.update(block.slice(place + 4, block.limit() - place - 4));
        return (int) ~crc.getValue() == block.getInt(place);
    }

    private int features() {
        return bytes.getInt(4) == VERSION_2 ? bytes.getInt(40) : 0;
    }
}
