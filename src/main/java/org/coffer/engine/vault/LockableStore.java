package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/**
 * A vault's store that, once the vault is locked, has each new object which a backup may need kept by the place itself from
 * its first moment, where that can do so. It is for the days until {@link Retainer} knows how long it is needed.
 */
final class LockableStore implements ObjectStore {
    /** How long a new object is kept, whatever becomes of it. */
    static final Duration FIRST = Duration.ofDays(7);

    private static final List<String> LASTING =
            List.of("data/", "map/", Names.COMMIT, Names.USES, Names.ABOUT, Names.DESCRIPTION);

    private final ObjectStore store;
    private final Clock clock;
    private volatile boolean locked;

    LockableStore(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    boolean locked() {
        return locked;
    }

    /** From now on. */
    void lock() {
        locked = true;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        if (locked && store.retains() && LASTING.stream().anyMatch(name::startsWith)) {
            store.putKept(name, clock.instant().plus(FIRST), bytes);
        } else {
            store.put(name, bytes);
        }
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
