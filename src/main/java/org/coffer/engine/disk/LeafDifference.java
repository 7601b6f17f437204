package org.coffer.engine.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Objects;
import org.coffer.engine.vault.BlockKind;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafView;
import org.jspecify.annotations.Nullable;

/**
 * Where a disk differs from a leaf of a backup, block by block. A tool of one thread: its answers are overwritten by the next
 * question.
 */
final class LeafDifference {
    private static final int LEAF = DiskWriter.LEAF;
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final MemorySegment ZEROS = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(BLOCK));

    private final DiskReader backup;
    private final BlockSource disk;
    private final ByteBuffer buffer;
    private final MemorySegment memory;
    private final BitSet toWrite = new BitSet(DiskWriter.LEAF_BLOCKS);
    private final BitSet toZero = new BitSet(DiskWriter.LEAF_BLOCKS);
    private final BitSet held = new BitSet(DiskWriter.LEAF_BLOCKS);
    private final BitSet all = new BitSet(DiskWriter.LEAF_BLOCKS);
    private final BitSet asked = new BitSet(DiskWriter.LEAF_BLOCKS);
    private @Nullable LeafView seen;
    private long leaf;
    private long bytesRead;

    /** @param room what the disk holds is read into it, {@link DiskBackup#buffer}; free between a look and the next */
    LeafDifference(DiskReader backup, BlockSource disk, ByteBuffer room) {
        this.backup = backup;
        this.disk = disk;
        this.buffer = room.duplicate().clear();
        this.memory = MemorySegment.ofBuffer(buffer);
    }

    /** Reads what the disk holds of the leaf, holes aside, and compares it with the backup. */
    void look(long leaf) throws IOException {
        read(leaf);
        compare();
    }

    /** The same for some blocks only. */
    void look(long leaf, BitSet only) throws IOException {
        read(leaf, only);
        compare();
    }

    /** The first half of a look, which waits for the disk. */
    void read(long leaf) throws IOException {
        all.set(0, DiskWriter.LEAF_BLOCKS);
        read(leaf, all);
    }

    private void read(long leaf, BitSet only) throws IOException {
        this.leaf = leaf;
        asked.clear();
        asked.or(only);
        bytesRead = 0;
        findData(leaf * LEAF, length(leaf), only);
        readData(leaf * LEAF, length(leaf));
    }

    /** Whether the disk holds nothing of the leaf that was read, so that all that the backup has of it is needed. */
    boolean nothingThere() {
        return held.isEmpty();
    }

    /** The second half of a look, which works on what was read. */
    void compare() {
        toWrite.clear();
        toZero.clear();
        int length = length(leaf);
        LeafView view = backup.leaf(leaf);
        seen = view;
        for (int block = asked.nextSetBit(0);
                block >= 0 && block * BLOCK < length;
                block = asked.nextSetBit(block + 1)) {
            int at = block * BLOCK;
            int size = Math.min(BLOCK, length - at);
            boolean zero = !held.get(block) || isZero(at, size);
            if (view.kind(block) != BlockKind.DATA) {
                toZero.set(block, !zero);
            } else if (zero || !backup.same(leaf, view, block, buffer.slice(at, size))) {
                toWrite.set(block);
            }
        }
    }

    /** Notes the blocks asked for that are no holes; the room of the others in the buffer means nothing. */
    private void findData(long start, int length, BitSet only) throws IOException {
        held.clear();
        for (Extent extent : disk.data(start, start + length)) {
            held.set((int) (extent.from() - start) / BLOCK, (int) (extent.to() - start + BLOCK - 1) / BLOCK);
        }
        held.and(only);
    }

    private void readData(long start, int length) throws IOException {
        for (int from = held.nextSetBit(0); from >= 0; ) {
            int to = held.nextClearBit(from);
            int end = Math.min(length, to * BLOCK);
            disk.read(start + (long) from * BLOCK, buffer.clear().limit(end).position(from * BLOCK));
            bytesRead += end - (long) from * BLOCK;
            from = held.nextSetBit(to);
        }
        buffer.clear();
    }

    private boolean isZero(int at, int size) {
        return MemorySegment.mismatch(memory, at, at + size, ZEROS, 0, size) < 0;
    }

    /** Blocks that the backup has and the disk has not. */
    BitSet toWrite() {
        return toWrite;
    }

    /** Blocks that are zero in the backup and not on the disk. */
    BitSet toZero() {
        return toZero;
    }

    /** What the backup says of the leaf that was looked at. */
    LeafView view() {
        return Objects.requireNonNull(seen, "nothing was looked at");
    }

    /** Whether the disk agrees with the backup. */
    boolean isNone() {
        return toWrite.isEmpty() && toZero.isEmpty();
    }

    /** Bytes that had to be read from the disk. */
    long bytesRead() {
        return bytesRead;
    }

    /** Bytes of the blocks in {@code blocks}. */
    long bytes(long leaf, BitSet blocks) {
        long bytes = (long) blocks.cardinality() * BLOCK;
        int length = length(leaf);
        int last = (length - 1) / BLOCK;
        return blocks.get(last) ? bytes - ((last + 1L) * BLOCK - length) : bytes;
    }

    /** Bytes of the leaf: 8 MiB but for the disk's last. */
    int length(long leaf) {
        return (int) Math.min(LEAF, backup.size() - leaf * LEAF);
    }
}
