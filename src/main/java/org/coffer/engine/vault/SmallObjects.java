package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;

/** Puts and gets objects that are one sealed body: sessions, commits, markers, descriptions. */
final class SmallObjects {
    private final ObjectStore store;
    private final Sealing sealing;
    private final Benches benches;

    SmallObjects(ObjectStore store, Sealing sealing, Benches benches) {
        this.store = store;
        this.sealing = sealing;
        this.benches = benches;
    }

    /** A body and what its object claims. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Body(byte[] bytes, long features) {
        boolean understood() {
            return (features & ~Sealing.KNOWN_FEATURES) == 0;
        }
    }

    /** Seals a body for one name. The result may be put again and again, but only under that name. */
    ByteBuffer seal(ObjectType type, String name, byte[] body) {
        if (body.length > type.most() - Sealing.HEADER - Sealing.TAG) {
            throw new IllegalArgumentException(name + " would be too large to be read: " + body.length);
        }
        ByteBuffer object = ByteBuffer.allocate(Sealing.HEADER + body.length + Sealing.TAG);
        ObjectKey key = sealing.begin(type, name, object);
        try (Workbench bench = benches.take()) {
            bench.seal(key, Part.BODY, 0, Shape.raw(body.length), body, body.length, object.array(), Sealing.HEADER);
        }
        return object.clear();
    }

    void put(ObjectType type, String name, byte[] body) throws StoreException {
        store.put(name, seal(type, name, body));
    }

    Body get(ObjectType type, String name) throws IOException {
        return open(type, name, Reads.get(store, name, type.most()));
    }

    Body open(ObjectType type, String name, byte[] object) throws DamagedException {
        if (object.length > type.most()) {
            throw new DamagedException(name, "is larger than any object of its kind");
        }
        ObjectKey key = sealing.open(type, name, Arrays.copyOf(object, Math.min(object.length, Sealing.HEADER)));
        int stored = object.length - Sealing.HEADER;
        if (stored < Sealing.TAG) {
            throw new DamagedException(name, "is cut short");
        }
        byte[] body = new byte[stored - Sealing.TAG];
        try (Workbench bench = benches.take()) {
            bench.open(key, Part.BODY, 0, Shape.raw(body.length), object, Sealing.HEADER, stored, body);
        }
        return new Body(body, key.features());
    }
}
