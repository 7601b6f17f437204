package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The blocks of an XFS, read one after the other.
 *
 * @param bytes the volume
 * @param layout where its pieces lie
 * @param logged what of it is read from its log, which has no checksums
 */
record XfsDisk(Bytes bytes, XfsSuper layout, Optional<XfsLogged> logged) {
    /**
     * Bytes of metadata, big-endian as all of it.
     *
     * @param what for whom they are read
     */
    ByteBuffer read(long block, int length, String what) throws IOException {
        long count = (length + layout.blockSize() - 1L) >> layout.blockLog();
        return at(layout.place(block, count, what), length);
    }

    /** The inode of a number. */
    XfsInode inode(long id) throws IOException {
        ByteBuffer raw = at(layout.inodePlace(id), layout.inodeSize());
        return XfsInode.of(id, raw, v5());
    }

    /** Whether metadata carries checksums and owners. */
    boolean v5() {
        return layout.features().v5();
    }

    /** Whether any of these bytes of the volume come from its log. */
    boolean isLogged(long place, long length) {
        return logged.isPresent() && logged.get().isChanged(place, length);
    }

    /**
     * Throws {@code files.broken} if the checksum of a run of blocks is wrong, unless the log changed it.
     *
     * @param read all that it covers
     * @param at where it lies in that
     */
    void check(long block, ByteBuffer read, int at, String what) {
        if (!XfsSeal.isRight(read, at) && !isLogged(layout.place(block, 1, what), read.limit())) {
            throw Trouble.broken(what);
        }
    }

    private ByteBuffer at(long place, int length) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(length);
        bytes.read(place, read);
        return read.flip();
    }
}
