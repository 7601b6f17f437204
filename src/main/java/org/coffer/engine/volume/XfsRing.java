package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The sectors of a log, whose last is followed by its first.
 *
 * @param bytes all of it
 */
record XfsRing(Bytes bytes) {
    /** How many there are. */
    long sectors() {
        return bytes.size() / XfsLogRecord.SECTOR;
    }

    /** Reads some, not more than there are. */
    ByteBuffer read(long sector, int count) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(count * XfsLogRecord.SECTOR);
        int before = (int) Math.min(count, sectors() - sector) * XfsLogRecord.SECTOR;
        bytes.read(sector * XfsLogRecord.SECTOR, read.limit(before));
        if (before < read.capacity()) {
            bytes.read(0, read.limit(read.capacity()));
        }
        return read.flip();
    }

    /** The round in which a sector was written. */
    int cycle(long sector) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(8);
        bytes.read(sector * XfsLogRecord.SECTOR, start);
        return start.getInt(0) == XfsLogRecord.MAGIC ? start.getInt(4) : start.getInt(0);
    }
}
