package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/** The content of a file that is so small that its file system keeps it beside the file's other facts. */
final class SmallContent implements FileContent {
    private final byte[] bytes;
    private final long size;

    /** All of it; the caller does not change it any more. */
    SmallContent(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** A content that begins with these bytes, of which some may be too many, and then is a hole. */
    SmallContent(byte[] bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        int stored = (int) Math.clamp(bytes.length - position, 0L, into.remaining());
        if (stored > 0) {
            into.put(bytes, (int) position, stored);
        }
        into.put(new byte[into.remaining()]);
    }

    @Override
    public List<Extent> data(long from, long to) {
        long end = Math.min(to, Math.min(bytes.length, size));
        return from < end ? List.of(new Extent(from, end)) : List.of();
    }
}
