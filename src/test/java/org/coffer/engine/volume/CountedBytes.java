package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often other bytes are read. */
record CountedBytes(Bytes source, AtomicInteger reads) implements Bytes {
    CountedBytes(Bytes source) {
        this(source, new AtomicInteger());
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        reads.incrementAndGet();
        source.read(position, into);
    }
}
