package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** A part of another store, seen as a store. */
final class PrefixedStore extends ForwardingStore {
    private final String prefix;

    PrefixedStore(ObjectStore whole, String prefix) {
        super(whole);
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("a prefix ends in '/': " + prefix);
        }
        this.prefix = prefix;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        store().put(prefix + name, bytes);
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        store().putKept(prefix + name, until, bytes);
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        store().retain(prefix + name, until);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return store().get(prefix + name);
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        return store().get(prefix + name, most);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        store().read(prefix + name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        return store().suffix(prefix + name, length);
    }

    @Override
    public List<StoredObject> list(String inner) throws StoreException {
        return store().list(prefix + inner).stream()
                .map(object -> new StoredObject(object.name().substring(prefix.length()), object.size()))
                .toList();
    }

    @Override
    public List<String> beneath(String inner) throws StoreException {
        return store().beneath(prefix + inner).stream()
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public void delete(String name) throws StoreException {
        store().delete(prefix + name);
    }

    @Override
    public void delete(Collection<String> names) throws StoreException {
        store().delete(names.stream().map(prefix::concat).toList());
    }

    @Override
    public void sweep(String inner) throws StoreException {
        store().sweep(prefix + inner);
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        store().sweep(before, name -> name.startsWith(prefix) && names.test(name.substring(prefix.length())));
    }

    @Override
    public void close() {
        // The whole belongs to whoever opened it.
    }
}
