package org.coffer.engine.vault;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks trees of several backups and visits what they share once: an inner node that was visited is not entered again.
 * Memory: an entry for each inner node (one for each GiB of a disk). {@link #ofOne} enters it at each of its places.
 */
final class TreeWalk {
    private final VaultCore core;
    private final boolean once;
    private final Set<Spot> visited = new HashSet<>();

    private record Spot(PackId pack, int ordinal) {}

    /** Receives leaves and troubles; answers nothing, but may throw to stop. */
    interface Visitor {
        /** A leaf, and where on the disk it lies. */
        void leaf(long index, LeafNode leaf, TreeShape shape) throws IOException;

        /** A node that cannot be read; what is below it is skipped. */
        default void damaged(DamagedException damage) throws IOException {
            throw damage;
        }

        /** The same, and the bytes of the disk that are below it: from the first, to before the last. */
        default void damaged(DamagedException damage, long from, long to) throws IOException {
            damaged(damage);
        }

        /** Called for every node that is entered. */
        default void node(NodePointer pointer) {}

        /** The same, and the bytes of the disk that are below it. */
        default void node(NodePointer pointer, long from, long to) {
            node(pointer);
        }
    }

    TreeWalk(VaultCore core) {
        this(core, true);
    }

    private TreeWalk(VaultCore core, boolean once) {
        this.core = core;
        this.once = once;
    }

    /** A walk that visits every place of a disk, also where a node stands at several of them. */
    static TreeWalk ofOne(VaultCore core) {
        return new TreeWalk(core, false);
    }

    void walk(DiskRoot root, Visitor visitor) throws IOException {
        TreeShape shape = new TreeShape(root.size());
        if (root.size() > 0) {
            enter(root.root(), shape.height(), 0, shape, visitor);
        }
    }

    private void enter(@Nullable NodePointer pointer, int level, long index, TreeShape shape, Visitor visitor)
            throws IOException {
        if (pointer == null || (once && level > 0 && !visited.add(new Spot(pointer.pack(), pointer.ordinal())))) {
            return;
        }
        long from = shape.from(level, index);
        long to = shape.to(level, index);
        visitor.node(pointer, from, to);
        if (level == 0) {
            LeafNode leaf;
            try {
                leaf = TreeReader.readLeaf(core.packs(), core.benches(), pointer, shape.blocksIn(index));
            } catch (DamagedException e) {
                visitor.damaged(e, from, to);
                return;
            }
            visitor.leaf(index, leaf, shape);
            return;
        }
        InnerNode node;
        try {
            node = TreeReader.readInner(core.packs(), core.benches(), pointer, level, shape.childrenOf(level, index));
        } catch (DamagedException e) {
            visitor.damaged(e, from, to);
            return;
        }
        for (int i = 0; i < node.children().size(); i++) {
            enter(node.children().get(i), level - 1, index * InnerNode.FAN_OUT + i, shape, visitor);
        }
    }
}
