package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts transactions together out of the operations of records: each operation is a piece of one, or a part of a piece that did not fit
 * its record; several transactions may be under way, and one counts when its end is met.
 *
 * <p>A piece may have 1 MiB in {@value #MOST_PARTS} parts, all that are under way 160 MiB with what keeping them costs (the kernel begins to write one out at 32 MiB, and
 * lets nobody add to it at 64 MiB); what claims more is no log.
 */
final class XfsTransactions {
    private static final int LONGEST_PIECE = 1 << 20;
    private static final int MOST = 160 << 20;
    /** Each part but the first and the last fills a record, and the smallest record has 16 KiB with its header. */
    private static final int MOST_PARTS = 128;

    private static final int MOST_OPEN = 1024;
    /** What keeping a piece costs beside its bytes. */
    private static final int PIECE = 96;

    private static final int START = 0x01;
    private static final int COMMIT = 0x02;
    private static final int CONTINUED = 0x08;
    private static final int UNMOUNT = 0x20;

    private final Transactions transactions;
    private final Map<Integer, List<XfsLogPiece>> open = new HashMap<>();
    private long held;
    private boolean unmounted;

    XfsTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Takes what was committed. */
    @FunctionalInterface
    interface Transactions {
        /** Takes the pieces of a transaction, little-endian, its header first; false if they make no sense. */
        boolean take(List<XfsLogPiece> pieces) throws IOException;
    }

    /** Whether the last record was written by a file system that was let go as it should be. */
    boolean unmounted() {
        return unmounted;
    }

    /**
     * Takes the next record; false if it makes no sense, and with it all that follows.
     *
     * @param start the place of its first byte
     */
    boolean take(XfsLogRecord record, long start) throws IOException {
        ByteBuffer data = record.data();
        unmounted = false;
        for (int i = 0; i < record.count(); i++) {
            if (data.remaining() < XfsLogRecords.OPERATION) {
                return false;
            }
            int at = data.position();
            int id = data.getInt(at);
            int length = data.getInt(at + 4);
            int flags = data.get(at + 9);
            if (length < 0 || length > data.remaining() - XfsLogRecords.OPERATION) {
                return false;
            }
            ByteBuffer piece = data.slice(at + XfsLogRecords.OPERATION, length).order(ByteOrder.LITTLE_ENDIAN);
            data.position(at + XfsLogRecords.OPERATION + length);
            if (!operation(id, flags, XfsLogPiece.at(start + at + XfsLogRecords.OPERATION, piece))) {
                return false;
            }
        }
        return true;
    }

    private boolean operation(int id, int flags, XfsLogPiece piece) throws IOException {
        if ((flags & UNMOUNT) != 0) {
            unmounted = true;
            return true;
        }
        if ((flags & START) != 0) {
            forget(id);
            open.put(id, new ArrayList<>());
            return open.size() <= MOST_OPEN;
        }
        List<XfsLogPiece> pieces = open.get(id);
        if (pieces == null) {
            // It began before the oldest record that counts: all of it is in its place.
            return true;
        }
        if ((flags & COMMIT) != 0) {
            boolean fine = transactions.take(List.copyOf(pieces));
            forget(id);
            return fine;
        }
        held += piece.bytes().limit() + PIECE;
        if ((flags & CONTINUED) != 0 && !pieces.isEmpty()) {
            XfsLogPiece start = pieces.removeLast();
            // Each part more copies all before it: a log of nothing but parts would take hours.
            if (start.bytes().limit() + piece.bytes().limit() > LONGEST_PIECE
                    || start.parts().size() == MOST_PARTS) {
                return false;
            }
            pieces.add(joined(start, piece));
        } else {
            pieces.add(piece);
        }
        return held <= MOST;
    }

    private static XfsLogPiece joined(XfsLogPiece start, XfsLogPiece end) {
        int length = start.bytes().limit();
        ByteBuffer all = ByteBuffer.allocate(length + end.bytes().limit()).order(ByteOrder.LITTLE_ENDIAN);
        all.put(start.bytes().duplicate()).put(end.bytes().duplicate()).flip();
        List<XfsLogPiece.Part> parts = new ArrayList<>(start.parts());
        parts.add(new XfsLogPiece.Part(length, end.parts().getFirst().place()));
        return new XfsLogPiece(all, parts);
    }

    private void forget(int id) {
        List<XfsLogPiece> pieces = open.remove(id);
        if (pieces != null) {
            held -= pieces.stream()
                    .mapToLong(piece -> piece.bytes().limit() + PIECE)
                    .sum();
        }
    }
}
