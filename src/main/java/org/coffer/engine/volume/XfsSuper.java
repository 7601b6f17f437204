package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The superblock of an XFS: how large its pieces are, and thereby where a numbered block or inode lies.
 *
 * <p>The volume is cut into allocation groups of one size, the last one shorter. A block's number is that of its group, shifted by
 * {@code groupLog}, with its number within the group below it; the shift is rounded up, so that there are numbers which mean nothing.
 * An inode's number is the number of its block, shifted by {@code inodesLog}, with its place in the block below it.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapters <i>Allocation Groups</i> and <i>On-disk Inode</i>.
 *
 * @param features what is used
 * @param label the volume's name
 * @param root number of the topmost folder's inode
 * @param blocks how many blocks there are
 * @param blockLog binary logarithm of the bytes in a block, 9 to 16
 * @param inodeLog binary logarithm of the bytes in an inode, 8 to 11
 * @param inodesLog binary logarithm of the inodes in a block
 * @param groups how many allocation groups there are
 * @param groupBlocks blocks of an allocation group
 * @param groupLog binary logarithm of {@code groupBlocks}, rounded up
 * @param folderLog binary logarithm of the bytes in a folder's block, at least {@code blockLog}, at most 16
 * @param log where the log lies
 */
record XfsSuper(
        XfsFeatures features,
        String label,
        long root,
        long blocks,
        int blockLog,
        int inodeLog,
        int inodesLog,
        long groups,
        long groupBlocks,
        int groupLog,
        int folderLog,
        Log log) {
    private static final int MAGIC = 0x58465342;
    private static final int SMALLEST_SECTOR = 512;
    private static final int LARGEST_SECTOR = 32 * 1024;
    private static final int CHECKSUM = 224;
    /** Bytes that it has at most, before what is only zeros. */
    static final int LENGTH = 512;

    /**
     * Where the log lies.
     *
     * @param start its first block; 0 if it is on another disk
     * @param blocks how many blocks it has
     */
    record Log(long start, long blocks) {}

    /**
     * Reads the one at the volume's start.
     *
     * @throws org.coffer.problem.ProblemException {@code files.broken}, {@code files.unsupported}
     */
    static XfsSuper read(Bytes volume) throws IOException {
        return read(volume, true);
    }

    /** Reads one as {@link #read(Bytes)}; with {@code sealed} false without asking its checksum, for one that the log changed. */
    static XfsSuper read(Bytes volume, boolean sealed) throws IOException {
        if (volume.size() < LARGEST_SECTOR) {
            throw Trouble.broken("superblock");
        }
        ByteBuffer first = ByteBuffer.allocate(LARGEST_SECTOR);
        volume.read(0, first);
        first.flip();
        int sector = Short.toUnsignedInt(first.getShort(102));
        boolean sane = first.getInt(0) == MAGIC
                && Integer.bitCount(sector) == 1
                && sector >= SMALLEST_SECTOR
                && sector <= LARGEST_SECTOR;
        if (!sane) {
            throw Trouble.broken("superblock");
        }
        XfsFeatures features = XfsFeatures.of(first);
        if (features.v5() && sealed) {
            XfsSeal.check(first.slice(0, sector), CHECKSUM, "superblock");
        }
        XfsSuper found = parse(first, features);
        if (!found.sane() || found.blocks > volume.size() >> found.blockLog) {
            throw Trouble.broken("superblock");
        }
        return found;
    }

    private static XfsSuper parse(ByteBuffer bytes, XfsFeatures features) {
        int blockLog = bytes.get(120);
        return new XfsSuper(
                features,
                label(bytes),
                bytes.getLong(56),
                bytes.getLong(8),
                blockLog,
                bytes.get(122),
                bytes.get(123),
                Integer.toUnsignedLong(bytes.getInt(88)),
                Integer.toUnsignedLong(bytes.getInt(84)),
                bytes.get(124),
                blockLog + bytes.get(192),
                new Log(bytes.getLong(48), Integer.toUnsignedLong(bytes.getInt(96))));
    }

    private static String label(ByteBuffer bytes) {
        int length = 0;
        while (length < 12 && bytes.get(108 + length) != 0) {
            length++;
        }
        return StandardCharsets.UTF_8.decode(bytes.slice(108, length)).toString();
    }

    private boolean sane() {
        boolean sizes = within(blockLog, 9, 16)
                && within(inodeLog, 8, Math.min(11, blockLog))
                && inodesLog == blockLog - inodeLog
                && within(folderLog, blockLog, 16);
        return sizes
                && groupBlocks > 0
                && groupLog == Long.SIZE - Long.numberOfLeadingZeros(groupBlocks - 1)
                && groups > 0
                && blocks > (groups - 1) * groupBlocks
                && blocks <= groups * groupBlocks;
    }

    private static boolean within(int value, int least, int most) {
        return value >= least && value <= most;
    }

    /** Bytes in a block. */
    int blockSize() {
        return 1 << blockLog;
    }

    /** Bytes in an inode. */
    int inodeSize() {
        return 1 << inodeLog;
    }

    /**
     * The first byte of a run of blocks.
     *
     * @param what for whom they are read, for the case that they do not exist
     */
    long place(long block, long count, String what) {
        if (!has(block, count)) {
            throw Trouble.broken(what);
        }
        return number(block) << blockLog;
    }

    /** Whether a run of blocks exists. */
    boolean has(long block, long count) {
        return block >>> groupLog < groups
                && count > 0
                && count <= groupBlocks - within(block)
                && count <= blocks - number(block);
    }

    /** Counted from the volume's start. */
    private long number(long block) {
        return (block >>> groupLog) * groupBlocks + within(block);
    }

    private long within(long block) {
        return block & ((1L << groupLog) - 1);
    }

    /** Whether there can be an inode of a number. */
    boolean hasInode(long id) {
        return has(id >>> inodesLog, 1);
    }

    /** The first byte of an inode. */
    long inodePlace(long id) {
        long place = place(id >>> inodesLog, 1, "inode " + Long.toUnsignedString(id));
        return place + ((id & ((1L << inodesLog) - 1)) << inodeLog);
    }
}
