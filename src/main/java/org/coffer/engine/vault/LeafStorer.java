package org.coffer.engine.vault;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores leaves: compares each block with the parent's, finds what is stored already, and appends what is new in frames
 * of neighbours. The inner loop of every backup; allocates a few small objects a leaf and none a block. Thread-safe.
 */
final class LeafStorer {
    private static final int BLOCK = DiskWriter.BLOCK;
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

    /**
     * Stores one leaf.
     *
     * @param content its bytes, from the position on
     */
    void store(long leaf, ByteBuffer content, int length, LeafKinds holes) throws IOException {
        LeafNode before = parentLeaf(leaf);
        boolean[] usable = before == null ? new boolean[0] : usable(before.packs());
        int count = (length + BLOCK - 1) / BLOCK;
        MemorySegment bytes = MemorySegment.ofBuffer(content);
        int start = content.position();
        try (Workbench bench = core.benches().take()) {
            LeafBuilder now = bench.leaf;
            now.begin(count);
            prints.begin(leaf, bench);
            boolean same = before != null && before.count() == count;
            for (int i = 0; i < count; i++) {
                int size = Math.min(BLOCK, length - i * BLOCK);
                now.kind[i] = kind(bytes, i, size, holes);
                boolean unchanged = now.kind[i] == KIND_DATA
                        ? block(leaf, content, start + i * BLOCK, size, i, before, usable, bench)
                        : before != null && i < before.count() && before.kind(i) == now.kind[i];
                same &= unchanged;
            }
            storePending(content, start, bench);
            prints.end(leaf, bench);
            place(leaf, same ? before : null, now, bench);
        }
    }

    /** The parent's leaf; null also if it is damaged, so that this backup stores its blocks anew. */
    private @Nullable LeafNode parentLeaf(long leaf) throws IOException {
        try {
            return parent == null ? null : parent.leaf(leaf);
        } catch (DamagedException e) {
            return null;
        }
    }

    private byte kind(MemorySegment bytes, int block, int size, LeafKinds holes) {
        if (holes.hole(block)) {
            tally.hole.add(size);
            return KIND_HOLE;
        }
        tally.read.add(size);
        if (Workbench.zero(bytes, (long) block * BLOCK, size)) {
            tally.zero.add(size);
            return KIND_ZERO;
        }
        return KIND_DATA;
    }

    /** Finds a block or makes it pending; true if it is the parent's. */
    private boolean block(
            long leaf,
            ByteBuffer content,
            int offset,
            int size,
            int i,
            @Nullable LeafNode before,
            boolean[] usable,
            Workbench bench)
            throws IOException {
        LeafBuilder now = bench.leaf;
        LeafNode parents = before != null && i < before.count() && before.kind(i) == KIND_DATA ? before : null;
        if (parents != null
                && (!usable[parents.pack(i)]
                        || scope.shuns(ObjectType.DATA, parents.packs().get(parents.pack(i)), parents.ordinal(i)))) {
            parents = null;
        }
        bench.load(content, offset, size);
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
        long known = blocks.find(high, low, fresh, bench);
        if (known >= 0) {
            now.place[i] = known;
            tally.shared.add(size);
            return false;
        }
        if (now.pending.find(high, low) >= 0
                || !now.pending.fits(size, core.tuning().frame())) {
            storePending(content, offset - i * BLOCK, bench);
            known = blocks.find(high, low, fresh, bench);
            if (known >= 0) {
                now.place[i] = known;
                tally.shared.add(size);
                return false;
            }
        }
        now.pendingBlock[now.pending.count] = i;
        now.pending.add(high, low, size);
        return false;
    }

    /** Takes over the parent's entry. */
    private boolean inherit(LeafNode before, int i, int size, LeafBuilder now) {
        now.high[i] = before.high(i);
        now.low[i] = before.low(i);
        now.place[i] = scope.sessions().place(before.packs().get(before.pack(i)), before.ordinal(i));
        tally.unchanged.add(size);
        return true;
    }

    private void storePending(ByteBuffer content, int start, Workbench bench) throws IOException {
        LeafBuilder now = bench.leaf;
        Entries pending = now.pending;
        if (pending.count == 0) {
            return;
        }
        int first = now.pendingBlock[0];
        boolean together = now.pendingBlock[pending.count - 1] - first == pending.count - 1;
        if (!together) {
            gather(content, start, now, bench);
        }
        Packed packed = together
                ? bench.compressBlocks(content, start + first * BLOCK, pending.bytes)
                : bench.compressBlocks(bench.gather, 0, pending.bytes);
        PackWriter.Placed placed = data.append(bench, pending, packed);
        for (int i = 0; i < pending.count; i++) {
            now.place[now.pendingBlock[i]] = scope.sessions().place(placed.pack(), placed.first() + i);
        }
        blocks.stored(pending, placed);
        tally.newBlocks.add(pending.count);
        tally.newBytes.add(pending.bytes);
        tally.stored.add(PackTrailer.mark(pending.count) + Sealing.TAG + packed.length() + Sealing.TAG);
        pending.clear();
    }

    private static void gather(ByteBuffer content, int start, LeafBuilder now, Workbench bench) {
        int at = 0;
        for (int i = 0; i < now.pending.count; i++) {
            int size = now.pending.length[i];
            bench.gather.put(at, content, start + now.pendingBlock[i] * BLOCK, size);
            at += size;
        }
    }

    /** Inherits the parent's leaf, or writes a new one. */
    private void place(long leaf, @Nullable LeafNode same, LeafBuilder now, Workbench bench) throws IOException {
        if (now.allHoles()) {
            leaves.set(leaf, null);
            return;
        }
        NodePointer inherited = same == null || parent == null ? null : parent.pointer(0, leaf);
        if (same != null && inherited != null && scope.may(ObjectType.MAP, inherited.pack(), inherited.ordinal())) {
            leaves.set(leaf, inherited);
            uses.addData(same.packs());
            uses.addMap(inherited.pack());
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

    private boolean[] usable(List<PackId> packs) {
        boolean[] usable = new boolean[packs.size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = scope.may(ObjectType.DATA, packs.get(i));
        }
        return usable;
    }
}
