package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The clusters of a file or folder, in order, as runs of clusters that follow each other. Read once, when the file is opened, because the
 * table can only be followed from the start; it needs 8 bytes a run, so at most 64 MiB for a file of 4 GiB in strewn clusters of 512
 * bytes, and a few hundred bytes for usual ones.
 */
final class FatChain {
    private final FatLayout layout;

    /** For each run, which cluster of the file it begins with. */
    private int[] starts = new int[4];

    /** For each run, which cluster of the volume it begins with. */
    private int[] places = new int[4];

    private int runs;
    private int length;

    private FatChain(FatLayout layout) {
        this.layout = layout;
    }

    /**
     * Follows a chain.
     *
     * @param first its first cluster
     * @param most how many clusters are wanted; the chain may go on after them
     * @param what whose it is, for troubles
     */
    static FatChain follow(FatLayout layout, CachedBytes volume, long first, long most, String what)
            throws IOException {
        FatChain chain = new FatChain(layout);
        long cluster = first;
        while (chain.length < most && layout.has(cluster)) {
            // A chain that is longer than all there is goes in a circle.
            if (chain.length > layout.clusters()) {
                throw Trouble.broken(what);
            }
            chain.add((int) cluster);
            cluster = chain.length < most ? next(layout, volume, cluster, what) : cluster;
        }
        return chain;
    }

    /** What follows a cluster; no cluster's number at the end of a chain. */
    private static long next(FatLayout layout, CachedBytes volume, long cluster, String what) throws IOException {
        if (layout.bits() == 12) {
            long place = layout.table() + cluster + cluster / 2;
            int two = volume.at(place, 2, what).getShort(0) & 0xffff;
            return cluster % 2 == 0 ? two & 0xfff : two >> 4;
        }
        int width = layout.bits() / 8;
        ByteBuffer entry =
                volume.at(layout.table() + cluster * width, width, what).order(ByteOrder.LITTLE_ENDIAN);
        // The upper four bits mean nothing.
        return width == 2 ? entry.getShort(0) & 0xffff : entry.getInt(0) & 0xfffffff;
    }

    private void add(int cluster) {
        boolean follows = runs > 0 && places[runs - 1] + (length - starts[runs - 1]) == cluster;
        if (!follows) {
            if (runs == starts.length) {
                starts = Arrays.copyOf(starts, 2 * runs);
                places = Arrays.copyOf(places, 2 * runs);
            }
            starts[runs] = length;
            places[runs] = cluster;
            runs++;
        }
        length++;
    }

    /** Bytes in all its clusters. */
    long size() {
        return (long) length * layout.clusterSize();
    }

    /** Where on the volume a byte of it lies. */
    long place(long position) {
        int run = run(position);
        return layout.place(places[run]) + position - (long) starts[run] * layout.clusterSize();
    }

    /** How many bytes from a position on lie one after the other. */
    long straight(long position) {
        int run = run(position);
        int end = run + 1 < runs ? starts[run + 1] : length;
        return (long) end * layout.clusterSize() - position;
    }

    private int run(long position) {
        int found = Arrays.binarySearch(starts, 0, runs, (int) (position / layout.clusterSize()));
        return found >= 0 ? found : -found - 2;
    }
}
