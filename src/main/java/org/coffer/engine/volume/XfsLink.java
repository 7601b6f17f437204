package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a symbolic link leads: in its inode, or in a block or two, each run of which has a header since version 5.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Symbolic Links</i>.
 */
final class XfsLink {
    private static final int LONGEST = 1024;
    /** A target needs two of the smallest. */
    private static final int MOST_BLOCKS = 4;

    private static final int MAGIC = 0x58534c4d;
    private static final int HEADER = 56;
    private static final int CHECKSUM = 12;
    private static final int OWNER = 32;

    private final XfsDisk disk;
    private final XfsInode inode;
    private final String what;

    XfsLink(XfsDisk disk, XfsInode inode) {
        this.disk = disk;
        this.inode = inode;
        this.what = XfsInode.name(inode.id());
    }

    /** Its target as it is written there. */
    String target() throws IOException {
        if (inode.size() == 0 || inode.size() > LONGEST) {
            throw Trouble.broken(what);
        }
        int size = (int) inode.size();
        if (inode.format() == XfsInode.Format.LOCAL) {
            if (size > inode.fork().limit()) {
                throw Trouble.broken(what);
            }
            byte[] local = new byte[size];
            inode.fork().get(0, local);
            return NameText.target(local);
        }
        ByteBuffer target = ByteBuffer.allocate(size);
        new XfsMap(disk, inode).walk(0, LONGEST, run -> {
            append(run, target);
            return target.hasRemaining();
        });
        if (target.hasRemaining()) {
            throw Trouble.broken(what);
        }
        return NameText.target(target.array());
    }

    private void append(XfsExtent run, ByteBuffer target) throws IOException {
        if (run.count() > MOST_BLOCKS) {
            throw Trouble.broken(what);
        }
        ByteBuffer part =
                disk.read(run.block(), (int) run.count() << disk.layout().blockLog(), what);
        int length = Math.min(target.remaining(), part.limit());
        int header = 0;
        if (disk.v5()) {
            disk.check(run.block(), part, CHECKSUM, what);
            header = HEADER;
            length = part.getInt(8);
            boolean sane = part.getInt(0) == MAGIC
                    && part.getInt(4) == target.position()
                    && length > 0
                    && length <= Math.min(target.remaining(), part.limit() - HEADER)
                    && part.getLong(OWNER) == inode.id();
            if (!sane) {
                throw Trouble.broken(what);
            }
        }
        target.put(part.slice(header, length));
    }
}
