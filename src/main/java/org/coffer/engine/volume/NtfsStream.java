package org.coffer.engine.volume;

/** An attribute whose clusters lie somewhere on the volume as they are, with holes where it was never written. */
final class NtfsStream extends PiecesContent {
    private final int cluster;
    private final NtfsRuns runs;
    private final long initialized;

    /**
     * An attribute of {@code size} bytes.
     *
     * @param runs all of its runs, with room for it
     * @param initialized bytes that were written, at most {@code size}; zeros follow
     */
    NtfsStream(Bytes volume, int cluster, NtfsRuns runs, long size, long initialized) {
        super(volume, size);
        this.cluster = cluster;
        this.runs = runs;
        this.initialized = initialized;
    }

    @Override
    Piece at(long position) {
        if (position >= initialized) {
            return new Piece(Long.MAX_VALUE, HOLE);
        }
        int run = runs.find(position / cluster);
        long to = Math.min(runs.end(run) * cluster, initialized);
        boolean hole = runs.place(run) == NtfsRuns.HOLE;
        return new Piece(to, hole ? HOLE : (runs.place(run) - runs.first(run)) * cluster + position);
    }

    @Override
    RuntimeException broken() {
        return Trouble.broken(NtfsFile.RECORD);
    }
}
