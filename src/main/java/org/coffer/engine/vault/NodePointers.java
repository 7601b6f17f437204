package org.coffer.engine.vault;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of one level of a growing tree are: 32 bytes a node, on the heap (a leaf covers 8 MiB, so 16 MB for a
 * disk of 4 TiB). Thread-safe.
 */
final class NodePointers {
    private static final byte HOLE = 1;
    private static final byte NODE = 2;

    private final SessionTable sessions;
    private byte[] state = new byte[64];
    private long[] high = new long[64];
    private long[] low = new long[64];
    private long[] place = new long[64];
    private int[] length = new int[64];
    private long used;

    NodePointers(SessionTable sessions) {
        this.sessions = sessions;
    }

    private int slot(long index) {
        int at = Math.toIntExact(index);
        if (at >= state.length) {
            int size = Math.max(at + 1, state.length * 2);
            state = Arrays.copyOf(state, size);
            high = Arrays.copyOf(high, size);
            low = Arrays.copyOf(low, size);
            place = Arrays.copyOf(place, size);
            length = Arrays.copyOf(length, size);
        }
        used = Math.max(used, index + 1);
        return at;
    }

    /** Sets a pointer; null for a child that is all hole. */
    synchronized void set(long index, @Nullable NodePointer pointer) {
        int at = slot(index);
        if (pointer == null) {
            state[at] = HOLE;
            return;
        }
        state[at] = NODE;
        high[at] = pointer.id().high();
        low[at] = pointer.id().low();
        place[at] = sessions.place(pointer.pack(), pointer.ordinal());
        length[at] = pointer.length();
    }

    synchronized boolean known(long index) {
        return index < state.length && state[(int) index] != 0;
    }

    synchronized @Nullable NodePointer get(long index) {
        int at = (int) index;
        return state[at] != NODE
                ? null
                : new NodePointer(
                        new BlockId(high[at], low[at]),
                        sessions.pack(place[at]),
                        SessionTable.ordinal(place[at]),
                        length[at]);
    }

    /** One more than the highest index set. */
    synchronized long used() {
        return used;
    }
}
