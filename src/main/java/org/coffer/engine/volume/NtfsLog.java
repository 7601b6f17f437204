package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The beginning of the journal of NTFS, which says whether the volume was let go in order. Source: the documentation of the Linux-NTFS
 * project, <i>$LogFile</i>: of two pages the one written last counts; a program that has not ended its work is listed as in use.
 */
final class NtfsLog {
    private static final int MAGIC = 0x52545352;
    private static final int HEADER = 48;
    private static final int AREA = 48;
    private static final int SMALLEST_PAGE = 512;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final int NOBODY = 0xffff;
    private static final int CLEAN = 0x2;

    private NtfsLog() {}

    /** Whether it may hold what was not done yet. */
    static boolean isInUse(FileContent log) throws IOException {
        Optional<ByteBuffer> first = area(log, 0);
        if (first.isEmpty()) {
            return false; // Emptied, by a check or by another system.
        }
        ByteBuffer header = read(log, 0, HEADER);
        int page = header.getInt(16);
        Optional<ByteBuffer> second = page < SMALLEST_PAGE || page > LARGEST_PAGE ? Optional.empty() : area(log, page);
        ByteBuffer last =
                second.filter(area -> area.getLong(0) > first.get().getLong(0)).orElse(first.get());
        return Short.toUnsignedInt(last.getShort(12)) != NOBODY && (last.getShort(14) & CLEAN) == 0;
    }

    private static Optional<ByteBuffer> area(FileContent log, long page) throws IOException {
        if (page + HEADER > log.size()) {
            return Optional.empty();
        }
        ByteBuffer header = read(log, page, HEADER);
        long at = page + Short.toUnsignedInt(header.getShort(24));
        return header.getInt(0) != MAGIC || at + AREA > log.size()
                ? Optional.empty()
                : Optional.of(read(log, at, AREA));
    }

    private static ByteBuffer read(FileContent log, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        log.read(at, bytes);
        return bytes.flip();
    }
}
