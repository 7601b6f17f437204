package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a log that count, to be read again: what they hold is known by its place, so that it need not be kept.
 *
 * <p>A place is the number of a record among them, shifted by 18, and a byte of its data below; so later places are larger. Eight
 * bytes are kept for each record, at most 16 MiB for the largest log, and the data of the eight that were read last. They are
 * noted by one thread, and read by any number afterwards.
 */
final class XfsLogRecords {
    /** What comes before the bytes of each operation. */
    static final int OPERATION = 12;

    private static final int SHIFT = 18;
    private static final int KEPT = 8;

    private final XfsRing ring;
    private final boolean v5;
    /** The first sector of each, with the round in which it was written above it. */
    private long[] records = new long[64];

    private int count;
    private final Map<Integer, ByteBuffer> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ByteBuffer> eldest) {
            return size() > KEPT;
        }
    };

    XfsLogRecords(Bytes log, boolean v5) {
        this.ring = new XfsRing(log);
        this.v5 = v5;
    }

    /** Notes the next record; returns the place of its first byte. */
    long add(XfsLogRecord record) {
        if (count == records.length) {
            records = Arrays.copyOf(records, 2 * count);
        }
        records[count] = (long) record.cycle() << Integer.SIZE | record.sector();
        return (long) count++ << SHIFT;
    }

    /** Whether an operation whose bytes begin at {@code next} comes right after bytes that end at {@code end}. */
    static boolean follows(long end, long next) {
        return next - end == OPERATION && next >> SHIFT == end >> SHIFT;
    }

    /** Fills the room of {@code into} with the bytes from a place on. */
    void read(long place, ByteBuffer into) throws IOException {
        ByteBuffer data = data(place);
        int from = within(place);
        if (from > data.limit() - into.remaining()) {
            throw Trouble.broken("log");
        }
        into.put(data.slice(from, into.remaining()));
    }

    /** The pieces of an item, little-endian, which lie one after the other: the first, which begins there, tells how many. */
    List<ByteBuffer> item(long place) throws IOException {
        ByteBuffer data = data(place);
        List<ByteBuffer> pieces = new ArrayList<>();
        int at = within(place);
        for (int left = 1; left > 0; left--) {
            int length = at < OPERATION || at > data.limit() ? -1 : data.getInt(at - OPERATION + 4);
            if (length < 4 || length > data.limit() - at) {
                throw Trouble.broken("log");
            }
            ByteBuffer piece = data.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
            left = pieces.isEmpty() ? Short.toUnsignedInt(piece.getShort(2)) : left;
            pieces.add(piece);
            at += length + OPERATION;
        }
        return pieces;
    }

    private static int within(long place) {
        return (int) place & ((1 << SHIFT) - 1);
    }

    private ByteBuffer data(long place) throws IOException {
        int number = (int) (place >> SHIFT);
        synchronized (kept) {
            ByteBuffer found = kept.get(number);
            if (found != null) {
                return found;
            }
        }
        long record = records[number];
        ByteBuffer read = XfsLogRecord.read(ring, (int) (record >> Integer.SIZE), record & 0xffff_ffffL, v5)
                .orElseThrow(() -> Trouble.broken("log"))
                .data();
        synchronized (kept) {
            kept.put(number, read);
        }
        return read;
    }
}
