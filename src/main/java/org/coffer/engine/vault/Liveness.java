package org.coffer.engine.vault;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which entries of some packs the backups refer to, by walking the trees of those that use one of these packs. What
 * trees share is walked once. Memory: a bit for each entry of these packs, and an entry for each inner node that was
 * visited (one for each GiB of a disk).
 */
final class Liveness {
    private final Catalog catalog;
    private final PackSet packs;
    private final TreeWalk walk;
    private final EntrySet live = new EntrySet();
    private final Set<SessionId> walked = new HashSet<>();

    Liveness(VaultCore core, Catalog catalog, PackSet packs) {
        this.catalog = catalog;
        this.packs = packs;
        this.walk = new TreeWalk(core);
    }

    PackSet packs() {
        return packs;
    }

    /** What is referred to by the backups that were added. Entries stay live although their backup goes. */
    EntrySet live() {
        return live;
    }

    /**
     * Adds what backups refer to; those that were added before are passed over, because they never change.
     *
     * @throws DamagedException if a tree cannot be read, so that nothing can be said
     */
    void add(Collection<Commit> backups, Runnable checkpoint) throws IOException {
        for (Commit commit : backups) {
            if (walked.contains(commit.id()) || !catalog.uses(commit).intersects(packs)) {
                continue;
            }
            for (DiskRoot disk : commit.disks()) {
                walk.walk(disk, new TreeWalk.Visitor() {
                    @Override
                    public void leaf(long index, LeafNode leaf, TreeShape shape) {
                        checkpoint.run();
                        mark(leaf);
                    }

                    @Override
                    public void node(NodePointer pointer) {
                        if (packs.contains(ObjectType.MAP, pointer.pack())) {
                            live.add(ObjectType.MAP, pointer.pack(), pointer.ordinal());
                        }
                    }
                });
            }
            walked.add(commit.id());
        }
    }

    private void mark(LeafNode leaf) {
        boolean[] wanted = new boolean[leaf.packs().size()];
        boolean any = false;
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = packs.contains(ObjectType.DATA, leaf.packs().get(i));
            any |= wanted[i];
        }
        @Nullable BitSet[] of = new @Nullable BitSet[wanted.length];
        for (int i = 0; any && i < leaf.count(); i++) {
            if (leaf.kind(i) != 2 || !wanted[leaf.pack(i)]) {
                continue;
            }
            int pack = leaf.pack(i);
            BitSet entries = of[pack];
            if (entries == null) {
                entries = live.entries(ObjectType.DATA, leaf.packs().get(pack));
                of[pack] = entries;
            }
            entries.set(leaf.ordinal(i));
        }
    }
}
