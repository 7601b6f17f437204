package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The records of a log that count: from the oldest with something that may not have come to its place, to the newest that is whole.
 *
 * <p>Each sector tells in which round it was written, so that the end of what was written is where the round changes. The last header
 * before it names the oldest record that counts; from there each record begins where the one before it ended, until one is not whole.
 */
final class XfsLog {
    /** Up to eight records of 256 KiB may be on their way to the disk at once, and come there in any order. */
    private static final int UNORDERED = 9 * 256 * 1024 / XfsLogRecord.SECTOR;

    private final XfsRing ring;
    private final boolean v5;

    XfsLog(Bytes log, boolean v5) {
        this.ring = new XfsRing(log);
        this.v5 = v5;
    }

    /** Takes records one by one. */
    @FunctionalInterface
    interface Records {
        /** Takes a record; false for no more of them. */
        boolean take(XfsLogRecord record) throws IOException;
    }

    /** Hands out the records that count, in order; none if there is nothing that could be a log. */
    void walk(Records records) throws IOException {
        Optional<ByteBuffer> newest = newest();
        if (newest.isEmpty()) {
            return;
        }
        int cycle = newest.get().getInt(24);
        long sector = Integer.toUnsignedLong(newest.get().getInt(28));
        long left = ring.sectors();
        while (sector < ring.sectors()) {
            Optional<XfsLogRecord> record = XfsLogRecord.read(ring, cycle, sector, v5);
            if (record.isEmpty() || record.get().sectors() > left || !records.take(record.get())) {
                return;
            }
            left -= record.get().sectors();
            sector += record.get().sectors();
            if (sector >= ring.sectors()) {
                sector -= ring.sectors();
                cycle++;
            }
        }
    }

    /** The last header before the end of what was written. */
    private Optional<ByteBuffer> newest() throws IOException {
        long end = end();
        int cycle = ring.cycle(0);
        for (int back = 1; back <= Math.min(UNORDERED, ring.sectors()); back++) {
            long at = end - back;
            ByteBuffer sector = ring.read(at < 0 ? at + ring.sectors() : at, 1);
            boolean found = at < 0
                    ? XfsLogRecord.isHeader(sector, cycle - 1, at + ring.sectors())
                    : XfsLogRecord.isHeader(sector, cycle, at);
            if (found) {
                return Optional.of(sector);
            }
        }
        return Optional.empty();
    }

    /** The first sector that is not of the round of the very first. */
    private long end() throws IOException {
        int cycle = ring.cycle(0);
        long low = 1;
        long high = ring.sectors();
        while (low < high) {
            long middle = (low + high) / 2;
            if (ring.cycle(middle) == cycle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
