package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A store whose objects go in and out no faster than a {@link Throttle} lets them (B13). Names, lists and deletes are not
 * counted: they weigh nothing beside the content. Closing it closes the store behind it.
 *
 * @param store the store behind it
 * @param throttle shared by everything that should stay below the limit together
 */
public record ThrottledStore(ObjectStore store, Throttle throttle) implements ObjectStore {
    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        throttle.take(size(bytes));
        store.put(name, bytes);
    }

    private static long size(ByteBuffer... bytes) {
        long size = 0;
        for (ByteBuffer part : bytes) {
            size += part.remaining();
        }
        return size;
    }

    @Override
    public boolean retains() {
        return store.retains();
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        throttle.take(size(bytes));
        store.putKept(name, until, bytes);
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        store.retain(name, until);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        byte[] content = store.get(name);
        throttle.take(content.length);
        return content;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        throttle.take(target.remaining());
        store.read(name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] content = store.suffix(name, length);
        throttle.take(content.length);
        return content;
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
