package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/** A store that costs nothing: it keeps what benchmarks read again, and forgets packs of data. */
final class BenchStore implements ObjectStore {
    private final ConcurrentHashMap<String, byte[]> objects = new ConcurrentHashMap<>();

    @Override
    public void put(String name, ByteBuffer... bytes) {
        if (name.startsWith("data/")) {
            return;
        }
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(bytes).mapToInt(ByteBuffer::remaining).sum());
        for (ByteBuffer part : bytes) {
            all.put(part.duplicate());
        }
        objects.put(name, all.array());
    }

    @Override
    public byte[] get(String name) throws StoreException {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new StoreException(StoreException.Kind.MISSING, name);
        }
        return bytes;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        target.put(get(name), (int) offset, target.remaining());
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        byte[] bytes = get(name);
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - length), bytes.length);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
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
        // Nor do those of others.
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
        // Holds nothing.
    }
}
