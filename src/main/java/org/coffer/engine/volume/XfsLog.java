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

    /**
     * Hands out the records that count, in order; none if it was never written.
     *
     * @return whether these are all: false if there is nothing that could be a log, if one that others followed is not whole, or if one
     *     was not taken
     */
    boolean walk(Records records) throws IOException {
        int round = ring.cycle(0);
        long end = end(round);
        Optional<ByteBuffer> newest = newest(round, end);
        if (newest.isEmpty()) {
            return round == 0 && end == ring.sectors();
        }
        int cycle = newest.get().getInt(24);
        long sector = Integer.toUnsignedLong(newest.get().getInt(28));
        long left = ring.sectors();
        while (sector < ring.sectors()) {
            Optional<XfsLogRecord> record = XfsLogRecord.read(ring, cycle, sector, v5);
            if (record.isEmpty() || record.get().sectors() > left) {
                long behind = (round - cycle) * ring.sectors() + end - sector;
                return Math.abs(behind) <= unordered(newest.get());
            }
            if (!records.take(record.get())) {
                return false;
            }
            left -= record.get().sectors();
            sector += record.get().sectors();
            if (sector >= ring.sectors()) {
                sector -= ring.sectors();
                cycle++;
            }
        }
        return false;
    }

    /** How many sectors before its end a log may have a record that did not come to the disk whole, or after it one that did. */
    private static long unordered(ByteBuffer newest) {
        int size = newest.getInt(8) == 1 ? 0 : newest.getInt(320);
        return Math.clamp(9L * size / XfsLogRecord.SECTOR, UNORDERED / 8, UNORDERED);
    }

    /** The last header before the end of what was written. */
    private Optional<ByteBuffer> newest(int cycle, long end) throws IOException {
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
    private long end(int cycle) throws IOException {
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
