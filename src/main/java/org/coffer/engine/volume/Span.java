package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A part of other bytes. */
record Span(Bytes whole, long from, long size) implements Bytes {
    Span {
        Objects.checkFromIndexSize(from, size, whole.size());
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        whole.read(from + position, into);
    }
}
