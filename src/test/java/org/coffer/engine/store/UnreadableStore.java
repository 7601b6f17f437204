package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A store on a disk with bad spots: some objects are there and listed, can be written and deleted, and whoever reads them
 * gets an error of input or output, each time anew.
 *
 * @param real the store behind it
 * @param bad the names of the objects that cannot be read
 */
public record UnreadableStore(ObjectStore real, Predicate<String> bad) implements ObjectStore {
    private void look(String name) throws StoreException {
        if (bad.test(name)) {
            throw new StoreException(StoreException.Kind.DAMAGED, name + ": Input/output error");
        }
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        real.put(name, bytes);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        byte[] bytes = real.get(name);
        look(name);
        return bytes;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        real.read(name, offset, target);
        look(name);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] bytes = real.suffix(name, length);
        look(name);
        return bytes;
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
