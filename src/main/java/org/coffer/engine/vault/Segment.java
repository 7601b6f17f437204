package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.jspecify.annotations.Nullable;

/** An index segment in the store, read a page at a time. In memory: its filter and the starts of its pages. */
final class Segment {
    private static final int SUFFIX = 64 << 10;
    /** The parts that are kept near: its head, what lies behind its pages, and each page. */
    private static final String HEAD = "head";

    private static final String END = "end";
    private static final String PAGE = "page-";
    /** Four times what a session remembers in memory: filter 2.5 MiB, page starts 64 KiB, dictionary at most 1 MiB. */
    static final int MOST_ENTRIES = 1 << 21;
    /** What the most entries need: it is allocated before anything was authenticated. */
    static final int TRAILER_LIMIT = 4 << 20;

    private final VaultCore core;
    private final ObjectKey key;
    private final SessionId[] sessions;
    private final long[] starts;
    private final IdFilter filter;
    private final int entries;

    private Segment(VaultCore core, ObjectKey key, SessionId[] sessions, long[] starts, IdFilter filter, int entries) {
        this.core = core;
        this.key = key;
        this.sessions = sessions;
        this.starts = starts;
        this.filter = filter;
        this.entries = entries;
    }

    /** Where a block lies, as far as the index knows. */
    record Hit(PackId pack, int ordinal) {}

    /** A page of a segment, for the cache. */
    record PageKey(String segment, int page) {}

    /** Opens it with what was kept of it, or from the store; most are so small that they are read with one request. */
    static Segment open(VaultCore core, String name) throws IOException {
        byte[] head = core.near().get(name, HEAD);
        byte[] end = core.near().get(name, END);
        if (head != null && end != null) {
            try {
                return open(core, name, head, end);
            } catch (DamagedException e) {
                core.near().forget(name, HEAD);
                core.near().forget(name, END);
            }
        }
        end = end(core.store(), name);
        if (end.length < SUFFIX && end.length >= Sealing.HEADER) {
            head = Arrays.copyOf(end, Sealing.HEADER); // That was all of it.
        } else {
            head = new byte[Sealing.HEADER];
            read(core.store(), name, 0, head);
        }
        Segment opened = open(core, name, head, end);
        core.near().put(name, HEAD, head);
        core.near().put(name, END, end);
        return opened;
    }

    /** One that was just put, as it is known to the store. */
    static Segment of(VaultCore core, String name, ByteBuffer stored) throws IOException {
        byte[] head = new byte[Sealing.HEADER];
        stored.get(stored.position(), head);
        ByteBuffer tail = stored.slice(stored.limit() - PackTrailer.TAIL, PackTrailer.TAIL);
        byte[] end = new byte[tail.getInt() + PackTrailer.TAIL];
        stored.get(stored.limit() - end.length, end);
        Segment segment = open(core, name, head, end);
        core.near().put(name, HEAD, head);
        core.near().put(name, END, end);
        return segment;
    }

    /** What lies behind the pages, and perhaps more. */
    private static byte[] end(ObjectStore store, String name) throws IOException {
        byte[] end = Reads.suffix(store, name, SUFFIX);
        if (end.length < PackTrailer.TAIL) {
            throw new DamagedException(name, "is cut short");
        }
        int stored = ByteBuffer.wrap(end).getInt(end.length - PackTrailer.TAIL);
        int needed = stored + PackTrailer.TAIL;
        boolean more = stored >= Sealing.TAG && stored <= TRAILER_LIMIT && needed > end.length;
        return more ? Reads.suffix(store, name, needed) : end;
    }

    private static Segment open(VaultCore core, String name, byte[] head, byte[] end) throws IOException {
        ByteBuffer tail = ByteBuffer.wrap(end);
        if (end.length < PackTrailer.TAIL) {
            throw new DamagedException(name, "is cut short");
        }
        tail.position(end.length - PackTrailer.TAIL);
        int stored = tail.getInt();
        int plain = tail.getInt();
        int pages = tail.getInt();
        int entries = tail.getInt();
        boolean possible = tail.getLong() == PackTrailer.MAGIC
                && stored >= Sealing.TAG
                && stored <= TRAILER_LIMIT
                && plain == stored - Sealing.TAG
                && entries >= 0
                && entries <= MOST_ENTRIES
                && pages == (entries + SegmentWriter.PAGE_ENTRIES - 1) / SegmentWriter.PAGE_ENTRIES;
        if (!possible) {
            throw new DamagedException(name, "has no end");
        }
        int needed = stored + PackTrailer.TAIL;
        if (end.length < needed) {
            throw new DamagedException(name, "is cut short");
        }
        ObjectKey key = core.sealing().open(ObjectType.INDEX, name, head);
        byte[] trailer = new byte[plain];
        try (Workbench bench = core.benches().take()) {
            Shape shape = new Shape(Shape.RAW, plain, 0, pages);
            bench.open(key, Part.TRAILER, 0, shape, end, end.length - needed, stored, trailer);
        }
        return parse(core, key, trailer, pages, entries);
    }

    private static Segment parse(VaultCore core, ObjectKey key, byte[] trailer, int pages, int entries)
            throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(trailer);
        int count = in.remaining() < 8 || in.getInt() != entries ? -1 : in.getInt();
        if (count < 0 || count > 0xffff || in.remaining() < 16 * count + 8 * pages + 64) {
            throw new DamagedException(key.name(), "has an impossible trailer");
        }
        SessionId[] sessions = new SessionId[count];
        for (int i = 0; i < count; i++) {
            sessions[i] = new SessionId(in.getLong(), in.getLong());
        }
        long[] starts = new long[pages];
        for (int i = 0; i < pages; i++) {
            starts[i] = in.getLong();
            if (i > 0 && Long.compareUnsigned(starts[i], starts[i - 1]) < 0) {
                throw new DamagedException(key.name(), "has pages out of order");
            }
        }
        return new Segment(core, key, sessions, starts, IdFilter.read(in), entries);
    }

    private static void read(ObjectStore store, String name, long offset, byte[] target) throws IOException {
        try {
            Reads.fill(store, name, offset, ByteBuffer.wrap(target));
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.MISSING ? new DamagedException(name, "is missing or cut short") : e;
        }
    }

    String name() {
        return key.name();
    }

    /** Whether it is worth looking; wrong in about 2 % of the cases where the block is not here, never in the others. */
    boolean mayContain(long high, long low) {
        return filter.mayContain(high, low);
    }

    /** Looks a block up, reading at most the pages on which it can lie. */
    @Nullable
    Hit find(long high, long low, LruCache<PageKey, byte[]> pages, Workbench bench) throws IOException {
        for (int page = firstPage(high);
                page < starts.length && Long.compareUnsigned(starts[page], high) <= 0;
                page++) {
            Hit hit = search(page(page, pages, bench), high, low);
            if (hit != null) {
                return hit;
            }
        }
        return null;
    }

    /** Reads every page. @throws DamagedException if one is damaged */
    void check(Workbench bench) throws IOException {
        LruCache<PageKey, byte[]> none = new LruCache<>(0, page -> page.length);
        for (int page = 0; page < starts.length; page++) {
            page(page, none, bench);
        }
    }

    /** The last page that begins below {@code high}, or the first. */
    private int firstPage(long high) {
        int from = 0;
        int to = starts.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(starts[middle], high) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Math.max(0, from - 1);
    }

    private byte[] page(int number, LruCache<PageKey, byte[]> pages, Workbench bench) throws IOException {
        PageKey cacheKey = new PageKey(name(), number);
        byte[] known = pages.get(cacheKey);
        if (known != null) {
            return known;
        }
        int count = Math.min(SegmentWriter.PAGE_ENTRIES, entries - number * SegmentWriter.PAGE_ENTRIES);
        byte[] plain = new byte[count * SegmentWriter.ENTRY];
        Shape shape = new Shape(Shape.RAW, plain.length, 0, count);
        String part = PAGE + number;
        byte[] near = core.near().get(name(), part);
        if (near != null && near.length == plain.length + Sealing.TAG) {
            try {
                bench.open(key, Part.FRAME, number, shape, near, 0, near.length, plain);
                pages.put(cacheKey, plain);
                return plain;
            } catch (DamagedException e) {
                core.near().forget(name(), part);
            }
        }
        byte[] sealed = new byte[plain.length + Sealing.TAG];
        read(core.store(), name(), Sealing.HEADER + (long) number * SegmentWriter.PAGE, sealed);
        bench.open(key, Part.FRAME, number, shape, sealed, 0, sealed.length, plain);
        core.near().put(name(), part, sealed);
        pages.put(cacheKey, plain);
        return plain;
    }

    private @Nullable Hit search(byte[] page, long high, long low) {
        ByteBuffer in = ByteBuffer.wrap(page);
        int from = 0;
        int to = page.length / SegmentWriter.ENTRY;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int at = middle * SegmentWriter.ENTRY;
            int order = Long.compareUnsigned(in.getLong(at), high);
            order = order != 0 ? order : Long.compareUnsigned(in.getLong(at + 8), low);
            if (order == 0) {
                int session = in.getShort(at + 16) & 0xffff;
                int number = in.getInt(at + 18);
                boolean possible = session < sessions.length && number >= 0 && number <= PackId.MAX_NUMBER;
                return possible ? new Hit(new PackId(sessions[session], number), in.getShort(at + 22) & 0xffff) : null;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return null;
    }
}
