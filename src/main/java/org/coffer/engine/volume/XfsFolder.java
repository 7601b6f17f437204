package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The names in a folder.
 *
 * <p>A small folder lies in its inode. A larger one has its names in blocks of its own size, one or more blocks of the volume each,
 * in the first 32 GiB of its content; what lies above them only helps to find a name by its hash, and is not read here. So that a folder
 * of many names is one pass, a block at a time.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Directories</i>.
 */
final class XfsFolder {
    /** Where what helps to find a name begins. */
    private static final long LEAVES = 1L << 35;

    private static final int V4_SINGLE = 0x58443242;
    private static final int V4_DATA = 0x58443244;
    private static final int V5_SINGLE = 0x58444233;
    private static final int V5_DATA = 0x58444433;
    private static final int V4_HEADER = 16;
    private static final int V5_HEADER = 64;
    private static final int CHECKSUM = 4;
    private static final int OWNER = 40;
    private static final int FREE = 0xffff;
    /** Number and length of a name before it, tag after it. */
    private static final int ENTRY = 8 + 1 + 2;

    private final XfsDisk disk;
    private final XfsInode inode;
    private final String what;

    XfsFolder(XfsDisk disk, XfsInode inode) {
        this.disk = disk;
        this.inode = inode;
        this.what = XfsInode.name(inode.id());
    }

    /** Hands out all names but those of the folder itself and its parent. */
    void names(FileSystem.Names names) throws IOException {
        if (inode.format() == XfsInode.Format.LOCAL) {
            small(names);
        } else {
            large(names);
        }
    }

    private void small(FileSystem.Names names) throws IOException {
        ByteBuffer fork = inode.fork();
        if (inode.size() > fork.limit() || inode.size() < 6) {
            throw Trouble.broken(what);
        }
        int end = (int) inode.size();
        int count = Byte.toUnsignedInt(fork.get(0));
        int number = fork.get(1) == 0 ? 4 : 8;
        int type = disk.layout().features().ftype() ? 1 : 0;
        int at = 2 + number;
        for (int i = 0; i < count; i++) {
            int length = at < end ? Byte.toUnsignedInt(fork.get(at)) : 0;
            int after = at + 3 + length;
            if (length == 0 || after + type + number > end) {
                throw Trouble.broken(what);
            }
            NodeKind kind = type == 1 ? kind(fork.get(after)) : NodeKind.UNKNOWN;
            int ino = after + type;
            long id = number == 4 ? Integer.toUnsignedLong(fork.getInt(ino)) : fork.getLong(ino);
            if (!names.take(new Name(text(fork, at + 3, length), id, kind))) {
                return;
            }
            at = ino + number;
        }
    }

    /** Reads each block that has a part of a run; no folder can have more of them than the volume. */
    private void large(FileSystem.Names names) throws IOException {
        XfsSuper layout = disk.layout();
        int more = layout.folderLog() - layout.blockLog();
        XfsMap map = new XfsMap(disk, inode);
        XfsContent content = new XfsContent(disk, map, LEAVES);
        ByteBuffer block = ByteBuffer.allocate(1 << layout.folderLog());
        long[] progress = {0, layout.blocks() >> more};
        map.walk(0, LEAVES >> layout.blockLog(), run -> {
            long last = Math.min((run.end() - 1) >> more, (LEAVES >> layout.folderLog()) - 1);
            for (long i = Math.max(progress[0], run.offset() >> more); i <= last; i++) {
                if (progress[1]-- == 0) {
                    throw Trouble.broken(what);
                }
                progress[0] = i + 1;
                content.read(i << layout.folderLog(), block.clear());
                block.flip();
                if (disk.v5()) {
                    content.check(i << layout.folderLog(), block, CHECKSUM, what);
                }
                if (!block(block, names)) {
                    return false;
                }
            }
            return true;
        });
    }

    private boolean block(ByteBuffer block, FileSystem.Names names) throws IOException {
        boolean v5 = disk.v5();
        int magic = block.getInt(0);
        boolean single = magic == (v5 ? V5_SINGLE : V4_SINGLE);
        if (!single && magic != (v5 ? V5_DATA : V4_DATA)) {
            throw Trouble.broken(what);
        }
        if (v5 && block.getLong(OWNER) != inode.id()) {
            throw Trouble.broken(what);
        }
        int type = disk.layout().features().ftype() ? 1 : 0;
        int end = single ? beforeLeaves(block) : block.limit();
        int at = v5 ? V5_HEADER : V4_HEADER;
        while (at < end) {
            // Neither is smaller than eight bytes, and all begin at a multiple of it.
            boolean free = Short.toUnsignedInt(block.getShort(at)) == FREE;
            int length = free || at + ENTRY > end ? 0 : Byte.toUnsignedInt(block.get(at + 8));
            int size = free ? Short.toUnsignedInt(block.getShort(at + 2)) : (ENTRY + type + length + 7) & ~7;
            if ((!free && length == 0) || size == 0 || size % 8 != 0 || size > end - at) {
                throw Trouble.broken(what);
            }
            if (!free && !NameText.isDots(block.array(), block.arrayOffset() + at + 9, length)) {
                NodeKind kind = type == 1 ? kind(block.get(at + 9 + length)) : NodeKind.UNKNOWN;
                if (!names.take(new Name(text(block, at + 9, length), block.getLong(at), kind))) {
                    return false;
                }
            }
            at += size;
        }
        return true;
    }

    /** A folder of one block keeps its hashes at the block's end: eight bytes for each name, and their count. */
    private int beforeLeaves(ByteBuffer block) {
        long end = block.limit() - 8 - Integer.toUnsignedLong(block.getInt(block.limit() - 8)) * 8;
        if (end < V4_HEADER) {
            throw Trouble.broken(what);
        }
        return (int) end;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        return NameText.name(bytes.array(), bytes.arrayOffset() + at, length);
    }

    private static NodeKind kind(int type) {
        return switch (type) {
            case 1 -> NodeKind.FILE;
            case 2 -> NodeKind.FOLDER;
            case 3, 4, 5, 6 -> NodeKind.SPECIAL;
            case 7 -> NodeKind.LINK;
            default -> NodeKind.UNKNOWN;
        };
    }
}
