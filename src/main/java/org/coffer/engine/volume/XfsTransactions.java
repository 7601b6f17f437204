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
 * <p>A piece may have 1 MiB, all that are under way 64 MiB; what claims more is no log.
 */
final class XfsTransactions {
    private static final int LONGEST_PIECE = 1 << 20;
    private static final int MOST = 64 << 20;

    private static final int MOST_OPEN = 1024;
    /** What keeping a piece costs beside its bytes. */
    private static final int PIECE = 64;

    private static final int HEADER = 12;
    private static final int START = 0x01;
    private static final int COMMIT = 0x02;
    private static final int CONTINUED = 0x08;
    private static final int UNMOUNT = 0x20;

    private final Transactions transactions;
    private final Map<Integer, List<ByteBuffer>> open = new HashMap<>();
    private long held;
    private boolean unmounted;

    XfsTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Takes what was committed. */
    @FunctionalInterface
    interface Transactions {
        /** Takes the pieces of a transaction, little-endian, its header first; false if they make no sense. */
        boolean take(List<ByteBuffer> pieces) throws IOException;
    }

    /** Whether the last record was written by a file system that was let go as it should be. */
    boolean unmounted() {
        return unmounted;
    }

    /** Takes the next record; false if it makes no sense, and with it all that follows. */
    boolean take(XfsLogRecord record) throws IOException {
        ByteBuffer data = record.data();
        unmounted = false;
        for (int i = 0; i < record.count(); i++) {
            if (data.remaining() < HEADER) {
                return false;
            }
            int at = data.position();
            int id = data.getInt(at);
            int length = data.getInt(at + 4);
            int flags = data.get(at + 9);
            if (length < 0 || length > data.remaining() - HEADER) {
                return false;
            }
            ByteBuffer piece = data.slice(at + HEADER, length).order(ByteOrder.LITTLE_ENDIAN);
            data.position(at + HEADER + length);
            if (!operation(id, flags, piece)) {
                return false;
            }
        }
        return true;
    }

    private boolean operation(int id, int flags, ByteBuffer piece) throws IOException {
        if ((flags & UNMOUNT) != 0) {
            unmounted = true;
            return true;
        }
        if ((flags & START) != 0) {
            forget(id);
            open.put(id, new ArrayList<>());
            return open.size() <= MOST_OPEN;
        }
        List<ByteBuffer> pieces = open.get(id);
        if (pieces == null) {
            // It began before the oldest record that counts: all of it is in its place.
            return true;
        }
        if ((flags & COMMIT) != 0) {
            boolean fine = transactions.take(List.copyOf(pieces));
            forget(id);
            return fine;
        }
        held += piece.limit() + PIECE;
        if ((flags & CONTINUED) != 0 && !pieces.isEmpty()) {
            ByteBuffer start = pieces.removeLast();
            if (start.limit() + piece.limit() > LONGEST_PIECE) {
                return false;
            }
            pieces.add(joined(start, piece));
        } else {
            pieces.add(piece);
        }
        return held <= MOST;
    }

    private static ByteBuffer joined(ByteBuffer start, ByteBuffer end) {
        ByteBuffer all = ByteBuffer.allocate(start.limit() + end.limit()).order(ByteOrder.LITTLE_ENDIAN);
        return all.put(start.duplicate()).put(end.duplicate()).flip();
    }

    private void forget(int id) {
        List<ByteBuffer> pieces = open.remove(id);
        if (pieces != null) {
            held -= pieces.stream().mapToLong(piece -> piece.limit() + PIECE).sum();
        }
    }
}
