package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is asked of the store behind it. */
public final class CountingStore extends ForwardingStore {
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong bytesGot = new AtomicLong();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong bytesPut = new AtomicLong();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong namesListed = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();

    /**
     * What was asked so far.
     *
     * @param gets whole objects, their ends, and stretches of them
     * @param namesListed of all lists together
     */
    public record Counts(
            long gets, long bytesGot, long puts, long bytesPut, long lists, long namesListed, long deletes) {}

    private final int readsAtOnce;

    /** @param store the store behind it */
    public CountingStore(ObjectStore store) {
        this(store, store.readsAtOnce());
    }

    /** @param readsAtOnce as of a store that is some way off, so that it is read side by side */
    public CountingStore(ObjectStore store, int readsAtOnce) {
        super(store);
        this.readsAtOnce = readsAtOnce;
    }

    @Override
    public int readsAtOnce() {
        return readsAtOnce;
    }

    /** What was asked so far. */
    public Counts counts() {
        return new Counts(
                gets.get(), bytesGot.get(), puts.get(), bytesPut.get(), lists.get(), namesListed.get(), deletes.get());
    }

    private byte[] got(byte[] bytes) {
        bytesGot.addAndGet(bytes.length);
        return bytes;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        puts.incrementAndGet();
        for (ByteBuffer part : bytes) {
            bytesPut.addAndGet(part.remaining());
        }
        super.put(name, bytes);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        gets.incrementAndGet();
        return got(super.get(name));
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        gets.incrementAndGet();
        return got(super.get(name, most));
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        gets.incrementAndGet();
        return got(super.suffix(name, length));
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        gets.incrementAndGet();
        bytesGot.addAndGet(target.remaining());
        super.read(name, offset, target);
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        lists.incrementAndGet();
        List<StoredObject> listed = super.list(prefix);
        namesListed.addAndGet(listed.size());
        return listed;
    }

    @Override
    public void delete(String name) throws StoreException {
        deletes.incrementAndGet();
        super.delete(name);
    }
}
