package org.coffer.engine.vault;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores leaves: compares each block with the parent's, finds what is stored already, and appends what is new in frames
 * of neighbours. The inner loop of every backup; allocates a few small objects a leaf and none a block. Thread-safe.
 */
final class LeafStorer {
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte KIND_HOLE = 0;
    private static final byte KIND_ZERO = 1;
    private static final byte KIND_DATA = 2;

    private final VaultCore core;
    private final Scope scope;
    private final SessionBlocks blocks;
    private final PackWriter data;
    private final SharedUses uses;
    private final NodeWriter nodes;
    private final @Nullable TreeReader parent;
    private final DiskPrints prints;
    private final boolean fresh;
    private final NodePointers leaves;
    private final Tally tally;

    LeafStorer(
            SessionParts parts,
            NodeWriter nodes,
            @Nullable TreeReader parent,
            DiskPrints prints,
            boolean fresh,
            NodePointers leaves,
            Tally tally) {
        this.core = parts.core();
        this.scope = parts.scope();
        this.blocks = parts.blocks();
        this.data = parts.data();
        this.uses = parts.uses();
        this.nodes = nodes;
        this.parent = parent;
        this.prints = prints;
        this.fresh = fresh;
        this.leaves = leaves;
        this.tally = tally;
    }

    /** Begins a leaf of {@code length} bytes; it borrows a workbench until it is closed. */
    Leaf begin(long leaf, int length, LeafKinds holes) throws IOException {
        return new Leaf(leaf, length, holes);
    }

    /** The parent's leaf; null also if it is damaged, so that this backup stores its blocks anew. */
    private @Nullable LeafNode parentLeaf(long leaf) throws IOException {
        try {
            return parent == null ? null : parent.leaf(leaf);
        } catch (DamagedException e) {
            return null;
        }
    }

    private boolean[] usable(List<PackId> packs) {
        boolean[] usable = new boolean[packs.size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = scope.may(ObjectType.DATA, packs.get(i));
        }
        return usable;
    }

    /** Takes over a whole leaf of the parent; false if anything in it may not be referred to. */
    boolean inherit(long leaf, int length) throws IOException {
        LeafNode before = parentLeaf(leaf);
        NodePointer pointer = before == null || parent == null ? null : parent.pointer(0, leaf);
        if (before == null
                || pointer == null
                || before.count() != (length + BLOCK - 1) / BLOCK
                || !scope.may(ObjectType.MAP, pointer.pack(), pointer.ordinal())) {
            return false;
        }
        boolean[] usable = usable(before.packs());
        for (int i = 0; i < before.count(); i++) {
            if (before.kind(i) == KIND_DATA && !mayInherit(before, usable, i)) {
                return false;
            }
        }
        for (int i = 0; i < before.count(); i++) {
            int size = Math.min(BLOCK, length - i * BLOCK);
            switch ((byte) before.kind(i)) {
                case KIND_DATA -> {
                    tally.read.add(size);
                    tally.unchanged.add(size);
                }
                case KIND_ZERO -> {
                    tally.read.add(size);
                    tally.zero.add(size);
                }
                default -> tally.hole.add(size);
            }
        }
        take(leaf, before, pointer);
        return true;
    }

    private boolean mayInherit(LeafNode before, boolean[] usable, int i) {
        return usable[before.pack(i)]
                && !scope.shuns(ObjectType.DATA, before.packs().get(before.pack(i)), before.ordinal(i));
    }

    private void take(long leaf, LeafNode before, NodePointer pointer) {
        leaves.set(leaf, pointer);
        uses.addData(before.packs());
        uses.addMap(pointer.pack());
    }

    /** Takes over the parent's entry. */
    private boolean inherit(LeafNode before, int i, int size, LeafBuilder now) {
        now.high[i] = before.high(i);
        now.low[i] = before.low(i);
        now.place[i] = scope.sessions().place(before.packs().get(before.pack(i)), before.ordinal(i));
        tally.unchanged.add(size);
        return true;
    }

    /** Inherits the parent's leaf, or writes a new one. */
    private void place(long leaf, @Nullable LeafNode same, LeafBuilder now, Workbench bench) throws IOException {
        if (now.allHoles()) {
            leaves.set(leaf, null);
            return;
        }
        NodePointer inherited = same == null || parent == null ? null : parent.pointer(0, leaf);
        if (same != null && inherited != null && scope.may(ObjectType.MAP, inherited.pack(), inherited.ordinal())) {
            take(leaf, same, inherited);
            return;
        }
        byte[] node = now.write(scope.sessions());
        BlockId id = bench.hashNode(LeafNode.covered(node));
        uses.addData(LeafNode.parse("leaf", node).packs());
        nodes.add(node, id, pointer -> placed(leaf, pointer), bench);
    }

    private void placed(long leaf, NodePointer pointer) {
        leaves.set(leaf, pointer);
        uses.addMap(pointer.pack());
    }

    /** A leaf while its content arrives, in order and in pieces. Used by one thread. */
    final class Leaf implements AutoCloseable {
        private final long leaf;
        private final int length;
        private final LeafKinds holes;
        private final @Nullable LeafNode before;
        private final boolean[] usable;
        private final Workbench bench;
        private final LeafBuilder now;
        /** Blocks that are the parent's without being looked at. */
        private final BitSet kept = new BitSet();

        private boolean same;

        /** The piece at hand begins with block {@link #first}, at {@link #start} of {@link #content}. */
        private ByteBuffer content = NOTHING;

        private int start;
        private int first;
        private int next;

        private Leaf(long leaf, int length, LeafKinds holes) throws IOException {
            this.leaf = leaf;
            this.length = length;
            this.holes = holes;
            this.before = parentLeaf(leaf);
            this.usable = before == null ? new boolean[0] : usable(before.packs());
            this.bench = core.benches().take();
            this.now = bench.leaf;
            now.begin((length + BLOCK - 1) / BLOCK);
            prints.begin(leaf, bench);
            this.same = before != null && before.count() == now.count;
        }

        /** Takes over blocks of the parent's leaf unseen; returns those that may be referred to. */
        BitSet keep(BitSet wanted) {
            for (int i = wanted.nextSetBit(0); i >= 0 && i < now.count; i = wanted.nextSetBit(i + 1)) {
                if (before != null
                        && i < before.count()
                        && before.kind(i) == KIND_DATA
                        && mayInherit(before, usable, i)) {
                    kept.set(i);
                }
            }
            return (BitSet) kept.clone();
        }

        /** Takes the next bytes: whole blocks, but for the leaf's last. They are not needed any more afterwards. */
        void add(ByteBuffer piece) throws IOException {
            content = piece;
            start = piece.position();
            first = next;
            int end = first * BLOCK + piece.remaining();
            MemorySegment bytes = MemorySegment.ofBuffer(piece);
            while (next * BLOCK < end) {
                int i = next++;
                int size = Math.min(BLOCK, length - i * BLOCK);
                now.kind[i] = kind(bytes, i, size);
                boolean unchanged = now.kind[i] == KIND_DATA
                        ? block(i, size)
                        : before != null && i < before.count() && before.kind(i) == now.kind[i];
                same &= unchanged;
            }
            if (next == now.count) {
                storePending();
            } else {
                gather();
            }
            content = NOTHING;
        }

        /** All content has come: writes the leaf, or inherits the parent's. */
        void finish() throws IOException {
            prints.end(leaf, bench);
            place(leaf, same ? before : null, now, bench);
        }

        @Override
        public void close() {
            bench.close();
        }

        private int offset(int block) {
            return start + (block - first) * BLOCK;
        }

        private byte kind(MemorySegment bytes, int block, int size) {
            if (holes.hole(block)) {
                tally.hole.add(size);
                return KIND_HOLE;
            }
            tally.read.add(size);
            if (!kept.get(block) && Workbench.zero(bytes, (long) (block - first) * BLOCK, size)) {
                tally.zero.add(size);
                return KIND_ZERO;
            }
            return KIND_DATA;
        }

        /** Finds a block or makes it pending; true if it is the parent's. */
        private boolean block(int i, int size) throws IOException {
            LeafNode parents = before != null && i < before.count() && before.kind(i) == KIND_DATA ? before : null;
            if (parents != null && !mayInherit(parents, usable, i)) {
                parents = null;
            }
            if (parents != null && kept.get(i)) {
                return inherit(parents, i, size, now);
            }
            bench.load(content, offset(i), size);
            if (prints.print(leaf, i, bench) && parents != null) {
                return inherit(parents, i, size, now);
            }
            bench.hashLoaded();
            long high = bench.idHigh();
            long low = bench.idLow();
            if (parents != null && parents.high(i) == high && parents.low(i) == low) {
                return inherit(parents, i, size, now);
            }
            now.high[i] = high;
            now.low[i] = low;
            if (share(i, size)) {
                return false;
            }
            if (now.pending.find(high, low) >= 0
                    || !now.pending.fits(size, core.tuning().frame())) {
                storePending();
                if (share(i, size)) {
                    return false;
                }
            }
            now.pendingBlock[now.pending.count] = i;
            now.pending.add(high, low, size);
            return false;
        }

        /** Refers to a block that the vault or this session has. */
        private boolean share(int i, int size) throws IOException {
            long known = blocks.find(now.high[i], now.low[i], fresh, bench);
            if (known < 0) {
                return false;
            }
            now.place[i] = known;
            tally.shared.add(size);
            return true;
        }

        private void storePending() throws IOException {
            Entries pending = now.pending;
            if (pending.count == 0) {
                return;
            }
            int from = now.pendingBlock[0];
            boolean together = now.gathered == 0 && now.pendingBlock[pending.count - 1] - from == pending.count - 1;
            if (!together) {
                gather();
            }
            Packed packed = together
                    ? bench.compressBlocks(content, offset(from), pending.bytes)
                    : bench.compressBlocks(bench.gather, 0, pending.bytes);
            PackWriter.Placed placed = data.append(bench, pending, packed);
            for (int i = 0; i < pending.count; i++) {
                now.place[now.pendingBlock[i]] = scope.sessions().place(placed.pack(), placed.first() + i);
            }
            blocks.stored(pending, placed);
            tally.newBlocks.add(pending.count);
            tally.newBytes.add(pending.bytes);
            tally.stored.add(PackTrailer.mark(pending.count) + Sealing.TAG + packed.length() + Sealing.TAG);
            now.clearPending();
        }

        /** Keeps the content of what is pending, side by side, for when the piece it came in is gone. */
        private void gather() {
            while (now.gathered < now.pending.count) {
                int size = now.pending.length[now.gathered];
                bench.gather.put(now.gatheredBytes, content, offset(now.pendingBlock[now.gathered]), size);
                now.gathered++;
                now.gatheredBytes += size;
            }
        }
    }
}
