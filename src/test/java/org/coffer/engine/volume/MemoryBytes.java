package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes in memory, which count how often they were read. */
final class MemoryBytes implements Bytes {
    final AtomicInteger reads = new AtomicInteger();
    private final byte[] bytes;

    MemoryBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        Objects.checkFromIndexSize(position, into.remaining(), bytes.length);
        reads.incrementAndGet();
        into.put(bytes, (int) position, into.remaining());
    }
}
