package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Gets blocks of one lost or damaged pack out of other vaults that hold the same backups.
 *
 * <p>The other vault has other ids, so a block is found by its place on the disk: the tree of a backup here says where on the
 * disk it lies, and the same place of the backup there holds the same content. What comes from there was authenticated by that
 * vault, and is believed only if it has the id that this vault's tree asks for; so whatever the other vault holds, no wrong
 * byte gets in.
 *
 * <p>The trees of the twins are walked once, and only when a block is wanted. Memory: one leaf of content, and a place for each
 * block of the pack. Used by one thread.
 */
final class TwinBlocks {
    private final VaultCore core;
    private final PackId pack;
    private final List<Twin> twins;
    private final Work work;
    /** For each twin, by ordinal, where on its disks the blocks of the pack lie; null before it was walked. */
    private final @Nullable Map<Integer, Spot>[] spots;

    private final ByteBuffer content;
    private @Nullable Held held;

    /** A place on a disk. */
    private record Spot(int disk, long leaf, int block) {}

    /** The leaf whose content is at hand, and which of its blocks are. */
    private record Held(int twin, int disk, long leaf, BitSet blocks) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
    TwinBlocks(VaultCore core, PackId pack, List<Twin> twins, Work work) {
        this.core = core;
        this.pack = pack;
        this.twins = List.copyOf(twins);
        this.work = work;
        this.spots = new Map[twins.size()];
        this.content = ByteBuffer.allocateDirect(twins.isEmpty() ? 0 : DiskWriter.LEAF);
    }

    /**
     * Puts one block where it is wanted.
     *
     * @return false if no twin has it
     */
    boolean read(int ordinal, BlockId id, int length, Workbench bench, ByteBuffer out, int at) throws IOException {
        for (int twin = 0; twin < twins.size(); twin++) {
            Spot spot = spots(twin).get(ordinal);
            if (spot != null && read(twin, spot, id, length, bench, out, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean read(int twin, Spot spot, BlockId id, int length, Workbench bench, ByteBuffer out, int at) {
        try {
            hold(twin, spot);
        } catch (ProblemException e) {
            work.checkpoint(); // Damaged there too, or out of reach: another twin may have it.
            return false;
        }
        int from = spot.block() * DiskWriter.BLOCK;
        bench.hashBlock(content, from, length);
        if (!new BlockId(bench.idHigh(), bench.idLow()).equals(id)) {
            return false;
        }
        out.put(at, content, from, length);
        return true;
    }

    /** Reads a block, and with it the others of its leaf that the pack holds too: they will be wanted next. */
    private void hold(int twin, Spot spot) {
        Held now = held;
        if (now != null
                && now.twin() == twin
                && now.disk() == spot.disk()
                && now.leaf() == spot.leaf()
                && now.blocks().get(spot.block())) {
            return;
        }
        work.checkpoint();
        held = null;
        Twin from = twins.get(twin);
        DiskReader disk = from.other().disk(from.theirs(), spot.disk());
        BitSet all = new BitSet();
        Map<Integer, Spot> places = spots[twin];
        if (places != null) {
            places.values().stream()
                    .filter(place -> place.disk() == spot.disk() && place.leaf() == spot.leaf())
                    .forEach(place -> all.set(place.block()));
        }
        all.set(spot.block());
        try {
            disk.read(spot.leaf(), all, content.clear());
        } catch (ProblemException e) {
            // One of the neighbours may be what cannot be had.
            work.checkpoint();
            all.clear();
            all.set(spot.block());
            disk.read(spot.leaf(), all, content.clear());
        }
        held = new Held(twin, spot.disk(), spot.leaf(), all);
    }

    private Map<Integer, Spot> spots(int twin) throws IOException {
        Map<Integer, Spot> known = spots[twin];
        if (known == null) {
            known = walk(twins.get(twin));
            spots[twin] = known;
        }
        return known;
    }

    private Map<Integer, Spot> walk(Twin twin) throws IOException {
        Map<Integer, Spot> found = new HashMap<>();
        List<DiskRoot> disks = twin.mine().disks();
        for (int disk = 0; disk < disks.size(); disk++) {
            int number = disk;
            if (number >= twin.theirs().disks().size()
                    || twin.theirs().disks().get(number).size()
                            != disks.get(number).size()) {
                continue;
            }
            // A walk of its own for each: what two disks share lies at different places of them.
            new TreeWalk(core).walk(disks.get(number), new TreeWalk.Visitor() {
                @Override
                public void leaf(long index, LeafNode leaf, TreeShape shape) {
                    work.checkpoint();
                    for (int i = 0; i < leaf.count(); i++) {
                        if (leaf.kind(i) == 2 && leaf.packs().get(leaf.pack(i)).equals(pack)) {
                            found.putIfAbsent(leaf.ordinal(i), new Spot(number, index, i));
                        }
                    }
                }

                @Override
                public void damaged(DamagedException damage) {
                    work.checkpoint(); // What lies below is not found here.
                }
            });
        }
        return found;
    }
}
