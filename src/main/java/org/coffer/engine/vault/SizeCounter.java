package org.coffer.engine.vault;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.coffer.engine.store.StoredObject;

/** Counts what backups take up, and what purging them would free. Memory: a bit for each block that they use. */
final class SizeCounter {
    private final VaultCore core;
    private final Catalog catalog;
    private final Contents contents;

    SizeCounter(VaultCore core, Catalog catalog, Contents contents) {
        this.core = core;
        this.catalog = catalog;
        this.contents = contents;
    }

    Sizes count(Collection<SessionId> together) throws IOException {
        PackSet mine = new PackSet();
        PackSet others = new PackSet();
        long added = 0;
        for (Commit commit : contents.backups().values()) {
            boolean counted = together.contains(commit.id());
            (counted ? mine : others).addAll(catalog.uses(commit));
            added += counted ? commit.added() : 0;
        }
        PackSet alone = new PackSet().addAll(mine).removeAll(others);
        PackSet shared = new PackSet().addAll(mine).removeAll(alone);
        long freed = 0;
        for (ObjectType type : new ObjectType[] {ObjectType.DATA, ObjectType.MAP}) {
            for (SessionId session : alone.sessions()) {
                for (StoredObject object : core.store().list(Names.packs(type, session))) {
                    freed += alone(object, type, session, alone) ? object.size() : 0;
                }
            }
        }
        return new Sizes(added, freed, freed + sharedBlocks(together, shared));
    }

    private static boolean alone(StoredObject object, ObjectType type, SessionId session, PackSet alone) {
        String number = object.name().substring(Names.packs(type, session).length());
        return number.matches("00[0-9a-f]{6}\\..*")
                && alone.contains(type, new PackId(session, java.util.HexFormat.fromHexDigits(number, 0, 8)));
    }

    /** Stored bytes of the blocks that only these backups use, in packs that others use too. */
    private long sharedBlocks(Collection<SessionId> together, PackSet shared) throws IOException {
        Map<PackId, BitSet> blocks = new HashMap<>();
        TreeWalk own = new TreeWalk(core);
        TreeWalk foreign = new TreeWalk(core);
        for (SessionId id : together) {
            Commit commit = contents.backups().get(id);
            if (commit != null) {
                walk(
                        own,
                        commit,
                        shared,
                        (pack, ordinal) ->
                                blocks.computeIfAbsent(pack, p -> new BitSet()).set(ordinal));
            }
        }
        for (Commit commit : contents.backups().values()) {
            if (!together.contains(commit.id()) && catalog.uses(commit).intersects(shared)) {
                walk(foreign, commit, shared, (pack, ordinal) -> {
                    BitSet used = blocks.get(pack);
                    if (used != null) {
                        used.clear(ordinal);
                    }
                });
            }
        }
        double bytes = 0;
        for (Map.Entry<PackId, BitSet> pack : blocks.entrySet()) {
            bytes += stored(pack.getKey(), pack.getValue());
        }
        return Math.round(bytes);
    }

    @FunctionalInterface
    private interface BlockVisitor {
        void block(PackId pack, int ordinal);
    }

    private static void walk(TreeWalk walk, Commit commit, PackSet packs, BlockVisitor visitor) throws IOException {
        for (DiskRoot disk : commit.disks()) {
            walk.walk(disk, (index, leaf, shape) -> {
                boolean[] wanted = new boolean[leaf.packs().size()];
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = packs.contains(ObjectType.DATA, leaf.packs().get(i));
                }
                for (int i = 0; i < leaf.count(); i++) {
                    if (leaf.kind(i) == 2 && wanted[leaf.pack(i)]) {
                        visitor.block(leaf.packs().get(leaf.pack(i)), leaf.ordinal(i));
                    }
                }
            });
        }
    }

    private double stored(PackId pack, BitSet ordinals) throws IOException {
        if (ordinals.isEmpty()) {
            return 0;
        }
        PackTrailer contentsOfPack = core.packs().open(ObjectType.DATA, pack).trailer();
        double bytes = 0;
        for (int ordinal = ordinals.nextSetBit(0); ordinal >= 0; ordinal = ordinals.nextSetBit(ordinal + 1)) {
            int number = contentsOfPack.frameOf(ordinal);
            if (number >= 0) {
                PackTrailer.Frame frame = contentsOfPack.frame(number);
                bytes += (double) frame.stored()
                        * contentsOfPack.length(ordinal)
                        / Math.max(1, frame.shape().plain());
            }
        }
        return bytes;
    }
}
