package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A part of another store, seen as a store. */
record PrefixedStore(ObjectStore whole, String prefix) implements ObjectStore {
    PrefixedStore {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("a prefix ends in '/': " + prefix);
        }
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        whole.put(prefix + name, bytes);
    }

    @Override
    public boolean retains() {
        return whole.retains();
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        whole.putKept(prefix + name, until, bytes);
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        whole.retain(prefix + name, until);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return whole.get(prefix + name);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        whole.read(prefix + name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        return whole.suffix(prefix + name, length);
    }

    @Override
    public List<StoredObject> list(String inner) throws StoreException {
        return whole.list(prefix + inner).stream()
                .map(object -> new StoredObject(object.name().substring(prefix.length()), object.size()))
                .toList();
    }

    @Override
    public List<String> beneath(String inner) throws StoreException {
        return whole.beneath(prefix + inner).stream()
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public void delete(String name) throws StoreException {
        whole.delete(prefix + name);
    }

    @Override
    public void delete(Collection<String> names) throws StoreException {
        whole.delete(names.stream().map(prefix::concat).toList());
    }

    @Override
    public void syncDeletes() throws StoreException {
        whole.syncDeletes();
    }

    @Override
    public void sweep(String inner) throws StoreException {
        whole.sweep(prefix + inner);
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        whole.sweep(before, name -> name.startsWith(prefix) && names.test(name.substring(prefix.length())));
    }

    @Override
    public Room room() throws StoreException {
        return whole.room();
    }

    @Override
    public Optional<Duration> staleness() {
        return whole.staleness();
    }

    @Override
    public int readsAtOnce() {
        return whole.readsAtOnce();
    }

    @Override
    public String where() {
        return whole.where();
    }

    @Override
    public void close() {
        // The whole belongs to whoever opened it.
    }
}
