package org.coffer.engine.vault;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A bounded number of equal direct buffers, made when first needed; whoever wants one more waits. */
final class BufferPool {
    private static final int PAGE = 4096;

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
                // Begins on a page, so that a store may hand it to the disk as it is.
                return ByteBuffer.allocateDirect(size + 2 * PAGE)
                        .alignedSlice(PAGE)
                        .slice(0, size);
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

    /** Instead of giving one back that somebody may still read: another is made when it is needed. */
    synchronized void replace() {
        unmade++;
        notifyAll();
    }

    synchronized void giveBack(ByteBuffer buffer) {
        free.addFirst(buffer);
        notifyAll();
    }
}
