package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafView;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of a backup's disk that were read last. A frame in the store holds up to 32 blocks, and clients ask for a few at a
 * time: without this each frame would be opened many times over.
 *
 * <p>What is read once and has no neighbour here is fetched alone, for it may be one of many random reads; who goes on at the
 * end of another leaf, or comes back to the same one, gets the leaf as a whole. Each block is checked against its id before
 * it is here, so what comes out of the cache needs no further look.
 *
 * <p><b>Memory.</b> 8 MiB for each slot, taken when first used and kept until {@link #close}. <b>Threads.</b> Any number;
 * those that want one leaf wait for the one that reads it, and no more read at once than there are cores and two.
 */
final class LeafCache implements AutoCloseable {
    private static final int LEAF = DiskWriter.LEAF;
    private static final int BLOCK = DiskWriter.BLOCK;
    /** A read of this many blocks of a leaf is worth the whole leaf. */
    private static final int MANY = DiskWriter.LEAF_BLOCKS / 4;
    /** Visits of a leaf after which the rest of it is read too. */
    private static final int VISITS = 2;

    private final DiskReader reader;
    private final int most;
    private final Semaphore reading = new Semaphore(Runtime.getRuntime().availableProcessors() + 2, true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition unpinned = lock.newCondition();
    /** In the order of use, the one that waited longest first. */
    private final Map<Long, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private int made;
    private boolean closed;

    /** A leaf in memory; {@link #pins} belongs to the cache's lock, the rest to the slot's own. */
    private static final class Slot {
        final ByteBuffer bytes;
        final ReentrantLock loading = new ReentrantLock();
        final BitSet present = new BitSet(DiskWriter.LEAF_BLOCKS);

        @Nullable
        LeafView view;

        int visits;
        int pins;

        Slot(ByteBuffer bytes) {
            this.bytes = bytes;
        }
    }

    /** @param most slots, at least 1 */
    LeafCache(DiskReader reader, int most) {
        this.reader = reader;
        this.most = most;
    }

    /** Fills {@code dst} with bytes of the disk. */
    void read(long position, ByteBuffer dst) throws IOException {
        while (dst.hasRemaining()) {
            long leaf = position / LEAF;
            int from = (int) (position % LEAF);
            int length = Math.min(dst.remaining(), LEAF - from);
            Slot slot = pin(leaf);
            try {
                load(leaf, slot, from, length);
                dst.put(dst.position(), slot.bytes, from, length);
            } finally {
                unpin(slot);
            }
            dst.position(dst.position() + length);
            position += length;
        }
    }

    /** Brings a range in. */
    void prepare(long position, int length) throws IOException {
        long end = position + length;
        while (position < end) {
            long leaf = position / LEAF;
            int from = (int) (position % LEAF);
            int here = (int) Math.min(end - position, LEAF - from);
            Slot slot = pin(leaf);
            try {
                load(leaf, slot, from, here);
            } finally {
                unpin(slot);
            }
            position += here;
        }
    }

    private void load(long leaf, Slot slot, int from, int length) throws IOException {
        int first = from / BLOCK;
        int end = (from + length + BLOCK - 1) / BLOCK;
        slot.loading.lock();
        try {
            if (slot.present.nextClearBit(first) >= end) {
                return;
            }
            LeafView view = slot.view;
            if (view == null) {
                view = reader.leaf(leaf);
                slot.view = view;
            }
            slot.visits++;
            BitSet wanted = new BitSet(DiskWriter.LEAF_BLOCKS);
            boolean whole = end - first >= MANY || slot.visits > VISITS || follows(leaf);
            wanted.set(whole ? 0 : first, whole ? view.count() : end);
            wanted.andNot(slot.present);
            fetch(leaf, view, slot, wanted, first, end);
        } finally {
            slot.loading.unlock();
        }
    }

    private void fetch(long leaf, LeafView view, Slot slot, BitSet wanted, int first, int end) throws IOException {
        reading.acquireUninterruptibly();
        try {
            reader.read(leaf, view, wanted, slot.bytes);
            slot.present.or(wanted);
        } catch (RuntimeException whole) {
            // Damage elsewhere in the leaf is no reason to refuse what was asked for.
            BitSet asked = new BitSet(DiskWriter.LEAF_BLOCKS);
            asked.set(first, end);
            asked.andNot(slot.present);
            if (asked.equals(wanted)) {
                throw whole;
            }
            reader.read(leaf, view, asked, slot.bytes);
            slot.present.or(asked);
        } finally {
            reading.release();
        }
    }

    /** Whether somebody reads the leaf before this one to its end, or did a moment ago. */
    private boolean follows(long leaf) {
        lock.lock();
        try {
            // Asked by containsKey, which does not count as a use.
            return slots.containsKey(leaf - 1);
        } finally {
            lock.unlock();
        }
    }

    private Slot pin(long leaf) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new IOException("the disk is closed");
                }
                Slot known = slots.get(leaf);
                if (known == null) {
                    ByteBuffer bytes = room();
                    if (bytes == null) {
                        unpinned.awaitUninterruptibly();
                        continue;
                    }
                    known = new Slot(bytes);
                    slots.put(leaf, known);
                }
                known.pins++;
                return known;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A buffer of a leaf: a free one, a new one, or that of the leaf that nobody used for longest; null if all are in use. */
    private @Nullable ByteBuffer room() {
        ByteBuffer spare = free.poll();
        if (spare != null) {
            return spare;
        }
        if (made < most) {
            ByteBuffer fresh = ByteBuffer.allocateDirect(LEAF);
            made++; // Not before there is one: whoever waits for a leaf that nobody has waits for ever.
            return fresh;
        }
        for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
            Slot slot = all.next();
            if (slot.pins == 0) {
                all.remove();
                return slot.bytes;
            }
        }
        return null;
    }

    private void unpin(Slot slot) {
        lock.lock();
        try {
            slot.pins--;
            unpinned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the memory, which is freed when nobody reads any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            slots.clear();
            free.clear();
            unpinned.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
