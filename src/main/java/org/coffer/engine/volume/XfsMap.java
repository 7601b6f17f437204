package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the content of an inode lies: its runs of blocks, out of the inode itself or out of the tree that begins there.
 *
 * <p>Only the blocks of the tree that can hold what is asked are read, and of each level one at a time, so that a file of any number
 * of runs costs a few blocks of memory. A tree that was made to mislead cannot make this endless: levels fall by one, and whatever is
 * under a key must lie between it and the next one, so that no block can be met under two of them.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Data Extents</i>.
 */
final class XfsMap {
    private static final int MOST_LEVELS = 9;
    private static final int V4_MAGIC = 0x424d4150;
    private static final int V5_MAGIC = 0x424d4133;
    private static final int V4_HEADER = 24;
    private static final int V5_HEADER = 72;
    private static final int OWN_PLACE = 24;
    private static final int CHECKSUM = 64;

    private final XfsDisk disk;
    private final XfsInode inode;
    private final String what;

    XfsMap(XfsDisk disk, XfsInode inode) {
        this.disk = disk;
        this.inode = inode;
        this.what = XfsInode.name(inode.id());
    }

    /** Takes runs one by one. */
    @FunctionalInterface
    interface Runs {
        /** Takes a run; false for no more of them. */
        boolean take(XfsExtent run) throws IOException;
    }

    /** Hands out the runs that touch blocks {@code from} to {@code to}, exclusive, in order. */
    void walk(long from, long to, Runs runs) throws IOException {
        Range asked = new Range(from, to);
        // So that every place in a file fits a long.
        Range all = new Range(0, Long.MAX_VALUE >> disk.layout().blockLog());
        ByteBuffer fork = inode.fork();
        switch (inode.format()) {
            case EXTENTS -> {
                if (inode.extents() < 0 || inode.extents() > fork.limit() / XfsExtent.LENGTH) {
                    throw Trouble.broken(what);
                }
                leaf(fork, (int) inode.extents(), all, asked, runs);
            }
            case TREE -> {
                int room = (fork.limit() - 4) / 16;
                int level = fork.limit() < 4 ? 0 : Short.toUnsignedInt(fork.getShort(0));
                if (level == 0 || level > MOST_LEVELS) {
                    throw Trouble.broken(what);
                }
                branch(fork.slice(4, fork.limit() - 4), fork.getShort(2), room, level, all, asked, runs);
            }
            default -> throw Trouble.broken(what);
        }
    }

    /** Blocks of a file, from one to another, exclusive. */
    private record Range(long from, long to) {}

    private boolean leaf(ByteBuffer records, int count, Range within, Range asked, Runs runs) throws IOException {
        long next = within.from();
        for (int i = 0; i < count; i++) {
            XfsExtent run = XfsExtent.of(records, i * XfsExtent.LENGTH);
            if (run.offset() < next || run.end() > within.to()) {
                throw Trouble.broken(what);
            }
            disk.layout().place(run.block(), run.count(), what);
            next = run.end();
            if (run.offset() >= asked.to() || (next > asked.from() && !runs.take(run))) {
                return false;
            }
        }
        return true;
    }

    /**
     * All under the keys of a branch that can touch what is asked.
     *
     * @param room for how many keys there is room before the blocks' numbers begin
     */
    private boolean branch(ByteBuffer keys, int count, int room, int level, Range within, Range asked, Runs runs)
            throws IOException {
        if (count < 1 || count > room) {
            throw Trouble.broken(what);
        }
        for (int i = 0; i < count; i++) {
            long from = keys.getLong(i * 8);
            long to = i + 1 < count ? keys.getLong((i + 1) * 8) : within.to();
            if (from < within.from() || to <= from || to > within.to()) {
                throw Trouble.broken(what);
            }
            if (from >= asked.to()) {
                return false;
            }
            long block = keys.getLong((room + i) * 8);
            if (to > asked.from() && !child(block, level - 1, new Range(from, to), asked, runs)) {
                return false;
            }
        }
        return true;
    }

    private boolean child(long number, int level, Range within, Range asked, Runs runs) throws IOException {
        ByteBuffer block = disk.read(number, disk.layout().blockSize(), what);
        int header = disk.v5() ? V5_HEADER : V4_HEADER;
        int count = Short.toUnsignedInt(block.getShort(6));
        int room = (block.limit() - header) / 16;
        boolean sane = block.getInt(0) == (disk.v5() ? V5_MAGIC : V4_MAGIC)
                && Short.toUnsignedInt(block.getShort(4)) == level
                && count >= 1
                && count <= room;
        if (!sane) {
            throw Trouble.broken(what);
        }
        if (disk.v5()) {
            disk.check(number, block, CHECKSUM, what);
            if (block.getLong(OWN_PLACE) << 9 != disk.layout().place(number, 1, what)) {
                throw Trouble.broken(what);
            }
        }
        ByteBuffer body = block.slice(header, block.limit() - header);
        return level == 0
                ? leaf(body, count, within, asked, runs)
                : branch(body, count, room, level, within, asked, runs);
    }
}
