package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;

/**
 * Checks backups, and names for each damaged object exactly the backups that it hits. Each pack is read once, however
 * many backups use it.
 */
final class Verifier {
    private final VaultCore core;
    private final Catalog catalog;
    private final Work work;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<PackId, BitSet> badBlocks = new HashMap<>();
    private final Map<PackId, BitSet> badNodes = new HashMap<>();
    /** Packs that could not be opened, so that each is tried once. */
    private final Map<PackId, DamagedException> unusable = new HashMap<>();

    private long blocks;

    /** Damage of one object while the backups it hits are being gathered. */
    private record Found(Damage.Reason reason, String detail, Set<SessionId> backups) {}

    Verifier(VaultCore core, Catalog catalog, Work work) {
        this.core = core;
        this.catalog = catalog;
        this.work = work;
    }

    VerifyReport verify(Collection<Commit> backups, Depth depth) throws IOException {
        work.stage(Stage.CHECKING);
        PackSet packs = new PackSet();
        for (Commit commit : backups) {
            structure(commit, packs);
        }
        long bytes = depth == Depth.DATA ? data(packs) : 0;
        if (!badBlocks.isEmpty() || !badNodes.isEmpty()) {
            for (Commit commit : backups) {
                hits(commit);
            }
        }
        List<Damage> damaged = new ArrayList<>();
        found.forEach(
                (object, what) -> damaged.add(new Damage(object, what.reason, List.copyOf(what.backups), what.detail)));
        return new VerifyReport(damaged, blocks, bytes);
    }

    private void add(DamagedException damage, SessionId backup) {
        found.computeIfAbsent(
                        damage.object(),
                        object -> new Found(damage.reason(), String.valueOf(damage.getMessage()), new TreeSet<>()))
                .backups
                .add(backup);
    }

    private void structure(Commit commit, PackSet packs) throws IOException {
        try {
            catalog.readUses(commit);
        } catch (DamagedException e) {
            add(e, commit.id());
        }
        try {
            catalog.about(commit);
        } catch (DamagedException e) {
            add(e, commit.id());
        }
        for (DiskRoot disk : commit.disks()) {
            // A walk of its own for each backup, so that every backup that a damaged node hits is named.
            new TreeWalk(core).walk(disk, new TreeWalk.Visitor() {
                @Override
                public void leaf(long index, LeafNode leaf, TreeShape shape) throws IOException {
                    work.checkpoint();
                    check(commit.id(), index, leaf, shape);
                    leaf.packs().forEach(pack -> packs.add(ObjectType.DATA, pack));
                }

                @Override
                public void damaged(DamagedException damage) {
                    add(damage, commit.id());
                }

                @Override
                public void node(NodePointer pointer) {
                    packs.add(ObjectType.MAP, pointer.pack());
                }
            });
        }
    }

    private void check(SessionId backup, long index, LeafNode leaf, TreeShape shape) throws IOException {
        for (int i = 0; i < leaf.count(); i++) {
            if (leaf.kind(i) != 2) {
                continue;
            }
            blocks++;
            PackId id = leaf.packs().get(leaf.pack(i));
            DamagedException known = unusable.get(id);
            if (known != null) {
                add(known, backup);
                continue;
            }
            try {
                PackReader.OpenPack pack = core.packs().open(ObjectType.DATA, id);
                int ordinal = leaf.ordinal(i);
                boolean there = pack.trailer().has(ordinal)
                        && pack.trailer().length(ordinal) == shape.blockLength(index, i)
                        && pack.trailer().id(ordinal).equals(new BlockId(leaf.high(i), leaf.low(i)));
                if (!there) {
                    add(new DamagedException(pack.name(), "does not have the block it should have"), backup);
                }
            } catch (DamagedException e) {
                unusable.put(id, e);
                add(e, backup);
            }
        }
    }

    private long data(PackSet packs) throws IOException {
        PackCheck check = new PackCheck(core, work);
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : packs.packs(type)) {
                try {
                    BitSet entries = check.check(type, pack);
                    if (!entries.isEmpty()) {
                        (type == ObjectType.MAP ? badNodes : badBlocks).put(pack, entries);
                    }
                } catch (DamagedException e) {
                    // The structure already named it, with the backups it hits.
                    badBlocks.remove(pack);
                }
            }
        }
        return check.bytes();
    }

    /** Which entries a backup refers to that turned out to be damaged. */
    private void hits(Commit commit) throws IOException {
        for (DiskRoot disk : commit.disks()) {
            new TreeWalk(core).walk(disk, new TreeWalk.Visitor() {
                @Override
                public void leaf(long index, LeafNode leaf, TreeShape shape) {
                    for (int i = 0; i < leaf.count(); i++) {
                        if (leaf.kind(i) == 2) {
                            hit(commit.id(), ObjectType.DATA, leaf.packs().get(leaf.pack(i)), leaf.ordinal(i));
                        }
                    }
                }

                @Override
                public void node(NodePointer pointer) {
                    hit(commit.id(), ObjectType.MAP, pointer.pack(), pointer.ordinal());
                }

                @Override
                public void damaged(DamagedException damage) {
                    // Named before.
                }
            });
        }
    }

    private void hit(SessionId backup, ObjectType type, PackId pack, int ordinal) {
        BitSet entries = (type == ObjectType.MAP ? badNodes : badBlocks).get(pack);
        if (entries != null && entries.get(ordinal)) {
            add(new DamagedException(Names.original(type, pack), "has damaged entries"), backup);
        }
    }
}
