package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The superblock of ext2, ext3 or ext4, checked so far that nothing computed from it overflows. Source: <i>ext4 Data Structures and
 * Algorithms</i> in the kernel's documentation ({@code filesystems/ext4}).
 *
 * @param bytes its 1024 bytes, little-endian
 */
record ExtSuperblock(ByteBuffer bytes) {
    private static final int PLACE = 1024;
    private static final int LENGTH = 1024;
    private static final short MAGIC = (short) 0xef53;
    private static final long MOST_BLOCKS = 1L << 44;

    private static final int HAS_JOURNAL = 0x4;
    private static final int SPARSE_SUPER_2 = 0x200;
    private static final int SPARSE_SUPER = 0x1;
    private static final int FILETYPE = 0x2;
    private static final int RECOVER = 0x4;
    private static final int META_BG = 0x10;
    private static final int BITS_64 = 0x80;
    private static final int LARGE_DIR = 0x4000;

    /** Extents, mmp, flex_bg, ea_inode, csum_seed, inline_data, encrypt and casefold besides those above. */
    private static final int KNOWN = FILETYPE | RECOVER | META_BG | BITS_64 | LARGE_DIR | 0x40 | 0x100 | 0x200 | 0x400
            | 0x2000 | 0x8000 | 0x10000 | 0x20000;

    private static final Map<Integer, String> UNREAD =
            Map.of(0x1, "compression", 0x8, "journal_dev", 0x1000, "dirdata");

    /**
     * Reads it off a volume.
     *
     * @throws org.coffer.problem.ProblemException {@code files.broken}; {@code files.unsupported} with the features that are not read here
     */
    static ExtSuperblock of(Bytes volume) throws IOException {
        if (volume.size() < PLACE + LENGTH) {
            throw Trouble.broken("superblock");
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        volume.read(PLACE, bytes);
        ExtSuperblock superblock = new ExtSuperblock(bytes.flip());
        superblock.check();
        return superblock;
    }

    private void check() {
        if (bytes.getShort(56) != MAGIC) {
            throw Trouble.broken("superblock");
        }
        int unknown = incompatible() & ~KNOWN;
        if (unknown != 0) {
            throw Trouble.unsupported(names(unknown));
        }
        boolean sane = Integer.compareUnsigned(bytes.getInt(24), 6) <= 0
                && inodesPerGroup() > 0
                && inodesPerGroup() <= 8L * blockSize()
                && blocksPerGroup() > 0
                && blocks() > firstBlock()
                && blocks() <= MOST_BLOCKS
                && Integer.bitCount(inodeSize()) == 1
                && inodeSize() >= ExtInode.OLD_SIZE
                && inodeSize() <= blockSize()
                && descriptorSize() >= 32
                && descriptorSize() <= blockSize()
                && (inodes() + inodesPerGroup() - 1) / inodesPerGroup() <= groups();
        if (!sane) {
            throw Trouble.broken("superblock");
        }
    }

    private static String names(int features) {
        List<String> names = new ArrayList<>();
        for (int bit = 1; bit != 0; bit <<= 1) {
            if ((features & bit) != 0) {
                names.add(UNREAD.getOrDefault(bit, "ext4 incompat 0x" + Integer.toHexString(bit)));
            }
        }
        return String.join(", ", names);
    }

    /** Bytes of a block: 1024 to 65536. */
    int blockSize() {
        return 1024 << bytes.getInt(24);
    }

    /** How many blocks there are. */
    long blocks() {
        long low = Integer.toUnsignedLong(bytes.getInt(4));
        return has64Bits() ? (Integer.toUnsignedLong(bytes.getInt(0x150)) << 32) | low : low;
    }

    /** How many inodes there are; their numbers begin with 1. */
    long inodes() {
        return Integer.toUnsignedLong(bytes.getInt(0));
    }

    /** How many of them are in a group. */
    long inodesPerGroup() {
        return Integer.toUnsignedLong(bytes.getInt(40));
    }

    /** Bytes of an inode in the table. */
    int inodeSize() {
        return isFirstRevision() ? ExtInode.OLD_SIZE : bytes.getShort(88) & 0xffff;
    }

    /** Bytes of a group's descriptor. */
    int descriptorSize() {
        return has64Bits() ? bytes.getShort(0xfe) & 0xffff : 32;
    }

    /** Whether groups' descriptors name blocks with 64 bits. */
    boolean has64Bits() {
        return (incompatible() & BITS_64) != 0;
    }

    /** Whether entries of folders tell kinds. */
    boolean hasKindsInFolders() {
        return (incompatible() & FILETYPE) != 0;
    }

    /** Whether folders' sizes have 64 bits. */
    boolean hasLargeFolders() {
        return (incompatible() & LARGE_DIR) != 0;
    }

    /** Whether there is a journal, somewhere, that has to be replayed. */
    boolean needsRecovery() {
        return (compatible() & HAS_JOURNAL) != 0 && (incompatible() & RECOVER) != 0;
    }

    /** The inode of the journal; 0 if it does not lie within the volume. */
    long journal() {
        return Integer.toUnsignedLong(bytes.getInt(0xe0));
    }

    /** The volume's name. */
    String label() {
        int length = 0;
        while (length < 16 && bytes.get(120 + length) != 0) {
            length++;
        }
        byte[] raw = new byte[length];
        bytes.get(120, raw);
        return new String(raw, StandardCharsets.UTF_8);
    }

    /** The block that holds the descriptor of a group. */
    long descriptorBlock(long group) {
        long number = group / descriptorsPerBlock();
        long firstMeta = Integer.toUnsignedLong(bytes.getInt(0x104));
        if ((incompatible() & META_BG) == 0 || number < firstMeta) {
            return (blockSize() == 1024 ? 1 : 0) + number + 1;
        }
        long first = number * descriptorsPerBlock();
        long before = hasSuperblock(first) ? 1 : 0;
        // With blocks of 1 KiB counted from 0 (bigalloc), block 0 is the boot sector's.
        if (blockSize() == 1024 && number == 0 && firstBlock() == 0) {
            before++;
        }
        return firstBlock() + first * blocksPerGroup() + before;
    }

    /** How many descriptors are in a block. */
    int descriptorsPerBlock() {
        return blockSize() / descriptorSize();
    }

    private boolean hasSuperblock(long group) {
        if (group == 0) {
            return true;
        }
        if ((compatible() & SPARSE_SUPER_2) != 0) {
            return group == Integer.toUnsignedLong(bytes.getInt(0x24c))
                    || group == Integer.toUnsignedLong(bytes.getInt(0x250));
        }
        boolean sparse = !isFirstRevision() && (bytes.getInt(100) & SPARSE_SUPER) != 0;
        return !sparse || group == 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, int base) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }

    private long groups() {
        return (blocks() - firstBlock() + blocksPerGroup() - 1) / blocksPerGroup();
    }

    private long firstBlock() {
        return Integer.toUnsignedLong(bytes.getInt(20));
    }

    private long blocksPerGroup() {
        return Integer.toUnsignedLong(bytes.getInt(32));
    }

    private int compatible() {
        return isFirstRevision() ? 0 : bytes.getInt(92);
    }

    private int incompatible() {
        return isFirstRevision() ? 0 : bytes.getInt(96);
    }

    private boolean isFirstRevision() {
        return bytes.getInt(76) == 0;
    }
}
