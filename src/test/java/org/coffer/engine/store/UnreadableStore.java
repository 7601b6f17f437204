package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * A store on a disk with bad spots: some objects are there and listed, can be written and deleted, and whoever reads them
 * gets an error of input or output, each time anew.
 */
public final class UnreadableStore extends ForwardingStore {
    private final Predicate<String> bad;

    /** @param bad the names of the objects that cannot be read */
    public UnreadableStore(ObjectStore real, Predicate<String> bad) {
        super(real);
        this.bad = bad;
    }

    private void look(String name) throws StoreException {
        if (bad.test(name)) {
            throw new StoreException(StoreException.Kind.DAMAGED, name + ": Input/output error");
        }
    }

    @Override
    public byte[] get(String name) throws StoreException {
        byte[] bytes = super.get(name);
        look(name);
        return bytes;
    }

    @Override
    public byte[] get(String name, int most) throws StoreException {
        byte[] bytes = super.get(name, most);
        look(name);
        return bytes;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        super.read(name, offset, target);
        look(name);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] bytes = super.suffix(name, length);
        look(name);
        return bytes;
    }
}
