package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record of the log: a header of one sector or more, and operations.
 *
 * <p>The first four bytes of each sector carry the number of the round in which it was written; those that belong there are kept in the
 * header. Source: "XFS Algorithms &amp; Data Structures", chapter <i>Journaling Log</i>.
 *
 * @param cycle the round in which it was written
 * @param sector where it begins in the log
 * @param sectors how many it has, with its header
 * @param count how many operations there are
 * @param data the operations
 */
record XfsLogRecord(int cycle, long sector, long sectors, int count, ByteBuffer data) {
    /** Bytes of a sector. */
    static final int SECTOR = 512;

    /** What a header begins with. */
    static final int MAGIC = 0xfeedbabe;

    private static final int LONGEST = 256 * 1024;
    /** Sectors whose first bytes one sector of header keeps. */
    private static final int KEPT = 64;

    /** Where the checksum lies, little-endian. */
    static final int CHECKSUM = 32;

    private static final int HEADER_SUMMED = 328;
    private static final int MORE_SUMMED = 260;
    private static final int LITTLE_ENDIAN = 1;

    /**
     * The record that begins at a sector, if a whole one of that round does.
     *
     * @param v5 whether it must have a checksum
     */
    static Optional<XfsLogRecord> read(XfsRing log, int cycle, long sector, boolean v5) throws IOException {
        ByteBuffer header = log.read(sector, 1);
        int length = header.getInt(12);
        int size = header.getInt(8) == 1 ? 0 : header.getInt(320);
        if (!isHeader(header, cycle, sector) || length < 0 || length > LONGEST || size < 0 || size > LONGEST) {
            return Optional.empty();
        }
        int headers = Math.max(1, (size + KEPT * SECTOR - 1) / (KEPT * SECTOR));
        int sectors = headers + (length + SECTOR - 1) / SECTOR;
        if (sectors > log.sectors() || sectors > headers * (KEPT + 1)) {
            return Optional.empty();
        }
        ByteBuffer all = log.read(sector, sectors);
        ByteBuffer data = all.slice(headers * SECTOR, all.limit() - headers * SECTOR);
        if (v5
                && sum(all, headers, data.slice(0, length))
                        != all.order(ByteOrder.LITTLE_ENDIAN).getInt(CHECKSUM)) {
            return Optional.empty();
        }
        all.order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < sectors - headers; i++) {
            int expected = sector + headers + i < log.sectors() ? cycle : cycle + 1;
            if (data.getInt(i * SECTOR) != expected) {
                return Optional.empty();
            }
            int kept = i < KEPT ? 44 + i * 4 : i / KEPT * SECTOR + 4 + i % KEPT * 4;
            data.putInt(i * SECTOR, all.getInt(kept));
        }
        return Optional.of(new XfsLogRecord(cycle, sector, sectors, header.getInt(40), data.slice(0, length)));
    }

    /** Whether a sector is a header that was written there, in that round, by a little-endian machine. */
    static boolean isHeader(ByteBuffer sector, int cycle, long at) {
        return sector.getInt(0) == MAGIC
                && sector.getInt(4) == cycle
                && (sector.getInt(8) == 1 || sector.getInt(8) == 2)
                && sector.getInt(16) == cycle
                && Integer.toUnsignedLong(sector.getInt(20)) == at
                && sector.getInt(300) == LITTLE_ENDIAN;
    }

    /**
     * The checksum over the header without itself, and everything else as it lies there.
     *
     * @param headers how many sectors the header has
     */
    static int sum(ByteBuffer all, int headers, ByteBuffer data) {
        CRC32C sum = new CRC32C();
        sum.update(all.slice(0, CHECKSUM));
        sum.update(new byte[4]);
        sum.update(all.slice(CHECKSUM + 4, HEADER_SUMMED - CHECKSUM - 4));
        for (int i = 1; i < headers; i++) {
            sum.update(all.slice(i * SECTOR, MORE_SUMMED));
        }
        sum.update(data);
        return (int) sum.getValue();
    }
}
