package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;

/**
 * A vault's store that, once the vault is locked, has each new object which a backup may need kept by the place itself from
 * its first moment, where that can do so. It is for the days until {@link Retainer} knows how long it is needed.
 */
final class LockableStore extends ForwardingStore {
    /** How long a new object is kept, whatever becomes of it. */
    static final Duration FIRST = Duration.ofDays(7);

    private static final List<String> LASTING =
            List.of("data/", "map/", Names.COMMIT, Names.USES, Names.ABOUT, Names.DESCRIPTION);

    private final Clock clock;
    private volatile boolean locked;

    LockableStore(ObjectStore store, Clock clock) {
        super(store);
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
        if (locked && retains() && LASTING.stream().anyMatch(name::startsWith)) {
            putKept(name, clock.instant().plus(FIRST), bytes);
        } else {
            super.put(name, bytes);
        }
    }
}
