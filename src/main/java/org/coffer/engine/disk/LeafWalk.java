package org.coffer.engine.disk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deals out the leaves of a disk in order, each with the ranges in it that hold data; a row of leaves without any is dealt
 * out as one. Holes are asked for a gigabyte at a time, so an empty disk of many terabytes costs a few thousand questions.
 */
final class LeafWalk {
    private static final long WINDOW_LEAVES = 128;

    /**
     * A leaf to read, or a row of empty ones.
     *
     * @param leaf index of the first
     * @param count leaves in the row: 1 unless there is no data
     * @param data ranges to read, rounded outward to whole blocks, in order, apart from each other
     */
    record Stretch(long leaf, long count, List<Extent> data) {}

    private final BlockSource source;
    private final int leafSize;
    private final int blockSize;
    private final long size;
    private final Deque<Extent> ahead = new ArrayDeque<>();
    private long asked;
    private long next;

    LeafWalk(BlockSource source, long size, int leafSize, int blockSize) {
        this.source = source;
        this.size = size;
        this.leafSize = leafSize;
        this.blockSize = blockSize;
    }

    /** The next stretch, null after the last. */
    synchronized @Nullable Stretch next() throws IOException {
        long from = next * leafSize;
        if (from >= size) {
            return null;
        }
        while (ahead.isEmpty() && asked < size) {
            askOn();
        }
        Extent first = ahead.peek();
        long dataAt = first == null ? size : first.from();
        if (dataAt >= Math.min(size, from + leafSize)) {
            long empty = first == null ? leaves(size) - next : dataAt / leafSize - next;
            Stretch row = new Stretch(next, empty, List.of());
            next += empty;
            return row;
        }
        // The window ends where a leaf does, so all data of this leaf is known.
        Stretch one = new Stretch(next, 1, cut(Math.min(size, from + leafSize)));
        next++;
        return one;
    }

    private long leaves(long bytes) {
        return (bytes + leafSize - 1) / leafSize;
    }

    private void askOn() throws IOException {
        long to = Math.min(size, asked + WINDOW_LEAVES * leafSize);
        for (Extent extent : source.data(asked, to)) {
            long from = extent.from() / blockSize * blockSize;
            long end = Math.min(to, (extent.to() + blockSize - 1) / blockSize * blockSize);
            Extent last = ahead.peekLast();
            if (last != null && last.to() >= from) {
                ahead.removeLast();
                ahead.add(new Extent(last.from(), Math.max(last.to(), end)));
            } else {
                ahead.add(new Extent(from, end));
            }
        }
        asked = to;
    }

    /** Takes everything before {@code end} off the front, splitting the extent that crosses it. */
    private List<Extent> cut(long end) {
        java.util.ArrayList<Extent> taken = new java.util.ArrayList<>(1);
        for (Extent extent = ahead.peek(); extent != null && extent.from() < end; extent = ahead.peek()) {
            ahead.remove();
            if (extent.to() > end) {
                taken.add(new Extent(extent.from(), end));
                ahead.addFirst(new Extent(end, extent.to()));
                break;
            }
            taken.add(extent);
        }
        return List.copyOf(taken);
    }
}
