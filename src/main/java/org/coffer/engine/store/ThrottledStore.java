package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A store whose objects go in and out no faster than a {@link Throttle} lets them (B13). Names, lists and deletes are not
 * counted: they weigh nothing beside the content. Closing it closes the store behind it.
 */
public final class ThrottledStore extends ForwardingStore {
    private final Throttle throttle;

    /**
     * @param store the store behind it
     * @param throttle shared by everything that should stay below the limit together
     */
    public ThrottledStore(ObjectStore store, Throttle throttle) {
        super(store);
        this.throttle = throttle;
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        throttle.take(size(bytes));
        super.put(name, bytes);
    }

    private static long size(ByteBuffer... bytes) {
        long size = 0;
        for (ByteBuffer part : bytes) {
            size += part.remaining();
        }
        return size;
    }

    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        throttle.take(size(bytes));
        super.putKept(name, until, bytes);
    }

    @Override
    public byte[] get(String name) throws StoreException {
        byte[] content = super.get(name);
        throttle.take(content.length);
        return content;
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        byte[] content = super.get(name, most);
        throttle.take(content.length);
        return content;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        throttle.take(target.remaining());
        super.read(name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] content = super.suffix(name, length);
        throttle.take(content.length);
        return content;
    }
}
