package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coffer.engine.disk.LeafWalk.Stretch;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafKinds;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Backs up one disk: reads what is allocated, hands it leaf by leaf to the vault, and makes sure at the end that the disk is
 * still the one it was.
 *
 * <p>Every thread reads a leaf of 8 MiB into a buffer of its own and lets the vault compare, hash, compress, seal and pack it
 * before it reads the next, so that the disk works for one thread while the processor works for another and nothing queues
 * up between them. What lies in memory already and has something to be compared with is read in smaller pieces, each compared
 * before the next is read. Leaves are dealt out in order, which keeps neighbours in the store neighbours. Holes are asked for, not
 * read. Memory: 8 MiB a thread and the vault's workbenches, whatever the size of the disk.
 *
 * <p>On failure nothing is finished and the disk's map is not complete; what was stored is found again by the next run.
 */
public final class DiskBackup {
    private static final int LEAF = DiskWriter.LEAF;
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final int ALIGNMENT = 4096;
    /** What lies in memory already is compared in pieces that stay in a core's own cache: a quarter less time. */
    private static final int PIECE = 512 << 10;

    /**
     * How to run.
     *
     * @param threads readers, at least 1
     * @param eachThread called once on every thread before it reads, for instance to make it wait behind others
     */
    public record Options(int threads, Runnable eachThread) {
        private static final int MOST_THREADS = 8;

        /** One thread a core, at most 8, no wish. */
        public static Options standard() {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Options(Math.max(2, Math.min(MOST_THREADS, cores)), () -> {});
        }

        /** The same with something for each thread to do first. */
        public Options startingThreadsWith(Runnable first) {
            return new Options(threads, first);
        }
    }

    private final BlockSource source;
    private final DiskWriter writer;
    private final Work work;
    private final LeafWalk walk;

    private DiskBackup(BlockSource source, DiskWriter writer, Work work) {
        this.source = source;
        this.writer = writer;
        this.work = work;
        this.walk = new LeafWalk(source, source.size(), LEAF, BLOCK);
    }

    /**
     * Reads the disk into the vault. Runs in stage {@link Stage#COPYING}; bytes done count holes too.
     *
     * @return the root of the disk's map, to be committed by the session
     * @throws ProblemException {@code disk.read}, {@code disk.lost}, {@code disk.shrunk}, or of the vault's location
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public static DiskRoot run(BlockSource source, DiskWriter writer, Options options, Work work) throws IOException {
        work.stage(Stage.COPYING, 0, 99);
        work.expect(source.size());
        DiskBackup backup = new DiskBackup(source, writer, work);
        try {
            Crew.run(options.threads(), options.eachThread(), work, backup::worker);
            source.check();
        } catch (ProblemException e) {
            throw withProgress(e, work);
        }
        return writer.finish(source.size());
    }

    /** Who lost the disk does not know how far the work was. */
    static ProblemException withProgress(ProblemException e, Work work) {
        if (!e.problem().code().equals("disk.lost")) {
            return e;
        }
        Map<String, Object> args = new LinkedHashMap<>(e.problem().args());
        args.put("percent", work.snapshot().percent());
        return new ProblemException(new Problem.Expected("disk.lost", args), e);
    }

    private Crew.Worker worker() {
        ByteBuffer buffer = buffer();
        return () -> {
            Stretch stretch = walk.next();
            if (stretch == null) {
                return false;
            }
            if (stretch.data().isEmpty()) {
                skip(stretch);
            } else {
                copy(stretch, buffer);
            }
            return true;
        };
    }

    /** A leaf's room whose memory begins on a page, so that devices are read into it directly. */
    static ByteBuffer buffer() {
        return buffer(LEAF);
    }

    /** The same with {@code size} bytes. */
    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, size);
    }

    private void skip(Stretch row) {
        for (long leaf = row.leaf(); leaf < row.leaf() + row.count(); leaf++) {
            writer.hole(leaf);
            work.advance(length(leaf));
        }
    }

    private void copy(Stretch stretch, ByteBuffer buffer) throws IOException {
        long start = stretch.leaf() * LEAF;
        int length = length(stretch.leaf());
        int piece = writer.compares() && isInMemory(stretch.data()) ? PIECE : LEAF;
        try (DiskWriter.Leaf leaf = writer.open(stretch.leaf(), length, holes(stretch.data(), start, length))) {
            for (int from = 0; from < length; from += piece) {
                int to = Math.min(length, from + piece);
                read(stretch.data(), start + from, start + to, buffer);
                leaf.add(buffer.clear().limit(to - from));
            }
            // A loop device whose file was cut short goes on giving zeros. What was stored of them belongs to no
            // backup.
            source.check();
            leaf.finish();
        }
        work.advance(length);
    }

    private boolean isInMemory(List<Extent> data) {
        for (Extent extent : data) {
            if (!source.isInMemory(extent.from(), (int) extent.length())) {
                return false;
            }
        }
        return true;
    }

    /** Reads what data there is of a range to its place in the buffer, which begins with the range. */
    private void read(List<Extent> data, long from, long to, ByteBuffer buffer) throws IOException {
        for (Extent extent : data) {
            long begin = Math.max(from, extent.from());
            long end = Math.min(to, extent.to());
            if (begin < end) {
                source.read(begin, buffer.clear().limit((int) (end - from)).position((int) (begin - from)));
            }
        }
    }

    private int length(long leaf) {
        return (int) Math.min(LEAF, source.size() - leaf * LEAF);
    }

    private static LeafKinds holes(List<Extent> data, long start, int length) {
        long low = 0;
        long high = 0;
        int extent = 0;
        for (int at = 0; at < length; at += BLOCK) {
            while (extent < data.size() && data.get(extent).to() <= start + at) {
                extent++;
            }
            if (extent == data.size() || data.get(extent).from() > start + at) {
                int block = at / BLOCK;
                if (block < Long.SIZE) {
                    low |= 1L << block;
                } else {
                    high |= 1L << (block - Long.SIZE);
                }
            }
        }
        return new LeafKinds(low, high);
    }
}
