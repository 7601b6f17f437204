package org.coffer.engine.vault;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps what was used last, up to a weight. Thread-safe; two threads that miss the same key both load it. */
final class LruCache<K, V> {
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final ToIntFunction<V> weigher;
    private final long limit;
    private long weight;

    LruCache(long limit, ToIntFunction<V> weigher) {
        this.limit = limit;
        this.weigher = weigher;
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        V old = entries.put(key, value);
        weight += weigher.applyAsInt(value) - (old == null ? 0 : weigher.applyAsInt(old));
        Iterator<Map.Entry<K, V>> eldest = entries.entrySet().iterator();
        while (weight > limit && entries.size() > 1 && eldest.hasNext()) {
            weight -= weigher.applyAsInt(eldest.next().getValue());
            eldest.remove();
        }
    }

    synchronized void clear() {
        entries.clear();
        weight = 0;
    }

    synchronized void remove(K key) {
        V old = entries.remove(key);
        weight -= old == null ? 0 : weigher.applyAsInt(old);
    }
}
