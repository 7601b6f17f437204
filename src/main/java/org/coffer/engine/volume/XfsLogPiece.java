package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A piece of a transaction: the bytes of one operation, or of several if it did not fit its record, and where they lie in the log.
 *
 * @param bytes all of it, little-endian
 * @param parts what it was put together of, in order; at least one
 */
record XfsLogPiece(ByteBuffer bytes, List<Part> parts) {
    /** What {@link #place} says of bytes that do not lie together. */
    static final long APART = -1;

    /**
     * A part that lies together.
     *
     * @param start its first byte in the piece
     * @param place its first byte in the log, as {@link XfsLogRecords} counts
     */
    record Part(int start, long place) {}

    /** One that lies together. */
    static XfsLogPiece at(long place, ByteBuffer bytes) {
        return new XfsLogPiece(bytes, List.of(new Part(0, place)));
    }

    /** Where some of its bytes lie in the log; {@link #APART} if they are of several parts. */
    long place(int from, int length) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            if (part.start() <= from) {
                int end = i + 1 < parts.size() ? parts.get(i + 1).start() : bytes.limit();
                return from + length <= end ? part.place() + from - part.start() : APART;
            }
        }
        return APART;
    }

    /** Whether another piece is the operation after this one in the same record, so that both can be read together. */
    boolean isBefore(XfsLogPiece next) {
        return parts.size() == 1
                && next.parts.size() == 1
                && XfsLogRecords.follows(
                        parts.getFirst().place() + bytes.limit(),
                        next.parts.getFirst().place());
    }

    /** A copy of its bytes, which holds nothing else in memory. */
    ByteBuffer copy() {
        return ByteBuffer.allocate(bytes.limit())
                .order(bytes.order())
                .put(bytes.duplicate())
                .flip();
    }
}
