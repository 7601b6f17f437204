package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/** The content of a file that is so small that its file system keeps it beside the file's other facts. */
final class SmallContent implements FileContent {
    private final byte[] bytes;

    /** All of it; the caller does not change it any more. */
    SmallContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        Objects.checkFromIndexSize(position, into.remaining(), bytes.length);
        into.put(bytes, (int) position, into.remaining());
    }

    @Override
    public List<Extent> data(long from, long to) {
        long end = Math.min(to, bytes.length);
        return from < end ? List.of(new Extent(from, end)) : List.of();
    }
}
