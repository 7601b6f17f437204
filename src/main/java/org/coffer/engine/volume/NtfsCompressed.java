package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that is compressed in units of mostly sixteen clusters. A unit that has no cluster is zeros, one that has all of them
 * lies there as it is, and one that has fewer is compressed.
 *
 * <p>The unit read last is kept, so that small reads in order undo each one once; that is all the memory it takes, at most
 * {@value #MOST} bytes twice for each reader at work.
 */
final class NtfsCompressed implements FileContent {
    /** Bytes of the largest unit that is read; Windows compresses only with clusters of up to 4096 bytes. */
    static final int MOST = 1 << 20;

    private final FileContent stored;
    private final NtfsRuns runs;
    private final int cluster;
    private final int unit;
    private final long size;
    private final long initialized;
    private final NtfsBlock what;
    private volatile @Nullable Unit last;

    private record Unit(long number, ByteBuffer bytes) {}

    /**
     * An attribute of {@code size} bytes.
     *
     * @param stored all bytes of its clusters, holes as zeros
     * @param unit bytes of a unit
     * @param initialized bytes that were written; zeros follow
     * @param what as which it is broken if it is
     */
    NtfsCompressed(
            FileContent stored, NtfsRuns runs, int cluster, int unit, long size, long initialized, NtfsBlock what) {
        this.stored = stored;
        this.runs = runs;
        this.cluster = cluster;
        this.unit = unit;
        this.size = size;
        this.initialized = initialized;
        this.what = what;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        long at = position;
        while (into.hasRemaining()) {
            int from = (int) (at % unit);
            int length = Math.min(into.remaining(), unit - from);
            if (at >= initialized) {
                into.put(new byte[length]);
            } else {
                int written = (int) Math.min(length, initialized - at);
                into.put(unit(at / unit).slice(from, written)).put(new byte[length - written]);
            }
            at += length;
        }
    }

    private ByteBuffer unit(long number) throws IOException {
        Unit known = last;
        if (known == null || known.number != number) {
            known = new Unit(number, ByteBuffer.wrap(readUnit(number)));
            last = known;
        }
        return known.bytes;
    }

    private byte[] readUnit(long number) throws IOException {
        long first = number * (unit / cluster);
        int there = clusters(first, unit / cluster) * cluster;
        ByteBuffer bytes = ByteBuffer.allocate(there);
        if (there > 0) {
            stored.read(first * cluster, bytes);
        }
        return there == unit ? bytes.array() : Lznt1.decode(bytes.flip(), unit).orElseThrow(what::broken);
    }

    /** How many of the clusters from one on are there until the first that is not. */
    private int clusters(long first, int most) {
        long at = first;
        while (at < first + most && at < runs.end()) {
            int run = runs.find(at);
            if (runs.place(run) == NtfsRuns.HOLE) {
                break;
            }
            at = runs.end(run);
        }
        return (int) Math.min(at - first, most);
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        long end = Math.min(to, initialized);
        if (from >= end) {
            return List.of();
        }
        List<Extent> data = new ArrayList<>();
        for (Extent part : stored.data(from - from % unit, end)) {
            long first = Math.max(from, part.from() - part.from() % unit);
            long last = Math.min(end, (part.to() + unit - 1) / unit * unit);
            if (!data.isEmpty() && data.getLast().to() >= first) {
                first = data.removeLast().from();
            }
            data.add(new Extent(first, last));
        }
        return data;
    }
}
