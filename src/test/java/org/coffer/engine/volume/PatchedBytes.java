package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of which some, that lie together, are others. */
record PatchedBytes(Bytes under, long place, ByteBuffer patch) implements Bytes {
    @Override
    public long size() {
        return under.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        int start = into.position();
        long end = position + into.remaining();
        under.read(position, into);
        long from = Math.max(place, position);
        long to = Math.min(place + patch.limit(), end);
        if (from < to) {
            into.put(start + (int) (from - position), patch, (int) (from - place), (int) (to - from));
        }
    }
}
