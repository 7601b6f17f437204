package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A store that passes everything on to another one, for those that change some of it. It passes on what {@link ObjectStore}
 * gives a default to as well, because the place behind may know better. Closing it closes the store behind it.
 */
public abstract class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    /** @param store the store behind it */
    protected ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    /** The store behind it. */
    protected final ObjectStore store() {
        return store;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        store.put(name, bytes);
    }

    @Override
    public boolean retains() {
        return store.retains();
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        store.putKept(name, until, bytes);
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        store.retain(name, until);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return store.get(name);
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        return store.get(name, most);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        store.read(name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        return store.suffix(name, length);
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        return store.list(prefix);
    }

    @Override
    public List<String> beneath(String prefix) throws StoreException {
        return store.beneath(prefix);
    }

    @Override
    public void delete(String name) throws StoreException {
        store.delete(name);
    }

    @Override
    public void delete(Collection<String> names) throws StoreException {
        store.delete(names);
    }

    @Override
    public void syncDeletes() throws StoreException {
        store.syncDeletes();
    }

    @Override
    public void sweep(String prefix) throws StoreException {
        store.sweep(prefix);
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        store.sweep(before, names);
    }

    @Override
    public Room room() throws StoreException {
        return store.room();
    }

    @Override
    public Optional<Duration> staleness() {
        return store.staleness();
    }

    @Override
    public int readsAtOnce() {
        return store.readsAtOnce();
    }

    @Override
    public String where() {
        return store.where();
    }

    @Override
    public void close() {
        store.close();
    }
}
