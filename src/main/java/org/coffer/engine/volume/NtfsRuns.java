package org.coffer.engine.volume;

import java.util.Arrays;

/**
 * Where the clusters of an attribute lie: runs from its first cluster on, without a gap. Filled piece by piece before it is used, and
 * unchanged from then on.
 *
 * <p>Sixteen bytes a run, and each takes at least two on the volume; no more than {@value #MOST} are taken.
 */
final class NtfsRuns {
    /** In the place of a cluster: this run was never written. */
    static final long HOLE = -1;

    /** Windows ends at about one and a half million. */
    static final int MOST = 1 << 21;

    private static final long MOST_BYTES = 1L << 62;

    private final NtfsBoot boot;
    private long[] firsts = new long[8];
    private long[] places = new long[8];
    private int count;
    private long end;

    NtfsRuns(NtfsBoot boot) {
        this.boot = boot;
    }

    int count() {
        return count;
    }

    /** First cluster of the attribute in a run. */
    long first(int run) {
        return firsts[run];
    }

    /** One past the last cluster of the attribute in a run. */
    long end(int run) {
        return run + 1 < count ? firsts[run + 1] : end;
    }

    /** How many clusters of the attribute all runs have. */
    long end() {
        return end;
    }

    /** Where a run begins on the volume, or {@link #HOLE}. */
    long place(int run) {
        return places[run];
    }

    /** Bytes that the runs have room for. */
    long bytes() {
        return end * boot.cluster();
    }

    /** The run with a cluster of the attribute, from 0 to {@link #end()} - 1. */
    int find(long cluster) {
        int found = Arrays.binarySearch(firsts, 0, count, cluster);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * Takes a piece of the list: a byte with the lengths of the two numbers that follow, the length of the run and the distance of its
     * place from the one before, until such a byte is 0. Without a distance the run is a hole.
     *
     * @param first the first cluster of the attribute in it
     */
    void append(long first, NtfsBlock pairs) {
        if (first != end) {
            throw pairs.broken();
        }
        long place = 0;
        int at = 0;
        while (pairs.u8(at) != 0) {
            int lengthSize = pairs.u8(at) & 15;
            int distanceSize = pairs.u8(at) >> 4;
            long length = number(pairs, at + 1, lengthSize);
            long distance = number(pairs, at + 1 + lengthSize, distanceSize);
            at += 1 + lengthSize + distanceSize;
            boolean hole = distanceSize == 0;
            if (length <= 0 || length > MOST_BYTES / boot.cluster() - end) {
                throw pairs.broken();
            }
            place += distance;
            if (!hole && !boot.holds(place, length)) {
                throw pairs.broken();
            }
            add(length, hole ? HOLE : place);
        }
    }

    private void add(long length, long place) {
        if (count == MOST) {
            throw Trouble.unsupported("more than " + MOST + " fragments");
        }
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
            places = Arrays.copyOf(places, 2 * count);
        }
        firsts[count] = end;
        places[count] = place;
        count++;
        end += length;
    }

    private static long number(NtfsBlock pairs, int at, int size) {
        if (size > Long.BYTES) {
            throw pairs.broken();
        }
        long number = size == 0 ? 0 : (byte) pairs.u8(at + size - 1);
        for (int i = size - 2; i >= 0; i--) {
            number = number << 8 | pairs.u8(at + i);
        }
        return number;
    }
}
