package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one index segment out of a session's blocks: sorted, in sealed pages, with a filter at its end. */
final class SegmentWriter {
    static final int PAGE_ENTRIES = 256;
    static final int ENTRY = 24;
    static final int PAGE = PAGE_ENTRIES * ENTRY + Sealing.TAG;

    private final VaultCore core;

    SegmentWriter(VaultCore core) {
        this.core = core;
    }

    /** One block in a segment. */
    private record Entry(long high, long low, long place) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int first = Long.compareUnsigned(high, other.high);
            return first != 0 ? first : Long.compareUnsigned(low, other.low);
        }
    }

    /** The bytes of the segment, to be put under {@code name}. */
    ByteBuffer write(String name, OwnBlocks blocks, SessionTable sessions) {
        List<Entry> entries = new ArrayList<>(blocks.size());
        blocks.forEach((high, low, place) -> entries.add(new Entry(high, low, place)));
        entries.sort(null);
        int pages = (entries.size() + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
        Map<SessionId, Integer> numbers = new HashMap<>();
        List<SessionId> dictionary = new ArrayList<>();
        IdFilter filter = IdFilter.sized(entries.size());
        byte[] starts = new byte[8 * pages];
        ByteBuffer out = ByteBuffer.allocate(Sealing.HEADER + pages * PAGE);
        ObjectKey key = core.sealing().begin(ObjectType.INDEX, name, out);
        try (Workbench bench = core.benches().take()) {
            for (int page = 0; page < pages; page++) {
                List<Entry> part =
                        entries.subList(page * PAGE_ENTRIES, Math.min(entries.size(), (page + 1) * PAGE_ENTRIES));
                ByteBuffer plain = ByteBuffer.allocate(part.size() * ENTRY);
                for (Entry entry : part) {
                    PackId pack = sessions.pack(entry.place);
                    int number = numbers.computeIfAbsent(pack.session(), session -> {
                        dictionary.add(session);
                        return dictionary.size() - 1;
                    });
                    plain.putLong(entry.high).putLong(entry.low);
                    plain.putShort((short) number).putInt(pack.number());
                    plain.putShort((short) SessionTable.ordinal(entry.place));
                    filter.add(entry.high, entry.low);
                }
                ByteBuffer.wrap(starts).putLong(8 * page, part.getFirst().high);
                Shape shape = new Shape(Shape.RAW, plain.capacity(), 0, part.size());
                int stored = bench.seal(
                        key, Part.FRAME, page, shape, plain.array(), plain.capacity(), out.array(), out.position());
                out.position(out.position() + stored);
            }
        }
        return withTrailer(key, out.flip(), trailer(entries.size(), dictionary, starts, filter), pages, entries.size());
    }

    private static byte[] trailer(int entries, List<SessionId> dictionary, byte[] starts, IdFilter filter) {
        ByteBuffer out = ByteBuffer.allocate(8 + 16 * dictionary.size() + starts.length + filter.bytes());
        out.putInt(entries).putInt(dictionary.size());
        dictionary.forEach(session -> out.putLong(session.high()).putLong(session.low()));
        out.put(starts);
        filter.write(out);
        return out.array();
    }

    private ByteBuffer withTrailer(ObjectKey key, ByteBuffer body, byte[] plain, int pages, int entries) {
        byte[] all = new byte[body.limit() + plain.length + Sealing.TAG + PackTrailer.TAIL];
        body.get(0, all, 0, body.limit());
        Shape shape = new Shape(Shape.RAW, plain.length, 0, pages);
        int stored;
        try (Workbench bench = core.benches().take()) {
            stored = bench.seal(key, Part.TRAILER, 0, shape, plain, plain.length, all, body.limit());
        }
        ByteBuffer out = ByteBuffer.wrap(all);
        out.position(body.limit() + stored);
        out.putInt(stored).putInt(plain.length).putInt(pages).putInt(entries).putLong(PackTrailer.MAGIC);
        return out.flip();
    }
}
