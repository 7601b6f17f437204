package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/** An attribute whose clusters lie somewhere on the volume as they are, with holes where it was never written. */
final class NtfsStream implements FileContent {
    private final Bytes volume;
    private final int cluster;
    private final NtfsRuns runs;
    private final long size;
    private final long initialized;

    /**
     * An attribute of {@code size} bytes.
     *
     * @param runs all of its runs, with room for it
     * @param initialized bytes that were written, at most {@code size}; zeros follow
     */
    NtfsStream(Bytes volume, int cluster, NtfsRuns runs, long size, long initialized) {
        this.volume = volume;
        this.cluster = cluster;
        this.runs = runs;
        this.size = size;
        this.initialized = initialized;
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
            if (at >= initialized) {
                zeros(into, into.remaining());
                return;
            }
            int run = runs.find(at / cluster);
            long end = Math.min(runs.end(run) * cluster, initialized);
            int length = (int) Math.min(into.remaining(), end - at);
            if (runs.place(run) == NtfsRuns.HOLE) {
                zeros(into, length);
            } else {
                long within = at - runs.first(run) * cluster;
                volume.read(runs.place(run) * cluster + within, into.slice(into.position(), length));
                into.position(into.position() + length);
            }
            at += length;
        }
    }

    private static void zeros(ByteBuffer into, int length) {
        into.put(new byte[length]);
    }

    @Override
    public List<Extent> data(long from, long to) {
        return data(runs, cluster, from, Math.min(to, initialized));
    }

    /** The parts of a range that lie in runs which are no holes; what touches is one. */
    static List<Extent> data(NtfsRuns runs, long cluster, long from, long to) {
        List<Extent> data = new ArrayList<>();
        long at = from;
        long began = from;
        boolean within = false;
        while (at < to) {
            int run = runs.find(at / cluster);
            boolean hole = runs.place(run) == NtfsRuns.HOLE;
            if (hole && within) {
                data.add(new Extent(began, at));
            } else if (!hole && !within) {
                began = at;
            }
            within = !hole;
            at = runs.end(run) * cluster;
        }
        if (within) {
            data.add(new Extent(began, to));
        }
        return data;
    }
}
