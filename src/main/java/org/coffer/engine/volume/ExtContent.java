package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/** What a map of blocks leads to: the content of a file, a folder, a link or a journal. */
final class ExtContent implements FileContent {
    /** More than that are told as one: no content is read otherwise for it, and no map fills the memory. */
    private static final int MOST_EXTENTS = 1 << 20;

    private static final byte[] ZEROS = new byte[8192];

    private final Bytes volume;
    private final int blockSize;
    private final ExtMap map;
    private final long size;
    private final String what;

    /** A content of {@code size} bytes; {@code what} names it for troubles. */
    ExtContent(Bytes volume, int blockSize, ExtMap map, long size, String what) {
        this.volume = volume;
        this.blockSize = blockSize;
        this.map = map;
        this.size = size;
        this.what = what;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        long at = position;
        while (into.hasRemaining()) {
            ExtMap.Run run = map.at(at / blockSize);
            int length = (int) Math.min(into.remaining(), end(run) - at);
            if (run.isHole()) {
                zeros(into, length);
            } else {
                stored(run.place() * blockSize + (at - run.from() * blockSize), length, into);
            }
            at += length;
        }
    }

    private void stored(long from, int length, ByteBuffer into) throws IOException {
        if (from > volume.size() - length) {
            throw Trouble.broken(what);
        }
        int limit = into.limit();
        into.limit(into.position() + length);
        volume.read(from, into);
        into.limit(limit);
    }

    private static void zeros(ByteBuffer into, int length) {
        for (int left = length; left > 0; left -= ZEROS.length) {
            into.put(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }

    /** First byte after a run. */
    private long end(ExtMap.Run run) {
        return run.to() > Long.MAX_VALUE / blockSize ? Long.MAX_VALUE : run.to() * blockSize;
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        List<Extent> found = new ArrayList<>();
        long end = Math.min(to, size);
        long start = -1;
        for (long at = from; at < end; ) {
            ExtMap.Run run = map.at(at / blockSize);
            if (run.isHole()) {
                add(found, start, at);
                start = -1;
            } else if (start < 0) {
                start = at;
            }
            at = Math.min(end, end(run));
            if (found.size() == MOST_EXTENTS - 1) {
                start = start < 0 ? at : start;
                break;
            }
        }
        add(found, start, end);
        return List.copyOf(found);
    }

    private static void add(List<Extent> found, long start, long end) {
        if (start >= 0 && start < end) {
            found.add(new Extent(start, end));
        }
    }
}
