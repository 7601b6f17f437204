package org.coffer.machine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * An open disk, device or image.
 *
 * <p>Devices are read past the page cache: the cache of a mounted device's raw blocks goes stale, because the file system
 * writes around it. Images are read through it, and pages that reading brought in are dropped again, so that a backup does
 * not push everybody's files out of memory; what was there before stays.
 */
final class DiskSource implements BlockSource {
    private static final int GRAIN = 64 * 1024;
    private static final int PAGE = 4096;
    private static final int SAMPLE = 64 * 1024;

    private final String name;
    private final RawFile file;
    private final long size;
    private final Presence presence;
    private final boolean holes;

    /**
     * @param holes whether the file system behind knows holes; a device does not
     */
    DiskSource(String name, RawFile file, long size, Presence presence, boolean holes) {
        this.name = name;
        this.file = file;
        this.size = size;
        this.presence = presence;
        this.holes = holes;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        if (position < 0 || position + dst.remaining() > size) {
            throw new IllegalArgumentException("reading beyond the end: " + position + "+" + dst.remaining());
        }
        int from = dst.position();
        int length = dst.remaining();
        boolean fresh = !file.isDirect() && isMostlyUncached(position, length);
        try {
            file.read(position, dst);
        } catch (IOException e) {
            dst.position(from);
            throw explain(e, position, dst);
        }
        if (fresh) {
            file.forget(position, length);
        }
    }

    @Override
    public boolean isInMemory(long position, int length) {
        return !file.isDirect() && file.cachedPages(position, length) * PAGE >= length - length / 8;
    }

    /**
     * Told by the middle: read-ahead for a neighbour may have brought in the edges, and for the kernel counting all pages is a
     * noticeable part of copying them.
     */
    private boolean isMostlyUncached(long position, int length) {
        int looked = Math.min(length, SAMPLE);
        long cached = file.cachedPages(position + (length - looked) / 2, looked);
        return cached >= 0 && cached * 4 * PAGE < looked;
    }

    private IOException explain(IOException trouble, long position, ByteBuffer dst) {
        if (trouble instanceof EOFException || (trouble instanceof Errno e && (e.gone() || e.number() == Errno.EIO))) {
            check();
        }
        if (trouble instanceof Errno e && e.number() == Errno.EIO) {
            throw new ProblemException(
                    Problem.of("disk.read", "disk", name, "place", firstBad(position, dst)), trouble);
        }
        if (trouble instanceof EOFException || (trouble instanceof Errno e && e.gone())) {
            ProblemException lost = Presence.lost(name);
            lost.addSuppressed(trouble);
            throw lost;
        }
        return trouble;
    }

    /** First place within a range that fails by itself. */
    private long firstBad(long position, ByteBuffer dst) {
        ByteBuffer probe = dst.duplicate();
        int from = dst.position();
        for (int at = from; at < dst.limit(); at += GRAIN) {
            probe.limit(Math.min(dst.limit(), at + GRAIN)).position(at);
            try {
                file.read(position + at - from, probe);
            } catch (IOException e) {
                return position + at - from;
            }
        }
        return position;
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        long end = Math.min(to, size);
        if (from >= end) {
            return List.of();
        }
        return holes ? file.data(from, end) : List.of(new Extent(from, end));
    }

    @Override
    public long check() {
        long now = presence.size();
        if (now < size) {
            throw new ProblemException(Problem.of("disk.shrunk", "disk", name, "before", size, "now", now));
        }
        return now;
    }

    @Override
    public void close() {
        file.close();
    }
}
