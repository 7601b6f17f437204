package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** A strong store in memory. Its objects can be looked at, changed and copied by tests. */
public final class MemoryStore implements ObjectStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** The objects themselves. */
    public NavigableMap<String, byte[]> objects() {
        return objects;
    }

    /** The bytes of one object, not a copy: a test that changes them changes the store. */
    public byte[] bytes(String name) {
        return Objects.requireNonNull(objects.get(name), name);
    }

    /** Another store with the same objects. */
    public MemoryStore copy() {
        MemoryStore copy = new MemoryStore();
        objects.forEach((name, bytes) -> copy.objects.put(name, bytes.clone()));
        return copy;
    }

    /** Bytes of all objects. */
    public long size() {
        return objects.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        int size = 0;
        for (ByteBuffer part : bytes) {
            size += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (ByteBuffer part : bytes) {
            all.put(part.duplicate());
        }
        byte[] old = objects.putIfAbsent(name, all.array());
        if (old != null && !Arrays.equals(old, all.array())) {
            throw new StoreException(StoreException.Kind.CONFLICT, name);
        }
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return existing(name).clone();
    }

    private byte[] existing(String name) throws StoreException {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new StoreException(StoreException.Kind.MISSING, name);
        }
        return bytes;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        byte[] bytes = existing(name);
        if (offset + target.remaining() > bytes.length) {
            throw new StoreException(StoreException.Kind.MISSING, name + " ends at " + bytes.length);
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] bytes = existing(name);
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - length), bytes.length);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new StoredObject(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
    }

    @Override
    public void syncDeletes() {
        // Nothing lasts here.
    }

    @Override
    public void sweep(String prefix) {
        // Puts leave nothing behind.
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) {
        // Puts leave nothing behind.
    }

    @Override
    public Room room() {
        return Room.unknown();
    }

    @Override
    public Optional<Duration> staleness() {
        return Optional.of(Duration.ZERO);
    }

    @Override
    public String where() {
        return "memory";
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
