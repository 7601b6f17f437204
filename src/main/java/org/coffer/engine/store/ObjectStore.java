package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A place that keeps named objects. An object is written once, whole, and never changed; names are '/'-separated lower
 * ASCII. Put, get, list and delete are all that Coffer needs of a store.
 *
 * <p><b>Promises.</b> When {@link #put} returns, the object is there as a whole and survives a power cut; if it fails,
 * the object is there as a whole or not at all. A {@link #list} that begins after a put returned shows it, at the
 * latest after {@link #staleness()}. All methods may be called by several threads at once. Every failure is a
 * {@link StoreException} whose kind says what can be done about it.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Writes an object durably. Repeating a put with the same bytes does nothing.
     *
     * @param bytes the content, in order; positions are left where they were. After a failure of kind SILENT they may
     *     still be read, and must never hold anything else
     * @throws StoreException of kind CONFLICT if the name is taken by other content. Two puts at the same time may both
     *     succeed in some places; the last one counts. Nothing may rely on more
     */
    void put(String name, ByteBuffer... bytes) throws StoreException;

    /** The whole object. @throws StoreException of kind MISSING when there is none */
    byte[] get(String name) throws StoreException;

    /**
     * Fills {@code target} with the object's bytes from {@code offset} on. After a failure of kind SILENT it may still be
     * written to, and cannot be used again.
     *
     * @throws StoreException of kind MISSING when there is no such object or it ends earlier
     */
    void read(String name, long offset, ByteBuffer target) throws StoreException;

    /** The last {@code length} bytes, or the whole object if it is shorter. */
    byte[] suffix(String name, int length) throws StoreException;

    /**
     * The whole object if it has at most {@code most} bytes, else the last {@code most + 1}: so much can be had of an object
     * of which nobody knows who put it there, and how large.
     *
     * @throws StoreException of kind MISSING when there is none
     */
    default byte[] get(String name, int most) throws StoreException {
        return suffix(name, most + 1);
    }

    /** The objects whose names begin with {@code prefix}, in the order of their names. */
    List<StoredObject> list(String prefix) throws StoreException;

    /**
     * What lies right below a prefix, as a folder shows it: the names of objects, and of everything deeper the part up to and
     * including the next '/', each once and in order.
     *
     * @param prefix empty, or ending in '/'
     */
    default List<String> beneath(String prefix) throws StoreException {
        return list(prefix).stream()
                .map(StoredObject::name)
                .map(name -> {
                    int slash = name.indexOf('/', prefix.length());
                    return slash < 0 ? name : name.substring(0, slash + 1);
                })
                .distinct()
                .toList();
    }

    /** Removes an object; that it is absent already is fine. Durable only after {@link #syncDeletes()}. */
    void delete(String name) throws StoreException;

    /** Removes many objects, in as few requests as the place knows; see {@link #delete(String)}. */
    default void delete(Collection<String> names) throws StoreException {
        for (String name : names) {
            delete(name);
        }
    }

    /** Makes the deletes of this instance so far durable. */
    void syncDeletes() throws StoreException;

    /** Removes what unfinished puts under {@code prefix} left behind. Call only when nobody can be writing there. */
    void sweep(String prefix) throws StoreException;

    /**
     * Removes what puts left behind to which nobody has added anything since a moment: those of processes that died. Somebody
     * whose put is alive all the same puts again, or fails. Places where unfinished puts cannot be told, or go by
     * themselves, do nothing.
     *
     * @param before the moment, by the clock of the place
     * @param names of which objects the unfinished puts may go
     */
    void sweep(Instant before, Predicate<String> names) throws StoreException;

    /** The room left. */
    Room room() throws StoreException;

    /** How long a list may lag behind a put: zero for strong stores, empty if no bound is known. */
    Optional<Duration> staleness();

    /** How many reads at once serve one caller best: one where the place is near, several where the way is long. */
    default int readsAtOnce() {
        return 1;
    }

    /** Whether the place itself can keep objects from being deleted until a moment, whoever asks it to. */
    default boolean retains() {
        return false;
    }

    /**
     * {@link #put}, of an object that is kept until a moment from when it is there. Only where the place {@link #retains}.
     *
     * @param until to the second
     */
    default void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        put(name, bytes);
        retain(name, until);
    }

    /**
     * Keeps an object until a moment, or longer if it was to be kept longer. Only where the place {@link #retains}.
     *
     * @param until to the second
     */
    default void retain(String name, Instant until) throws StoreException {
        throw new UnsupportedOperationException(where() + " keeps nothing");
    }

    /** Says where this is, for messages: a path or an address. */
    String where();

    /** The part of this store whose names begin with {@code prefix}, which ends in '/'. Closing it closes nothing. */
    default ObjectStore within(String prefix) {
        return new PrefixedStore(this, prefix);
    }

    @Override
    void close();
}
