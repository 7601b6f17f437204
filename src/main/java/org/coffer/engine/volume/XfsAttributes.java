package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Extended attributes of an XFS: in the inode, or in blocks of their own with long values in further ones. Of the tree that leads to
 * the blocks only the first way down is needed, because they name each other in order; more of them than the tree can have are not
 * followed, so nothing goes in circles.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Extended Attributes</i>.
 */
final class XfsAttributes {
    private static final int ROOT = 0x2;
    private static final int SECURE = 0x4;
    private static final int PARENT = 0x8;
    private static final int LOCAL = 0x1;
    private static final int INCOMPLETE = 0x80;

    private static final int V4_LEAF = 0xfbee;
    private static final int V5_LEAF = 0x3bee;
    private static final int V4_NODE = 0xfebe;
    private static final int V5_NODE = 0x3ebe;
    private static final int VALUE_MAGIC = 0x5841524d;
    private static final int VALUE_HEADER = 56;
    private static final int CHECKSUM = 12;
    private static final int OWNER = 48;
    private static final int VALUE_OWNER = 32;

    private static final int MOST_LEVELS = 6;
    private static final int MOST_LEAVES = 4096;
    /** The most that Linux knows. */
    private static final int LONGEST = 1 << 16;

    private final XfsDisk disk;
    private final XfsInode inode;
    private final String what;
    private final FileAttributes.Taker found = new FileAttributes.Taker();

    XfsAttributes(XfsDisk disk, XfsInode inode) {
        this.disk = disk;
        this.inode = inode;
        this.what = XfsInode.name(inode.id());
    }

    /** Those that can be given elsewhere, by their names in Linux. */
    FileAttributes read() throws IOException {
        if (inode.attributes().isPresent()) {
            XfsInode.Attributes told = inode.attributes().get();
            if (told.format() == XfsInode.Format.LOCAL) {
                inside(told.fork());
            } else {
                blocks(told);
            }
        }
        return found.taken();
    }

    private void inside(ByteBuffer fork) {
        int length = fork.limit() < 4 ? 0 : Short.toUnsignedInt(fork.getShort(0));
        if (length < 4 || length > fork.limit()) {
            throw Trouble.broken(what);
        }
        int at = 4;
        for (int left = Byte.toUnsignedInt(fork.get(2)); left > 0; left--) {
            int name = at + 3 > length ? length : Byte.toUnsignedInt(fork.get(at));
            int value = at + 3 > length ? length : Byte.toUnsignedInt(fork.get(at + 1));
            if (at + 3 + name + value > length) {
                throw Trouble.broken(what);
            }
            take(fork.get(at + 2), fork.slice(at + 3, name), fork.slice(at + 3 + name, value));
            at += 3 + name + value;
        }
    }

    private void blocks(XfsInode.Attributes told) throws IOException {
        int log = disk.layout().blockLog();
        XfsContent all = new XfsContent(disk, new XfsMap(disk, inode.of(told)), 0xffffffffL << log);
        ByteBuffer block = block(all, 0);
        for (int level = 0; isNode(block); level++) {
            check(block, OWNER);
            int first = disk.v5() ? 64 : 16;
            if (level == MOST_LEVELS || Short.toUnsignedInt(block.getShort(first == 64 ? 56 : 12)) == 0) {
                throw Trouble.broken(what);
            }
            block = block(all, Integer.toUnsignedLong(block.getInt(first + 4)));
        }
        for (int leaves = 1; ; leaves++) {
            leaf(all, block);
            long next = Integer.toUnsignedLong(block.getInt(0));
            if (next == 0 || found.isFull()) {
                return;
            }
            if (leaves == MOST_LEAVES) {
                throw Trouble.broken(what);
            }
            block = block(all, next);
        }
    }

    private ByteBuffer block(XfsContent all, long number) throws IOException {
        int size = disk.layout().blockSize();
        if (number >= 0xffffffffL) {
            throw Trouble.broken(what);
        }
        ByteBuffer block = ByteBuffer.allocate(size);
        all.read(number << disk.layout().blockLog(), block);
        block.flip();
        if (disk.v5()) {
            all.check(number << disk.layout().blockLog(), block, CHECKSUM, what);
        }
        return block;
    }

    private boolean isNode(ByteBuffer block) {
        return Short.toUnsignedInt(block.getShort(8)) == (disk.v5() ? V5_NODE : V4_NODE);
    }

    private void check(ByteBuffer block, int owner) {
        if (disk.v5() && block.getLong(owner) != inode.id()) {
            throw Trouble.broken(what);
        }
    }

    private void leaf(XfsContent all, ByteBuffer block) throws IOException {
        check(block, OWNER);
        int header = disk.v5() ? 80 : 32;
        int count = Short.toUnsignedInt(block.getShort(disk.v5() ? 56 : 12));
        if (Short.toUnsignedInt(block.getShort(8)) != (disk.v5() ? V5_LEAF : V4_LEAF)
                || header + count * 8 > block.limit()) {
            throw Trouble.broken(what);
        }
        for (int i = 0; i < count; i++) {
            int entry = header + i * 8;
            int at = Short.toUnsignedInt(block.getShort(entry + 4));
            int flags = block.get(entry + 6);
            if (at + 12 > block.limit()) {
                throw Trouble.broken(what);
            }
            if ((flags & LOCAL) != 0) {
                int value = Short.toUnsignedInt(block.getShort(at));
                int name = Byte.toUnsignedInt(block.get(at + 2));
                if (at + 3 + name + value > block.limit()) {
                    throw Trouble.broken(what);
                }
                take(flags, block.slice(at + 3, name), block.slice(at + 3 + name, value));
            } else {
                int name = Byte.toUnsignedInt(block.get(at + 8));
                int length = block.getInt(at + 4);
                if (at + 9 + name > block.limit() || length < 0 || length > LONGEST) {
                    throw Trouble.broken(what);
                }
                if ((flags & (INCOMPLETE | PARENT)) == 0) {
                    ByteBuffer value = value(all, Integer.toUnsignedLong(block.getInt(at)), length);
                    take(flags, block.slice(at + 9, name), value);
                }
            }
        }
    }

    /** A value in blocks of its own, each of which has a header since version 5. */
    private ByteBuffer value(XfsContent all, long first, int length) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(length);
        for (long number = first; value.hasRemaining(); number++) {
            ByteBuffer block = block(all, number);
            int header = 0;
            int part = Math.min(value.remaining(), block.limit());
            if (disk.v5()) {
                check(block, VALUE_OWNER);
                header = VALUE_HEADER;
                part = block.getInt(8);
                if (block.getInt(0) != VALUE_MAGIC
                        || block.getInt(4) != value.position()
                        || part <= 0
                        || part > Math.min(value.remaining(), block.limit() - header)) {
                    throw Trouble.broken(what);
                }
            }
            value.put(block.slice(header, part));
        }
        return value.flip();
    }

    private void take(int flags, ByteBuffer name, ByteBuffer value) {
        if ((flags & (INCOMPLETE | PARENT)) != 0) {
            return;
        }
        byte[] raw = new byte[name.remaining()];
        name.get(0, raw);
        String text = NameText.name(raw, 0, raw.length);
        if ((flags & ROOT) != 0) {
            if (text.equals("SGI_ACL_FILE")) {
                found.put(PosixAcl.ACCESS, PosixAcl.ofXfs(value, what));
            } else if (text.equals("SGI_ACL_DEFAULT")) {
                found.put(PosixAcl.DEFAULT, PosixAcl.ofXfs(value, what));
            }
        } else if ((flags & SECURE) == 0 || text.equals("capability")) {
            byte[] bytes = new byte[value.remaining()];
            value.get(0, bytes);
            found.put(((flags & SECURE) == 0 ? "user." : "security.") + text, bytes);
        }
    }
}
