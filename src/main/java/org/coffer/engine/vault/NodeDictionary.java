package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The list of logical packs at the head of a node's columns. */
final class NodeDictionary {
    private NodeDictionary() {}

    static List<PackId> read(String object, ByteBuffer in) throws DamagedException {
        int count = in.remaining() < 2 ? 0xffff : in.getShort() & 0xffff;
        if (count > DiskWriter.LEAF_BLOCKS || in.remaining() < 20 * count) {
            throw new DamagedException(object, "has a node with an impossible dictionary");
        }
        List<PackId> packs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            packs.add(new PackId(new SessionId(in.getLong(), in.getLong()), in.getInt()));
            if (packs.get(i).number() < 0 || packs.get(i).number() > PackId.MAX_NUMBER) {
                throw new DamagedException(object, "has a node with an impossible pack");
            }
        }
        return packs;
    }
}
