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

    DiskWriter(SessionParts parts, DiskFacts facts, @Nullable DiskRoot parent, boolean fresh) {
        VaultCore core = parts.core();
        TreeReader before = parent == null || fresh ? null : new TreeReader(core.packs(), core.benches(), parent);
        NodeWriter nodes = new NodeWriter(parts.map());
        this.place = core.place();
        this.facts = facts;
        this.leaves = new NodePointers(parts.scope().sessions());
        this.prints = new DiskPrints(core.prints(), before == null || parent == null ? null : parent.root());
        this.storer = new LeafStorer(parts, nodes, before, prints, fresh, leaves, tally);
        this.builder = new TreeBuilder(parts, nodes, before, leaves);
    }

    /**
     * Stores a leaf.
     *
     * @param leaf its index: the position on the disk divided by {@link #LEAF}
     * @param content a direct buffer whose remaining bytes are the leaf, less than {@link #LEAF} only at the end of the
     *     disk; its position is left where it was
     * @param holes blocks that the source has not got; their bytes are not looked at
     * @throws ProblemException if the store fails
     * @throws IllegalArgumentException if the leaf came before, or has an impossible length
     */
    public void put(long leaf, ByteBuffer content, LeafKinds holes) {
        int length = content.remaining();
        if (length < 1 || length > LEAF || !content.isDirect()) {
            throw new IllegalArgumentException("a leaf is 1 to " + LEAF + " direct bytes, not " + length);
        }
        claim(leaf, length);
        guarded(() -> storer.store(leaf, content, length, holes));
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
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        boolean done = false;
        try {
            step.run();
            done = true;
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
        guarded(() -> {
            NodePointer top = size == 0 ? null : builder.build(shape);
            prints.finish(top);
            synchronized (this) {
                root = new DiskRoot(facts, size, top);
            }
        });
        return finished();
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
