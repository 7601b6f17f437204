package org.coffer.engine.vault;

/**
 * The outline of a disk's tree, which follows from the disk's size.
 *
 * @param size bytes of the disk
 */
record TreeShape(long size) {
    long blocks() {
        return Math.ceilDiv(size, DiskWriter.BLOCK);
    }

    long leaves() {
        return Math.ceilDiv(size, DiskWriter.LEAF);
    }

    /** Nodes on a level; 0 are the leaves. */
    long nodes(int level) {
        long nodes = leaves();
        for (int i = 0; i < level; i++) {
            nodes = (nodes + InnerNode.FAN_OUT - 1) / InnerNode.FAN_OUT;
        }
        return nodes;
    }

    /** The level of the root: the lowest that has one node. */
    int height() {
        int level = 0;
        while (nodes(level) > 1) {
            level++;
        }
        return level;
    }

    /** Blocks in a leaf: 128 but for the last. */
    int blocksIn(long leaf) {
        return (int) Math.min(DiskWriter.LEAF_BLOCKS, blocks() - leaf * DiskWriter.LEAF_BLOCKS);
    }

    /** Bytes of a block: 64 KiB but for the disk's last. */
    int blockLength(long leaf, int block) {
        long at = leaf * DiskWriter.LEAF + (long) block * DiskWriter.BLOCK;
        return (int) Math.min(DiskWriter.BLOCK, size - at);
    }

    /** The first byte on the disk of what a node holds. */
    long from(int level, long index) {
        long leaf = index;
        for (int i = 0; i < level; i++) {
            leaf *= InnerNode.FAN_OUT;
        }
        return leaf * DiskWriter.LEAF;
    }

    /** The byte after the last of what a node holds. */
    long to(int level, long index) {
        return Math.min(size, from(level, index + 1));
    }

    /** Children of the node at a place. */
    int childrenOf(int level, long index) {
        return (int) Math.min(InnerNode.FAN_OUT, nodes(level - 1) - index * InnerNode.FAN_OUT);
    }
}
