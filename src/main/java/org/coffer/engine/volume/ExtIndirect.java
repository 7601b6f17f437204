package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The map of ext2 and ext3: twelve blocks, and blocks of numbers of blocks, of blocks of numbers, and so on up to three times. The way down
 * is never longer than that, so that what is written in it can lead in no circle.
 */
final class ExtIndirect implements ExtMap {
    private static final int DIRECT = 12;
    private static final int LEVELS = 3;

    /** How many numbers at least are looked at for a run, if there are so many. */
    private static final int LEAST_PIECE = 256;

    private final CachedBytes volume;
    private final ExtSuperblock superblock;
    private final ByteBuffer root;
    private final String what;

    /**
     * A map.
     *
     * @param root its fifteen numbers, in the inode
     * @param what whose it is, for troubles
     */
    ExtIndirect(CachedBytes volume, ExtSuperblock superblock, ByteBuffer root, String what) {
        this.volume = volume;
        this.superblock = superblock;
        this.root = root;
        this.what = what;
    }

    @Override
    public Run at(long block) throws IOException {
        if (block < DIRECT) {
            return run(root, DIRECT, block, (int) block);
        }
        long fan = superblock.blockSize() / 4;
        long start = DIRECT;
        long span = 1;
        for (int level = 1; level <= LEVELS && block < ExtExtents.MOST; level++) {
            span *= fan;
            if (block < start + span) {
                return below(number(root, DIRECT + level - 1), level, start, span, block);
            }
            start += span;
        }
        return new Run(block, Long.MAX_VALUE, 0);
    }

    /** Goes down from a block of numbers that covers {@code span} blocks from {@code start} on. */
    private Run below(long place, int level, long start, long span, long block) throws IOException {
        int fan = superblock.blockSize() / 4;
        while (true) {
            if (place == 0) {
                return new Run(start, start + span, 0);
            }
            if (place >= superblock.blocks()) {
                throw Trouble.broken(what);
            }
            long position = place * superblock.blockSize();
            if (level == 1) {
                int entry = (int) (block - start);
                int count = Math.min(fan - entry, Math.max(LEAST_PIECE, fan / 4));
                return run(volume.at(position + 4L * entry, 4 * count, what), count, block, 0);
            }
            span /= fan;
            long entry = (block - start) / span;
            start += entry * span;
            place = number(volume.at(position + entry * 4, 4, what), 0);
            level--;
        }
    }

    /** As many as follow each other, on the volume too, or are holes, from the number on that belongs to a block. */
    private Run run(ByteBuffer numbers, int count, long block, int entry) {
        long place = number(numbers, entry);
        int end = entry + 1;
        while (end < count && number(numbers, end) == (place == 0 ? 0 : place + end - entry)) {
            end++;
        }
        if (place > superblock.blocks() - (end - entry)) {
            throw Trouble.broken(what);
        }
        return new Run(block, block + end - entry, place);
    }

    private static long number(ByteBuffer numbers, int entry) {
        return Integer.toUnsignedLong(numbers.getInt(4 * entry));
    }
}
