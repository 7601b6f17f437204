package org.coffer.engine.vault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tree of one disk in one backup. Every node is checked against the id in the pointer that led to it. Inner
 * nodes are cached (bounded to 4 MiB). Thread-safe.
 */
final class TreeReader {
    private final PackReader packs;
    private final Benches benches;
    private final DiskRoot root;
    private final TreeShape shape;
    private final LruCache<Spot, InnerNode> inner =
            new LruCache<>(4L << 20, node -> 80 * node.children().size());

    private record Spot(int level, long index) {}

    TreeReader(PackReader packs, Benches benches, DiskRoot root) {
        this.packs = packs;
        this.benches = benches;
        this.root = root;
        this.shape = new TreeShape(root.size());
    }

    TreeShape shape() {
        return shape;
    }

    /** Where the node at a place lies; null if it is all hole or outside the disk. */
    @Nullable
    NodePointer pointer(int level, long index) throws IOException {
        if (index >= shape.nodes(level)) {
            return null;
        }
        if (level == shape.height()) {
            return root.root();
        }
        InnerNode above = inner(level + 1, index / InnerNode.FAN_OUT);
        return above == null ? null : above.children().get((int) (index % InnerNode.FAN_OUT));
    }

    /** The inner node at a place; null if it is all hole or outside the disk. */
    @Nullable
    InnerNode inner(int level, long index) throws IOException {
        Spot spot = new Spot(level, index);
        InnerNode known = inner.get(spot);
        if (known != null) {
            return known;
        }
        NodePointer pointer = pointer(level, index);
        if (pointer == null) {
            return null;
        }
        InnerNode node = readInner(packs, benches, pointer, level, shape.childrenOf(level, index));
        inner.put(spot, node);
        return node;
    }

    /** The leaf at a place; null if it is all hole or outside the disk. */
    @Nullable
    LeafNode leaf(long index) throws IOException {
        NodePointer pointer = pointer(0, index);
        return pointer == null ? null : readLeaf(packs, benches, pointer, shape.blocksIn(index));
    }

    static InnerNode readInner(PackReader packs, Benches benches, NodePointer pointer, int level, int children)
            throws IOException {
        String object = Names.original(ObjectType.MAP, pointer.pack());
        InnerNode node = InnerNode.parse(object, packs.node(pointer), level);
        check(benches, pointer, node.covered(), object);
        if (node.children().size() != children) {
            throw new DamagedException(object, "has a node of another disk");
        }
        return node;
    }

    static LeafNode readLeaf(PackReader packs, Benches benches, NodePointer pointer, int blocks) throws IOException {
        String object = Names.original(ObjectType.MAP, pointer.pack());
        byte[] bytes = packs.node(pointer);
        LeafNode leaf = LeafNode.parse(object, bytes);
        check(benches, pointer, LeafNode.covered(bytes), object);
        if (leaf.count() != blocks) {
            throw new DamagedException(object, "has a leaf of another disk");
        }
        return leaf;
    }

    private static void check(Benches benches, NodePointer pointer, byte[] covered, String object)
            throws DamagedException {
        try (Workbench bench = benches.take()) {
            if (!bench.hashNode(covered).equals(pointer.id())) {
                throw new DamagedException(object, "has another node than the map says");
            }
        }
    }
}
