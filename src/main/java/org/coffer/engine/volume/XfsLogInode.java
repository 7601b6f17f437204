package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What the log says of an inode: all its numbers in the order of bytes of the machine that wrote it, and its fork if that changed.
 *
 * @param pieces the item's; the first tells what the others are
 * @param v5 whether inodes are of version 3
 */
record XfsLogInode(List<ByteBuffer> pieces, boolean v5) {
    /** Length of the first piece as 32-bit machines once wrote it, without the four bytes before the number. */
    private static final int SHORT_FORMAT = 52;

    private static final int DATA = 0x2;
    private static final int RUNS = 0x4;
    private static final int TREE = 0x8;
    /** The same for extended attributes. */
    private static final int MORE_DATA = 0x40;

    private static final int MORE_RUNS = 0x80;
    private static final int MORE_TREE = 0x100;
    private static final long BIG_TIME = 1 << 3;
    private static final long MANY_EXTENTS = 1 << 4;

    /** Places of numbers of a width, the same in the log and on the disk. */
    private static final int[] TWO_BYTES = {0, 2, 6, 20, 22, 80, 88, 90};

    private static final int[] FOUR_BYTES = {8, 12, 16, 72, 76, 84, 92};
    private static final int[] EIGHT_BYTES = {56, 64};
    private static final int[] V3_EIGHT_BYTES = {104, 120, 152};
    private static final int[] SINGLE_BYTES = {4, 5, 82, 83};
    private static final int[] TIMES = {32, 40, 48};
    private static final int CREATED = 144;

    private ByteBuffer format() {
        return pieces.getFirst();
    }

    /** Whether it makes sense. */
    boolean isSound() {
        return format().limit() >= SHORT_FORMAT
                && pieces.size() >= 2
                && pieces.get(1).limit() >= (v5 ? 176 : 96)
                && (!hasFork() || pieces.size() >= 3);
    }

    /** The inode's number. */
    long id() {
        return format().getLong(16 - shift());
    }

    /** The buffer in which it lies, both numbers of which are in sectors. */
    XfsLogBuffer.Place buffer() {
        return new XfsLogBuffer.Place(format().getLong(40 - shift()), format().getInt(48 - shift()));
    }

    private int shift() {
        return format().limit() == SHORT_FORMAT ? 4 : 0;
    }

    /** Whether it says where the content lies. */
    boolean hasFork() {
        return (format().getInt(4) & (DATA | RUNS | TREE)) != 0;
    }

    /** Whether it has extended attributes. */
    boolean hasAttributes() {
        return (format().getInt(4) & (MORE_DATA | MORE_RUNS | MORE_TREE)) != 0;
    }

    /** Changes an inode as it lies on the disk; false if that makes no sense. */
    boolean apply(ByteBuffer inode) {
        core(pieces.get(1), inode);
        int from = v5 ? 176 : 100;
        int attributes = Byte.toUnsignedInt(inode.get(82)) * 8;
        int room = attributes == 0 ? inode.limit() - from : attributes;
        if (room > inode.limit() - from) {
            return false;
        }
        if (hasFork() && !fork(pieces.get(2), TREE, inode.slice(from, room))) {
            return false;
        }
        int next = hasFork() ? 3 : 2;
        boolean more = attributes != 0 && hasAttributes();
        return !more
                || (pieces.size() > next
                        && fork(pieces.get(next), MORE_TREE, inode.slice(from + room, inode.limit() - from - room)));
    }

    private boolean fork(ByteBuffer logged, int tree, ByteBuffer target) {
        if ((format().getInt(4) & tree) != 0) {
            return root(logged.duplicate(), target);
        }
        if (logged.limit() > target.limit()) {
            return false;
        }
        target.put(0, logged, 0, logged.limit());
        return true;
    }

    private void core(ByteBuffer logged, ByteBuffer inode) {
        long flags = v5 ? logged.getLong(120) : 0;
        for (int at : SINGLE_BYTES) {
            inode.put(at, logged.get(at));
        }
        for (int at : TWO_BYTES) {
            inode.putShort(at, logged.getShort(at));
        }
        for (int at : FOUR_BYTES) {
            inode.putInt(at, logged.getInt(at));
        }
        for (int at : EIGHT_BYTES) {
            inode.putLong(at, logged.getLong(at));
        }
        for (int at : TIMES) {
            time(logged, inode, at, flags);
        }
        if (v5) {
            for (int at : V3_EIGHT_BYTES) {
                inode.putLong(at, logged.getLong(at));
            }
            inode.putLong(24, (flags & MANY_EXTENTS) != 0 ? logged.getLong(24) : 0);
            time(logged, inode, CREATED, flags);
            inode.put(160, logged, 160, 16);
        }
    }

    private static void time(ByteBuffer logged, ByteBuffer inode, int at, long flags) {
        if ((flags & BIG_TIME) != 0) {
            inode.putLong(at, logged.getLong(at));
        } else {
            inode.putInt(at, logged.getInt(at)).putInt(at + 4, logged.getInt(at + 4));
        }
    }

    /** A tree's root is logged as it lies in memory, with the header of a block, and room for other keys than there is on the disk. */
    private boolean root(ByteBuffer logged, ByteBuffer target) {
        int header = v5 ? 72 : 24;
        int from = (logged.limit() - header) / 16;
        int to = (target.limit() - 4) / 16;
        // What it says itself is in the order of the disk.
        int count = logged.limit() < header ? -1 : Short.toUnsignedInt(logged.getShort(6));
        if (count < 0 || count > from || count > to || target.limit() < 4) {
            return false;
        }
        target.putShort(0, logged.getShort(4)).putShort(2, (short) count);
        target.put(4, logged, header, count * 8);
        target.put(4 + to * 8, logged, header + from * 8, count * 8);
        return true;
    }
}
