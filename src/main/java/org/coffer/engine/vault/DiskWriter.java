package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of one disk, leaf by leaf: the hot path of a backup.
 *
 * <p><b>Promises.</b> Leaves may come from several threads at once and in any order, each index once; all leaves of the
 * disk must have come, by {@link #put} or {@link #hole}, when {@link #finish} is called. Each block is compared with the
 * parent's at the same place by its id; only what is neither equal to it, nor zero, nor a hole, nor stored somewhere else
 * in the vault is compressed, sealed and appended to a pack, on the calling thread. Neighbouring new blocks of one leaf
 * share a frame.
 *
 * <p><b>Memory.</b> One workbench of about 9 MiB for each thread, 32 bytes for each leaf, and the session's pack buffers.
 *
 * <p><b>Failure.</b> A {@link ProblemException} ends the session: nothing more can be put, and {@link Session#commit}
 * refuses. What is stored stays for a session that adopts this one.
 */
public final class DiskWriter {
    /** Bytes of a block. */
    public static final int BLOCK = 64 << 10;
    /** Blocks of a leaf. */
    public static final int LEAF_BLOCKS = 128;
    /** Bytes of a leaf. */
    public static final int LEAF = LEAF_BLOCKS * BLOCK;

    private final Place place;
    private final LeafStorer storer;
    private final TreeBuilder builder;
    private final DiskPrints prints;
    private final DiskFacts facts;
    private final NodePointers leaves;
    private final BitSet claimed = new BitSet();
    private final Tally tally = new Tally();
    private long shortLeaf = -1;
    /** Where the content that came by put ends. */
    private long end;

    private @Nullable DiskRoot root;
    private boolean failed;

    /** @param parent what to compare with; none if {@code fresh} */
    DiskWriter(SessionParts parts, DiskFacts facts, @Nullable DiskRoot parent, boolean fresh, DiskPrints prints) {
        VaultCore core = parts.core();
        TreeReader before = parent == null ? null : new TreeReader(core.packs(), core.benches(), parent);
        NodeWriter nodes = new NodeWriter(parts.map());
        this.place = core.place();
        this.facts = facts;
        this.leaves = new NodePointers(parts.scope().sessions());
        this.prints = prints;
        this.storer = new LeafStorer(parts, nodes, before, prints, fresh, leaves, tally);
        this.builder = new TreeBuilder(parts, nodes, before, leaves);
    }

    /**
     * Stores a leaf whose content lies in memory as a whole.
     *
     * @param leaf its index: the position on the disk divided by {@link #LEAF}
     * @param content a direct buffer whose remaining bytes are the leaf, less than {@link #LEAF} only at the end of the
     *     disk; its position is left where it was
     * @param holes blocks that the source has not got; their bytes are not looked at
     * @throws ProblemException if the store fails
     * @throws IllegalArgumentException if the leaf came before, or has an impossible length
     */
    public void put(long leaf, ByteBuffer content, LeafKinds holes) {
        try (Leaf open = open(leaf, content.remaining(), holes)) {
            open.add(content);
            open.finish();
        }
    }

    /**
     * Begins a leaf whose content comes in pieces, so that small ones are compared while they still lie near to the
     * processor.
     *
     * @param leaf its index: the position on the disk divided by {@link #LEAF}
     * @param length its bytes, less than {@link #LEAF} only at the end of the disk
     * @param holes blocks that the source has not got; their bytes are not looked at
     * @throws ProblemException if the store fails
     * @throws IllegalArgumentException if the leaf came before, or has an impossible length
     */
    public Leaf open(long leaf, int length, LeafKinds holes) {
        if (length < 1 || length > LEAF) {
            throw new IllegalArgumentException("a leaf has 1 to " + LEAF + " bytes, not " + length);
        }
        claim(leaf, length);
        return new Leaf(leaf, length, holes);
    }

    /**
     * Takes over a leaf of the parent as it is, if everything in it may still be referred to.
     *
     * @param leaf its index
     * @param length its bytes, less than {@link #LEAF} only at the end of the disk
     * @return false, with nothing done, if its content has to come
     * @throws ProblemException if the store fails
     * @throws IllegalArgumentException if the leaf came before, or has an impossible length
     */
    public boolean inherit(long leaf, int length) {
        if (!guarded(() -> storer.inherit(leaf, length))) {
            return false;
        }
        claim(leaf, length);
        return true;
    }

    /** Whether blocks are compared with those of a backup before this one. */
    public boolean compares() {
        return prints.compares();
    }

    /** A leaf that is being stored. Used by one thread; one that is closed without being finished ends the session. */
    public final class Leaf implements AutoCloseable {
        private final LeafStorer.Leaf work;
        private final int length;
        private int came;
        private boolean done;

        private Leaf(long leaf, int length, LeafKinds holes) {
            this.length = length;
            this.work = guarded(() -> storer.begin(leaf, length, holes));
        }

        /**
         * Takes over blocks of the parent's leaf that are known to be what this disk holds at the same place. Before the
         * first {@link #add}.
         *
         * @param same their numbers in the leaf
         * @return those of them that are settled by it: of the content that comes, their bytes are not looked at. The others
         *     may not be referred to, and have to come
         */
        public BitSet keep(BitSet same) {
            if (came > 0) {
                throw new IllegalStateException("content came before");
            }
            return work.keep(same);
        }

        /**
         * Takes the next bytes of the leaf; the buffer is free again when this returns.
         *
         * @param piece a direct buffer whose remaining bytes are whole blocks, but for the leaf's last; its position is left
         *     where it was
         * @throws ProblemException if the store fails
         */
        public void add(ByteBuffer piece) {
            int bytes = piece.remaining();
            if (!piece.isDirect() || bytes > length - came || (bytes % BLOCK != 0 && bytes != length - came)) {
                throw new IllegalArgumentException(bytes + " bytes are no piece of a leaf, " + came + " in it");
            }
            guarded(() -> {
                work.add(piece);
                return true;
            });
            came += bytes;
        }

        /**
         * All of the leaf has come, and it is what the disk holds.
         *
         * @throws ProblemException if the store fails
         * @throws IllegalStateException if there is more to come
         */
        public void finish() {
            if (came != length) {
                throw new IllegalStateException("of " + length + " bytes " + came + " came");
            }
            guarded(() -> {
                work.finish();
                return true;
            });
            done = true;
        }

        @Override
        public void close() {
            work.close();
            if (!done) {
                fail();
            }
        }
    }

    /**
     * Notes that a whole leaf is a hole; nothing was read.
     *
     * @throws IllegalArgumentException if the leaf came before
     */
    public void hole(long leaf) {
        claim(leaf, 0);
        leaves.set(leaf, null);
        tally.hole.add(LEAF);
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T guarded(Step<T> step) {
        boolean done = false;
        try {
            T result = step.run();
            done = true;
            return result;
        } catch (IOException e) {
            throw place.problem(e);
        } finally {
            if (!done) {
                fail();
            }
        }
    }

    private synchronized void fail() {
        failed = true;
    }

    private synchronized void claim(long leaf, int length) {
        if (root != null || failed) {
            throw new IllegalStateException("this disk takes no more leaves");
        }
        if (leaf < 0 || leaf > Integer.MAX_VALUE - 64 || claimed.get((int) leaf)) {
            throw new IllegalArgumentException("leaf " + leaf + " is impossible or came before");
        }
        if (length > 0) {
            end = Math.max(end, leaf * LEAF + length);
        }
        if (length > 0 && length < LEAF) {
            if (shortLeaf >= 0) {
                throw new IllegalArgumentException("only the last leaf of a disk is short");
            }
            shortLeaf = leaf;
        }
        claimed.set((int) leaf);
    }

    /**
     * Builds the upper levels of the map.
     *
     * @param size exact size of the disk in bytes, 0 or more
     * @throws IllegalStateException if leaves are missing, or came for a larger or smaller disk
     * @throws ProblemException if the store fails
     */
    public DiskRoot finish(long size) {
        TreeShape shape = new TreeShape(size);
        check(shape);
        return guarded(() -> {
            NodePointer top = size == 0 ? null : builder.build(shape);
            prints.finish(top);
            DiskRoot finished = new DiskRoot(facts, size, top);
            synchronized (this) {
                root = finished;
            }
            return finished;
        });
    }

    private synchronized void check(TreeShape shape) {
        if (root != null || failed) {
            throw new IllegalStateException("this disk is finished or failed");
        }
        boolean ends = end <= shape.size() && (shortLeaf < 0 || end == shape.size());
        if (claimed.cardinality() != shape.leaves() || claimed.length() != shape.leaves() || !ends) {
            throw new IllegalStateException("leaf " + claimed.nextClearBit(0) + " of " + shape.leaves()
                    + " never came, or the disk has another size");
        }
        if (shortLeaf < 0 && end < shape.size() && shape.size() % LEAF != 0) {
            // The last leaf is a hole, and shorter than was counted.
            tally.hole.add(shape.size() % LEAF - LEAF);
        }
    }

    /** The finished disk. @throws IllegalStateException before {@link #finish} */
    synchronized DiskRoot finished() {
        DiskRoot done = root;
        if (done == null) {
            throw new IllegalStateException("disk " + facts.name() + " is not finished");
        }
        return done;
    }

    /** Lets go of what a disk that is not finished holds outside of the heap. */
    synchronized void discard() {
        if (root == null) {
            prints.discard();
        }
    }

    /** What became of the blocks so far. Cheap; may be called while others write. */
    public Counts counts() {
        return tally.counts();
    }
}
