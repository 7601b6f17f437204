package org.coffer.engine.nbd;

import java.nio.ByteBuffer;

/** Pieces of a range, neighbours that are alike made one; up to a number of them. Not thread-safe. */
final class Extents implements ReadableDisk.Pieces {
    private static final int FIRST = 16;

    private final int most;
    private long[] length = new long[FIRST];
    private Allocation[] what = new Allocation[FIRST];
    private int count;

    /** @param most at least 1 */
    Extents(int most) {
        this.most = most;
    }

    @Override
    public boolean add(long bytes, Allocation allocation) {
        if (count > 0 && what[count - 1] == allocation) {
            length[count - 1] += bytes;
            return true;
        }
        if (count == most) {
            return false;
        }
        if (count == length.length) {
            length = java.util.Arrays.copyOf(length, 2 * count);
            what = java.util.Arrays.copyOf(what, 2 * count);
        }
        length[count] = bytes;
        what[count] = allocation;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    long length(int i) {
        return length[i];
    }

    /** Whether a piece has content. */
    boolean reads(int i) {
        return what[i] == Allocation.DATA;
    }

    /** As the protocol tells them: length and state of each. */
    ByteBuffer told() {
        ByteBuffer told = ByteBuffer.allocate(count * 2 * Integer.BYTES);
        for (int i = 0; i < count; i++) {
            told.putInt((int) length[i]).putInt(what[i].flags());
        }
        return told.flip();
    }
}
