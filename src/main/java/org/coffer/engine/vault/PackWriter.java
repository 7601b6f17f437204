package org.coffer.engine.vault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Fills packs of one kind and puts them in the background.
 *
 * <p>{@link #append} may be called by any number of threads. Under the lock a caller only gets a place; compressing and
 * sealing happen outside. A full pack is put by a thread of its own as soon as its last place is filled. Memory is the
 * buffers of the pool: when all are on their way to the store, appenders wait. The first failure of a put stays: every
 * later call throws it, because a session that lost a pack cannot commit.
 */
final class PackWriter {
    private final SessionId session;
    private final ObjectType type;
    private final AtomicInteger numbers;
    private final Sealing sealing;
    private final Benches benches;
    private final ObjectStore store;
    private final BufferPool pool;
    private final LongAdder storedBytes = new LongAdder();
    private final Object lock = new Object();
    private @Nullable PackBuild current;
    private int underway;
    private @Nullable Throwable failure;

    PackWriter(SessionId session, ObjectType type, AtomicInteger numbers, VaultCore core, int packSize, int buffers) {
        this.session = session;
        this.type = type;
        this.numbers = numbers;
        this.sealing = core.sealing();
        this.benches = core.benches();
        this.store = core.store();
        this.pool = new BufferPool(packSize, buffers);
    }

    /** Where the first entry of an appended frame went; the others follow. */
    record Placed(PackId pack, int first) {}

    /**
     * Appends a frame, whose (compressed) bytes are the first of {@code bench.bytes}.
     *
     * @throws IOException if an earlier pack could not be put
     */
    Placed append(Workbench bench, Entries what, Packed frame) throws IOException {
        int length = frame.length();
        PackBuild.Reserved place;
        synchronized (lock) {
            PackBuild pack = room(length + Sealing.TAG, what.count);
            place = pack.reserve(what, frame.codec(), length + Sealing.TAG);
        }
        boolean sealed = false;
        try {
            PackBuild.fill(place, bench, what, frame.codec(), length);
            sealed = true;
        } finally {
            if (!sealed) {
                // Others may have places in it, and close it: it is not to be adopted by anybody.
                place.pack().spoil();
                fail(new IllegalStateException("frame " + place.frame() + " of " + place.pack().name));
            }
            if (place.pack().filled()) {
                publish(place.pack());
            }
        }
        return new Placed(place.pack().id, place.first());
    }

    private PackBuild room(int stored, int count) throws IOException {
        check();
        PackBuild pack = current;
        if (pack != null && !pack.fits(stored, count)) {
            closeCurrent();
            pack = null;
        }
        if (pack == null) {
            pack = new PackBuild(type, new PackId(session, number()), sealing, pool.take());
            current = pack;
        }
        return pack;
    }

    private int number() throws StoreException {
        int number = numbers.getAndIncrement();
        if (number < 0 || number > PackId.MAX_NUMBER) {
            throw new StoreException(StoreException.Kind.OTHER, "a run writes at most 2^24 packs");
        }
        return number;
    }

    private void closeCurrent() {
        PackBuild pack = current;
        if (pack == null) {
            return;
        }
        current = null;
        underway++;
        if (pack.close()) {
            publish(pack);
        }
    }

    private void publish(PackBuild pack) {
        // A thread of its own, because a virtual one that hangs in a file system may hold up all others.
        Work work = Work.current();
        try {
            Thread.ofPlatform().daemon().name("put-" + pack.name).start(() -> work.part(() -> put(pack)));
        } catch (RuntimeException | Error e) {
            // No more threads to be had: whoever waits for this put must not wait for ever.
            ended(pack, e);
        }
    }

    private void put(PackBuild pack) {
        Throwable failed = null;
        try (Workbench bench = benches.take()) {
            if (!pack.spoiled()) {
                ByteBuffer[] bytes = pack.finish(bench);
                store.put(pack.name, bytes);
                storedBytes.add(bytes[0].remaining() + (long) bytes[1].remaining());
            }
        } catch (IOException | RuntimeException | Error e) {
            // Not swallowed: the next append, or flush, throws it.
            failed = e;
        }
        ended(pack, failed);
    }

    private void ended(PackBuild pack, @Nullable Throwable failed) {
        // Before the lock: whoever holds it may be waiting for this buffer.
        if (failed instanceof StoreException silent && silent.kind() == StoreException.Kind.SILENT) {
            pool.replace();
        } else {
            pool.giveBack(pack.buffer);
        }
        if (failed != null) {
            fail(failed);
        }
        synchronized (lock) {
            underway--;
            lock.notifyAll();
        }
    }

    private void fail(Throwable reason) {
        synchronized (lock) {
            if (failure == null) {
                failure = reason;
            }
        }
    }

    private void check() throws IOException {
        Throwable failed = failure;
        if (failed instanceof IOException e) {
            throw e;
        }
        if (failed != null) {
            throw new IllegalStateException("a pack could not be put", failed);
        }
    }

    /** Closes the pack being filled and waits until everything appended so far is durable. */
    void flush() throws IOException {
        synchronized (lock) {
            closeCurrent();
            awaitPuts();
            check();
        }
    }

    /** Waits for puts that are under way, whatever becomes of them. */
    void quiesce() throws InterruptedIOException {
        synchronized (lock) {
            awaitPuts();
        }
    }

    private void awaitPuts() throws InterruptedIOException {
        while (underway > 0) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the store");
            }
        }
    }

    /** Bytes of the packs that are durable. */
    long storedBytes() {
        return storedBytes.sum();
    }
}
