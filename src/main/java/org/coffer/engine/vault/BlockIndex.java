package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * All index segments of a vault: hints where blocks lie. A segment that cannot be read is left out, because all it costs
 * is room. Memory: the filters (1.25 bytes a block) and 6 MiB of pages. Thread-safe.
 */
final class BlockIndex {
    private static final long PAGE_CACHE = 6L << 20;

    private final VaultCore core;
    private final LruCache<Segment.PageKey, byte[]> pages = new LruCache<>(PAGE_CACHE, page -> page.length);
    private volatile List<Segment> segments = List.of();
    private volatile List<Damage> damaged = List.of();

    BlockIndex(VaultCore core) {
        this.core = core;
    }

    /** Looks which segments there are now. */
    synchronized void refresh() throws StoreException {
        Map<String, Segment> known = new HashMap<>();
        segments.forEach(segment -> known.put(segment.name(), segment));
        Queue<Segment> found = new ConcurrentLinkedQueue<>();
        Queue<Damage> bad = new ConcurrentLinkedQueue<>();
        List<SideBySide.Act> reads = new ArrayList<>();
        for (StoredObject object : core.store().list(Names.INDEX)) {
            Segment segment = known.get(object.name());
            if (segment != null) {
                found.add(segment);
            } else {
                reads.add(() -> open(object.name(), found, bad));
            }
        }
        try {
            SideBySide.small(core.store(), reads);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.OTHER, Names.INDEX, e);
        }
        // The newest backups share most with the next one, but names are random: any order is as good.
        segments = List.copyOf(found);
        damaged = List.copyOf(bad);
    }

    private void open(String name, Queue<Segment> found, Queue<Damage> bad) throws IOException {
        try {
            found.add(Segment.open(core, name));
        } catch (DamagedException e) {
            bad.add(new Damage(name, e.reason(), List.of(), String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
        }
    }

    /** Those that can be used. */
    List<Segment> segments() {
        return segments;
    }

    List<Damage> damaged() {
        return damaged;
    }

    /** Adds a segment that this process just put. */
    synchronized void add(Segment segment) {
        List<Segment> more = new ArrayList<>(segments);
        more.removeIf(other -> other.name().equals(segment.name()));
        more.add(segment);
        segments = List.copyOf(more);
    }

    /** Answers whether a hit may be used. */
    @FunctionalInterface
    interface Filter {
        long accept(Segment.Hit hit);
    }

    /** The first place of a block that {@code filter} accepts, as the filter numbers it, or -1. */
    long find(long high, long low, Filter filter, Workbench bench) throws IOException {
        for (Segment segment : segments) {
            if (segment.mayContain(high, low)) {
                long place = accepted(segment, high, low, filter, bench);
                if (place >= 0) {
                    return place;
                }
            }
        }
        return -1;
    }

    private long accepted(Segment segment, long high, long low, Filter filter, Workbench bench) throws IOException {
        Segment.@Nullable Hit hit;
        try {
            hit = segment.find(high, low, pages, bench);
        } catch (DamagedException e) {
            // A hint that cannot be read is no hint: the block is stored once more.
            return -1;
        }
        return hit == null ? -1 : filter.accept(hit);
    }
}
