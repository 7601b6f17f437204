package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A tree of extents. Each step down goes to a node that says it is one level lower, and whose entries lie in order within what the entry
 * above covers, so that no tree, whatever is written in it, is endless, and no node serves two parts of a file.
 */
final class ExtExtents implements ExtMap {
    private static final short MAGIC = (short) 0xf30a;
    private static final int ENTRY = 12;
    private static final int DEEPEST = 5;
    private static final int LONGEST = 32768;

    /** No file has more blocks: the kernel numbers them with 32 bits. */
    static final long MOST = 1L << 32;

    private final CachedBytes volume;
    private final ExtSuperblock superblock;
    private final ByteBuffer root;
    private final String what;

    /**
     * A tree.
     *
     * @param root its topmost node, in the inode
     * @param what whose it is, for troubles
     */
    ExtExtents(CachedBytes volume, ExtSuperblock superblock, ByteBuffer root, String what) {
        this.volume = volume;
        this.superblock = superblock;
        this.root = root;
        this.what = what;
    }

    @Override
    public Run at(long block) throws IOException {
        if (block >= MOST) {
            return new Run(MOST, Long.MAX_VALUE, 0);
        }
        ByteBuffer node = root;
        long from = 0;
        long to = MOST;
        int depth = depth(node);
        if (depth > DEEPEST) {
            throw Trouble.broken(what);
        }
        while (depth > 0) {
            int entry = find(node, block, from, to);
            if (entry < 0) {
                return new Run(from, entries(node) > 0 ? first(node, 0) : to, 0);
            }
            from = first(node, entry);
            to = entry + 1 < entries(node) ? first(node, entry + 1) : to;
            node = node(child(node, entry));
            if (depth(node) != --depth) {
                throw Trouble.broken(what);
            }
        }
        return leaf(node, block, from, to);
    }

    private Run leaf(ByteBuffer node, long block, long from, long to) {
        int entry = find(node, block, from, to);
        long start = entry < 0 ? from : first(node, entry);
        long next = entry + 1 < entries(node) ? first(node, entry + 1) : to;
        if (entry < 0) {
            return new Run(start, next, 0);
        }
        int length = node.getShort(at(entry) + 4) & 0xffff;
        boolean unwritten = length > LONGEST;
        long end = start + (unwritten ? length - LONGEST : length);
        if (end > next || end == start) {
            throw Trouble.broken(what);
        }
        if (block >= end) {
            return new Run(end, next, 0);
        }
        long place =
                ((node.getShort(at(entry) + 6) & 0xffffL) << 32) | Integer.toUnsignedLong(node.getInt(at(entry) + 8));
        if (place == 0 || place > superblock.blocks() - (end - start)) {
            throw Trouble.broken(what);
        }
        return new Run(start, end, unwritten ? 0 : place);
    }

    /** The last entry that begins at or before a block, -1 for none. All of them are looked at, so that they are in order. */
    private int find(ByteBuffer node, long block, long from, long to) {
        int found = -1;
        long last = from - 1;
        for (int i = 0; i < entries(node); i++) {
            long first = first(node, i);
            if (first <= last || first >= to) {
                throw Trouble.broken(what);
            }
            last = first;
            if (first <= block) {
                found = i;
            }
        }
        return found;
    }

    private ByteBuffer node(long block) throws IOException {
        if (block == 0 || block >= superblock.blocks()) {
            throw Trouble.broken(what);
        }
        int size = superblock.blockSize();
        return volume.at(block * size, size, what);
    }

    private int depth(ByteBuffer node) {
        if (node.getShort(0) != MAGIC || at(entries(node)) > node.limit()) {
            throw Trouble.broken(what);
        }
        return node.getShort(6) & 0xffff;
    }

    private static int entries(ByteBuffer node) {
        return node.getShort(2) & 0xffff;
    }

    private static int at(int entry) {
        return ENTRY + entry * ENTRY;
    }

    private static long first(ByteBuffer node, int entry) {
        return Integer.toUnsignedLong(node.getInt(at(entry)));
    }

    private static long child(ByteBuffer node, int entry) {
        return ((node.getShort(at(entry) + 8) & 0xffffL) << 32) | Integer.toUnsignedLong(node.getInt(at(entry) + 4));
    }
}
