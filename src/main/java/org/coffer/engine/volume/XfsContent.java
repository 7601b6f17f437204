package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/**
 * Content of an inode that lies in blocks.
 *
 * @param map where it lies
 * @param size its bytes
 */
record XfsContent(XfsDisk disk, XfsMap map, long size) implements FileContent {
    @Override
    public List<Extent> data(long from, long to) throws IOException {
        Objects.checkFromToIndex(from, to, size);
        List<Extent> found = new ArrayList<>();
        written(from, to, (start, end, place) -> {
            if (!found.isEmpty() && found.getLast().to() == start) {
                start = found.removeLast().from();
            }
            found.add(new Extent(start, end));
        });
        return found;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        long origin = position - into.position();
        int limit = into.limit();
        written(position, position + into.remaining(), (start, end, place) -> {
            zero(into, (int) (start - origin));
            into.limit((int) (end - origin));
            disk.bytes().read(place, into);
            into.limit(limit);
        });
        zero(into, limit);
    }

    /** Throws {@code files.broken} if the checksum of a block of it is wrong, unless the log changed that. */
    void check(long position, ByteBuffer read, int at, String what) throws IOException {
        if (XfsSeal.isRight(read, at)) {
            return;
        }
        boolean[] logged = {false};
        written(
                position,
                position + read.limit(),
                (start, end, place) -> logged[0] |= disk.isLogged(place, end - start));
        if (!logged[0]) {
            throw Trouble.broken(what);
        }
    }

    private static void zero(ByteBuffer into, int until) {
        int length = until - into.position();
        into.put(new byte[length]);
    }

    /** Takes a part of the content, and where it lies on the volume. */
    @FunctionalInterface
    private interface Parts {
        void take(long start, long end, long place) throws IOException;
    }

    private void written(long from, long to, Parts parts) throws IOException {
        int log = disk.layout().blockLog();
        if (from == to) {
            return;
        }
        map.walk(from >> log, ((to - 1) >> log) + 1, run -> {
            if (!run.unwritten()) {
                long start = Math.max(from, run.offset() << log);
                long place = disk.layout().place(run.block(), run.count(), "extent") + start - (run.offset() << log);
                parts.take(start, Math.min(to, run.end() << log), place);
            }
            return true;
        });
    }
}
