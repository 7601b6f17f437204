package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The blocks of an XFS, read one after the other.
 *
 * @param bytes the volume
 * @param layout where its pieces lie
 * @param sealed whether the blocks of folders have the checksums that they should have
 */
record XfsDisk(Bytes bytes, XfsSuper layout, boolean sealed) {
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

    private ByteBuffer at(long place, int length) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(length);
        bytes.read(place, read);
        return read.flip();
    }
}
