package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The checksums that metadata carries since version 5 of XFS: CRC-32C, little-endian, its own four bytes taken as zeros. */
final class XfsSeal {
    private XfsSeal() {}

    /**
     * Throws {@code files.broken} if it is wrong.
     *
     * @param bytes all that it covers
     * @param at where it lies in them
     */
    static void check(ByteBuffer bytes, int at, String what) {
        if (!isRight(bytes, at)) {
            throw Trouble.broken(what);
        }
    }

    /** Whether it is right. */
    static boolean isRight(ByteBuffer bytes, int at) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(at) == of(bytes, at);
    }

    /** Makes it right. */
    static void set(ByteBuffer bytes, int at) {
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).putInt(at, of(bytes, at));
    }

    /** What it has to be. */
    static int of(ByteBuffer bytes, int at) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(0, at));
        sum.update(new byte[4]);
        sum.update(bytes.slice(at + 4, bytes.limit() - at - 4));
        return (int) sum.getValue();
    }
}
