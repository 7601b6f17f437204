package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a disk byte for byte what it was at a backup.
 *
 * <p>Leaf by leaf the target is read and compared with the backup's map, and only blocks that differ are fetched and written;
 * what the backup knows as zero becomes a hole where the target can hold one. What was written is read back from the medium
 * and compared: at once with what was written where the target can ({@link BlockTarget#readsBack}), else when everything is
 * durable, with the stored hashes. Blocks that were equal in the first
 * place were proven by that comparison and are not read twice.
 *
 * <p>Nothing is remembered between runs: a restore that was cut off at any point is resumed by running it again, and what it
 * wrote already compares equal. Until {@link #run} returns the target is neither its old self nor the backup.
 *
 * <p>Each thread carries a leaf through all of it, and waits in turn for the vault, for the target, and for what it reads back. So
 * there are several times as many threads as cores; how many of them fetch, open and hash at the same time is bounded, because
 * that takes a workbench each and the processor, of which more than a few only get in each other's way.
 *
 * <p>Memory: 10 MiB a thread, the vault's workbench for each that decodes, and one bit a block.
 */
public final class DiskRestore {
    private static final int LEAF = DiskWriter.LEAF;
    private static final int BLOCK = DiskWriter.BLOCK;
    /** Parts of sectors are written through the system's memory, and not read back from the medium at once. */
    private static final int SECTOR = 4096;

    /**
     * How to run.
     *
     * @param verify whether to read back what was written
     * @param threads at least 1
     * @param decoders how many of them may fetch and decode at the same time, at least 1; of a place some way off as many
     *     more, and threads for them, as it is best asked for at once, but no more than 4
     */
    public record Options(boolean verify, int threads, int decoders) {
        /** Threads beyond those that decode: on their way to the target, or back from it. */
        private static final int WAITING = 5;

        /**
         * A workbench and a leaf each, held also while they wait for a place some way off; with more of them a machine of many cores
         * would take more than 400 MB.
         */
        private static final int MOST_DECODERS = 4;

        /** Verified. */
        public static Options standard() {
            // One more than cores: it waits for the vault.
            int decoders = Math.min(MOST_DECODERS, DiskBackup.Options.standard().threads() + 1);
            return new Options(true, decoders + WAITING, decoders);
        }

        /** The same with or without reading back. */
        public Options verifying(boolean wanted) {
            return new Options(wanted, threads, decoders);
        }
    }

    /**
     * What was done.
     *
     * @param bytesCompared bytes of the target that were read to be compared; holes are not
     * @param bytesWritten bytes written or made zero
     * @param bytesVerified bytes read back after writing
     */
    public record Result(long bytesCompared, long bytesWritten, long bytesVerified) {}

    private final DiskReader backup;
    private final BlockTarget target;
    private final Work work;
    private final long first;
    private final LongAdder compared = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder verified = new LongAdder();
    private final TouchedBlocks touched;

    private DiskRestore(DiskReader backup, BlockTarget target, long first, Work work) {
        this.first = first;
        this.backup = backup;
        this.target = target;
        this.work = work;
        this.touched = new TouchedBlocks(backup.leaves());
    }

    /**
     * Restores. Runs in stages {@link Stage#RESTORING} and {@link Stage#CHECKING}; a target larger than the backup's disk keeps
     * what lies beyond.
     *
     * @throws ProblemException {@code restore.small}, {@code restore.differs} when reading back gives something else,
     *     {@code disk.read}, {@code disk.write}, {@code disk.lost}, {@code disk.shrunk}, {@code image.room}, or of the
     *     vault
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public static Result run(DiskReader backup, BlockTarget target, Options options, Work work) throws IOException {
        DiskRestore restore = new DiskRestore(backup, target, 0, work);
        restore.run(options);
        try {
            target.settle(backup.size());
        } catch (ProblemException e) {
            throw DiskBackup.withProgress(e, work);
        }
        return new Result(restore.compared.sum(), restore.written.sum(), restore.verified.sum());
    }

    /**
     * Restores only what lies from {@code place} on, and up to {@value DiskWriter#LEAF} bytes before it, and settles nothing: for whoever
     * restores what lies before right after.
     *
     * @throws ProblemException as {@link #run}
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public static void end(DiskReader backup, BlockTarget target, long place, Options options, Work work)
            throws IOException {
        new DiskRestore(backup, target, place / LEAF, work).run(options);
    }

    private void run(Options options) throws IOException {
        refuseSmaller(backup, target);
        try {
            write(options);
            if (options.verify()) {
                verify(options.decoders() + 1);
            }
            target.check();
        } catch (ProblemException e) {
            throw DiskBackup.withProgress(e, work);
        }
    }

    /** A disk that is too small is refused before it is touched. */
    static void refuseSmaller(DiskReader backup, BlockSource disk) {
        if (disk.size() < backup.size()) {
            throw new ProblemException(
                    Problem.of("restore.small", "target", disk.name(), "a", disk.size(), "b", backup.size()));
        }
    }

    private void write(Options options) throws IOException {
        boolean readBack = options.verify() && target.readsBack();
        // Reading a target back takes about as long as writing to it, if everything is written.
        work.stage(Stage.RESTORING, 0, options.verify() && !readBack ? 60 : 100);
        work.expect(Math.max(0, backup.size() - first * LEAF));
        AtomicLong next = new AtomicLong(first);
        // From a place some way off those who decode mostly wait for it, each for its own leaf.
        int decoding = Math.max(options.decoders(), Math.min(Options.MOST_DECODERS, backup.readsAtOnce()));
        Semaphore decoders = new Semaphore(decoding);
        Crew.run(Math.max(options.threads(), decoding + 2), () -> {}, work, () -> {
            ByteBuffer content = DiskBackup.buffer();
            LeafDifference difference = new LeafDifference(backup, target, content);
            ReadBack medium = readBack ? new ReadBack(target) : null;
            return () -> {
                long leaf = next.getAndIncrement();
                if (leaf >= backup.leaves()) {
                    return false;
                }
                difference.read(leaf);
                if (difference.nothingThere()) {
                    backup.ahead(leaf); // Before the turn, which is for what takes room.
                }
                // Whoever has a turn gives it back without waiting for another, so nobody waits for ever.
                decoders.acquireUninterruptibly();
                try {
                    fetch(leaf, difference, content);
                } finally {
                    decoders.release();
                }
                target.check();
                compared.add(difference.bytesRead());
                if (!difference.isNone()) {
                    change(leaf, difference, content, medium);
                }
                work.advance(difference.length(leaf));
                return true;
            };
        });
        target.flush();
    }

    /** Finds out what differs, and gets it. What the target held is in {@code content} before, what it is to hold afterwards. */
    private void fetch(long leaf, LeafDifference difference, ByteBuffer content) {
        difference.compare();
        BitSet toWrite = difference.toWrite();
        if (!toWrite.isEmpty()) {
            backup.read(leaf, difference.view(), toWrite, content.clear());
        }
    }

    private void change(long leaf, LeafDifference difference, ByteBuffer content, @Nullable ReadBack medium)
            throws IOException {
        long start = leaf * LEAF;
        int length = difference.length(leaf);
        BitSet toZero = difference.toZero();
        for (int from = toZero.nextSetBit(0); from >= 0; ) {
            int to = toZero.nextClearBit(from);
            int end = Math.min(length, to * BLOCK);
            target.zero(start + (long) from * BLOCK, end - (long) from * BLOCK);
            from = toZero.nextSetBit(to);
        }
        BitSet toWrite = difference.toWrite();
        for (int from = toWrite.nextSetBit(0); from >= 0; ) {
            int to = toWrite.nextClearBit(from);
            int end = Math.min(length, to * BLOCK);
            target.write(start + (long) from * BLOCK, content.clear().limit(end).position(from * BLOCK));
            from = toWrite.nextSetBit(to);
        }
        if (medium != null && length % SECTOR == 0) {
            compare(leaf, difference, content, medium);
        } else {
            touched.add(leaf, toWrite);
        }
        touched.add(leaf, toZero);
        long bytes = difference.bytes(leaf, toWrite) + difference.bytes(leaf, toZero);
        written.add(bytes);
        work.stored(bytes);
    }

    /**
     * What was written has just been authenticated and hashed, so comparing what the medium holds with it byte by byte says
     * the same as hashing once more, for a fraction of the work.
     */
    private void compare(long leaf, LeafDifference difference, ByteBuffer content, ReadBack medium) throws IOException {
        int unlike = medium.firstUnlike(leaf, content, difference.toWrite(), difference.length(leaf));
        if (unlike >= 0) {
            throw differs(leaf, unlike);
        }
        verified.add(difference.bytes(leaf, difference.toWrite()));
    }

    private void verify(int threads) throws IOException {
        work.stage(Stage.CHECKING, 60, 100);
        work.expect(touched.bytes());
        AtomicLong next = new AtomicLong(first);
        Crew.run(threads, () -> {}, work, () -> {
            LeafDifference difference = new LeafDifference(backup, target, DiskBackup.buffer());
            return () -> {
                long leaf = next.getAndIncrement();
                if (leaf >= backup.leaves()) {
                    return false;
                }
                BitSet blocks = touched.of(leaf);
                if (!blocks.isEmpty()) {
                    check(leaf, blocks, difference);
                }
                return true;
            };
        });
    }

    private void check(long leaf, BitSet blocks, LeafDifference difference) throws IOException {
        difference.look(leaf, blocks);
        if (!difference.isNone()) {
            BitSet wrong = (BitSet) difference.toWrite().clone();
            wrong.or(difference.toZero());
            throw differs(leaf, wrong.nextSetBit(0));
        }
        verified.add(difference.bytesRead());
        work.advance((long) blocks.cardinality() * BLOCK);
    }

    private ProblemException differs(long leaf, int block) {
        long place = leaf * LEAF + (long) block * BLOCK;
        return new ProblemException(Problem.of("restore.differs", "target", target.name(), "place", place));
    }
}
