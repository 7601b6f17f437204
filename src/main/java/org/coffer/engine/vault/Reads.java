package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;

/**
 * Reads bytes of one named object. Where the place fails at that object alone, as a disk does at a bad spot, the object is
 * damaged like one whose bytes are wrong, and holds up nobody but those who need it. As damage has consequences that last,
 * the place is asked twice. Listings are no objects: who cannot list learns that the place failed.
 */
final class Reads {
    private Reads() {}

    @FunctionalInterface
    private interface Read<T> {
        T make() throws StoreException;
    }

    /** As {@link ObjectStore#get(String, int)}. @throws DamagedException if the place cannot read it */
    static byte[] get(ObjectStore store, String name, int most) throws IOException {
        return twice(name, () -> store.get(name, most));
    }

    /** As {@link ObjectStore#suffix}. @throws DamagedException if the place cannot read it */
    static byte[] suffix(ObjectStore store, String name, int length) throws IOException {
        return twice(name, () -> store.suffix(name, length));
    }

    /** As {@link ObjectStore#read}. @throws DamagedException if the place cannot read it */
    static void fill(ObjectStore store, String name, long offset, ByteBuffer target) throws IOException {
        int from = target.position();
        twice(name, () -> {
            store.read(name, offset, target.position(from));
            return target;
        });
    }

    private static <T> T twice(String name, Read<T> read) throws IOException {
        try {
            return read.make();
        } catch (StoreException first) {
            requireUnreadable(first);
            try {
                return read.make();
            } catch (StoreException second) {
                requireUnreadable(second);
                throw new DamagedException(name, "cannot be read: " + second.getMessage(), second);
            }
        }
    }

    private static void requireUnreadable(StoreException failure) throws StoreException {
        if (failure.kind() != StoreException.Kind.DAMAGED) {
            throw failure;
        }
    }
}
