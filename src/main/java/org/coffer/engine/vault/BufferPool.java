package org.coffer.engine.vault;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A bounded number of equal direct buffers, made when first needed; whoever wants one more waits. */
final class BufferPool {
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final int size;
    private int unmade;

    BufferPool(int size, int count) {
        this.size = size;
        this.unmade = count;
    }

    synchronized ByteBuffer take() throws InterruptedIOException {
        while (free.isEmpty()) {
            if (unmade > 0) {
                unmade--;
                return ByteBuffer.allocateDirect(size);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the store");
            }
        }
        return free.removeFirst();
    }

    synchronized void giveBack(ByteBuffer buffer) {
        free.addFirst(buffer);
        notifyAll();
    }
}
