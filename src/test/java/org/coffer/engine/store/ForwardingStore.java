package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that asks another one: for tests that change how one call comes out. */
public class ForwardingStore implements ObjectStore {
    private final ObjectStore real;

    /** @param real the store behind it */
    public ForwardingStore(ObjectStore real) {
        this.real = real;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        real.put(name, bytes);
    }

    @Override
    public boolean retains() {
        return real.retains();
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        real.putKept(name, until, bytes);
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        real.retain(name, until);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return real.get(name);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        real.read(name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        return real.suffix(name, length);
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        return real.list(prefix);
    }

    @Override
    public void delete(String name) throws StoreException {
        real.delete(name);
    }

    @Override
    public void syncDeletes() throws StoreException {
        real.syncDeletes();
    }

    @Override
    public void sweep(String prefix) throws StoreException {
        real.sweep(prefix);
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        real.sweep(before, names);
    }

    @Override
    public Room room() throws StoreException {
        return real.room();
    }

    @Override
    public Optional<Duration> staleness() {
        return real.staleness();
    }

    @Override
    public String where() {
        return real.where();
    }

    @Override
    public void close() {
        real.close();
    }
}
