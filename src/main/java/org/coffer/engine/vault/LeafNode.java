package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A leaf of a block map as read from the store: what 128 neighbouring blocks are and where they lie. Immutable. */
final class LeafNode {
    static final int HEAD = 4 + 32;

    private final int count;
    private final ByteBuffer bytes;
    private final List<PackId> packs;
    /** For each block its number among the data blocks, or -1. */
    private final short[] rank;

    private final int ids;
    private final int data;

    private LeafNode(int count, ByteBuffer bytes, List<PackId> packs, short[] rank, int ids, int data) {
        this.count = count;
        this.bytes = bytes;
        this.packs = packs;
        this.rank = rank;
        this.ids = ids;
        this.data = data;
    }

    static LeafNode parse(String object, byte[] node) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(node);
        if (node.length < HEAD + 2 || in.getShort() != 0) {
            throw new DamagedException(object, "has no leaf where one should be");
        }
        int count = in.getShort() & 0xffff;
        if (count < 1 || count > DiskWriter.LEAF_BLOCKS) {
            throw new DamagedException(object, "has a leaf of an impossible size");
        }
        short[] rank = new short[count];
        int data = 0;
        for (int i = 0; i < DiskWriter.LEAF_BLOCKS; i++) {
            int kind = kind(in, i);
            if (kind > 2 || (kind != 0 && i >= count)) {
                throw new DamagedException(object, "has a leaf with impossible kinds");
            }
            if (i < count) {
                rank[i] = (short) (kind == 2 ? data++ : -1);
            }
        }
        in.position(HEAD);
        List<PackId> packs = NodeDictionary.read(object, in);
        if (in.remaining() != 20 * data) {
            throw new DamagedException(object, "has a leaf of the wrong length");
        }
        LeafNode leaf = new LeafNode(count, in, packs, rank, in.position(), data);
        for (int i = 0; i < data; i++) {
            if (leaf.dictionaryIndex(i) >= packs.size()) {
                throw new DamagedException(object, "has a leaf that points outside its dictionary");
            }
        }
        return leaf;
    }

    private static int kind(ByteBuffer in, int block) {
        return in.get(4 + block / 4) >> (2 * (block % 4)) & 3;
    }

    /** What the id of a leaf covers: everything but where the blocks lie. */
    static byte[] covered(byte[] node) {
        ByteBuffer in = ByteBuffer.wrap(node);
        int dictionary = in.getShort(HEAD) & 0xffff;
        int ids = HEAD + 2 + 20 * dictionary;
        int data = Math.max(0, (node.length - ids) / 20);
        byte[] covered = Arrays.copyOf(node, HEAD + 16 * data);
        in.get(ids, covered, HEAD, 16 * data);
        return covered;
    }

    private int dictionaryIndex(int rankOfBlock) {
        return bytes.getShort(ids + 16 * data + 2 * rankOfBlock) & 0xffff;
    }

    int count() {
        return count;
    }

    List<PackId> packs() {
        return packs;
    }

    int kind(int block) {
        return kind(bytes, block);
    }

    long high(int block) {
        return bytes.getLong(ids + 16 * rank[block]);
    }

    long low(int block) {
        return bytes.getLong(ids + 16 * rank[block] + 8);
    }

    /** Index into {@link #packs} of a data block. */
    int pack(int block) {
        return dictionaryIndex(rank[block]);
    }

    int ordinal(int block) {
        return bytes.getShort(ids + 18 * data + 2 * rank[block]) & 0xffff;
    }
}
