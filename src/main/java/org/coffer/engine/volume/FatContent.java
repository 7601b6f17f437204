package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/** The content of a file in FAT, which knows no holes. */
record FatContent(Bytes volume, FatChain chain, long size) implements FileContent {
    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        int limit = into.limit();
        for (long at = position; into.position() < limit; ) {
            int length = (int) Math.min(limit - into.position(), chain.straight(at));
            into.limit(into.position() + length);
            volume.read(chain.place(at), into);
            into.limit(limit);
            at += length;
        }
    }

    @Override
    public List<Extent> data(long from, long to) {
        long end = Math.min(to, size);
        return from < end ? List.of(new Extent(from, end)) : List.of();
    }
}
