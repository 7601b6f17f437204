package org.coffer.console.location;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.store.Throttle;
import org.coffer.engine.store.ThrottledStore;

/**
 * The locations at work. Each has one throttle, through which all its bytes go (B13), and a bucket one store, so that what
 * goes there at once is bounded for all its vaults together.
 */
final class OpenPlaces implements AutoCloseable {
    private final Sites sites;
    private final Map<UUID, Throttle> limits = new ConcurrentHashMap<>();
    private final Map<UUID, Used> used = new HashMap<>();
    private final List<ObjectStore> left = new ArrayList<>();

    /** A bucket's store, and where it was when it was opened. */
    private record Used(Address address, ObjectStore store) {}

    OpenPlaces(Sites sites) {
        this.sites = sites;
    }

    /**
     * The objects of one vault.
     *
     * @param prefix the vault's own prefix, ending in a slash
     * @throws org.coffer.problem.ProblemException why nothing can be begun there
     */
    ObjectStore open(LocationStore.Row row, String prefix) {
        return open(row).within(prefix);
    }

    /**
     * The whole of a location; a bucket's is shared, so nobody closes it.
     *
     * @throws org.coffer.problem.ProblemException why nothing can be begun there
     */
    ObjectStore open(LocationStore.Row row) {
        try {
            ObjectStore place = switch (row.address()) {
                case Address.Folder folder -> sites.of(row).open(row.marker());
                case Address.Bucket bucket -> shared(row);
            };
            return new ThrottledStore(place, limit(row.id(), row.limit()));
        } catch (StoreException e) {
            throw StoreProblems.of(e, row.name());
        }
    }

    private synchronized ObjectStore shared(LocationStore.Row row) throws StoreException {
        Used known = used.get(row.id());
        if (known == null || !known.address().equals(row.address())) {
            leave(row.id());
            known = new Used(row.address(), sites.of(row).open(row.marker()));
            used.put(row.id(), known);
        }
        return known.store();
    }

    /** Limits a location to MB a second, also for what is running now; 0 for no limit. */
    Throttle limit(UUID id, long megabytes) {
        Throttle throttle = limits.computeIfAbsent(id, key -> Throttle.unlimited());
        throttle.limit(megabytes * Location.MB);
        return throttle;
    }

    /** A location is used in another way from now on, or not at all. What still runs there ends by itself. */
    synchronized void leave(UUID id) {
        Used one = used.remove(id);
        if (one != null) {
            left.add(one.store());
        }
    }

    @Override
    public synchronized void close() {
        used.values().forEach(one -> one.store().close());
        left.forEach(ObjectStore::close);
    }
}
