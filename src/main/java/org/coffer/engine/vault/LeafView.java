package org.coffer.engine.vault;

import org.jspecify.annotations.Nullable;

/** What the blocks of one leaf are. Immutable. */
public final class LeafView {
    private final @Nullable LeafNode node;
    private final int count;

    LeafView(@Nullable LeafNode node, int count) {
        this.node = node;
        this.count = count;
    }

    /** Blocks in this leaf: 128, fewer only at the end of the disk. */
    public int count() {
        return count;
    }

    /** What a block is. */
    public BlockKind kind(int block) {
        return switch (node == null ? 0 : node.kind(block)) {
            case 1 -> BlockKind.ZERO;
            case 2 -> BlockKind.DATA;
            default -> BlockKind.HOLE;
        };
    }

    /** Whether the whole leaf is a hole. */
    public boolean allHole() {
        return node == null;
    }

    /** The id of a block of kind {@link BlockKind#DATA}. */
    public BlockId id(int block) {
        LeafNode leaf = data(block);
        return new BlockId(leaf.high(block), leaf.low(block));
    }

    LeafNode data(int block) {
        LeafNode leaf = node;
        if (leaf == null || leaf.kind(block) != 2) {
            throw new IllegalArgumentException("block " + block + " has no stored content");
        }
        return leaf;
    }
}
