package org.coffer.engine.nbd;

import java.nio.ByteBuffer;

/** A disk of bytes in memory that is read only, for what lies over it. */
final class MemoryDisk implements ReadableDisk {
    private final byte[] bytes;

    MemoryDisk(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void prepare(long position, int length) {
        // It is there.
    }

    @Override
    public void read(long position, ByteBuffer dst) {
        dst.put(bytes, (int) position, dst.remaining());
    }

    @Override
    public void allocation(long position, long length, Pieces pieces) {
        pieces.add(length, Allocation.DATA);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
