package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A store that may hang, for callers that must not: whatever does not come back fails as
 * {@link StoreException.Kind#SILENT}. Closing it closes the store behind it.
 */
public final class PatientStore extends ForwardingStore {
    private final Patience patience;

    /**
     * @param store the store behind it
     * @param patience shared by everything that asks the same place
     */
    public PatientStore(ObjectStore store, Patience patience) {
        super(store);
        this.patience = patience;
    }

    @FunctionalInterface
    private interface Act {
        void run() throws StoreException;
    }

    private void act(Act act) throws StoreException {
        patience.ask(() -> {
            act.run();
            return true;
        });
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        act(() -> store().put(name, bytes));
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        act(() -> store().putKept(name, until, bytes));
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        act(() -> store().retain(name, until));
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return patience.ask(() -> store().get(name));
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        return patience.ask(() -> store().get(name, most));
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        act(() -> store().read(name, offset, target));
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        return patience.ask(() -> store().suffix(name, length));
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        return patience.ask(() -> store().list(prefix));
    }

    @Override
    public List<String> beneath(String prefix) throws StoreException {
        return patience.ask(() -> store().beneath(prefix));
    }

    @Override
    public void delete(String name) throws StoreException {
        act(() -> store().delete(name));
    }

    @Override
    public void delete(Collection<String> names) throws StoreException {
        act(() -> store().delete(names));
    }

    @Override
    public void syncDeletes() throws StoreException {
        act(store()::syncDeletes);
    }

    @Override
    public void sweep(String prefix) throws StoreException {
        act(() -> store().sweep(prefix));
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        act(() -> store().sweep(before, names));
    }

    @Override
    public Room room() throws StoreException {
        return patience.ask(store()::room);
    }

    /** Of a place that does not answer nobody can say. */
    @Override
    public Optional<Duration> staleness() {
        try {
            return patience.ask(store()::staleness);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
