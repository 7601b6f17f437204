package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inner node of a block map.
 *
 * @param level 1 to 6
 * @param children pointers to nodes one level below; null for a child that is all hole
 */
record InnerNode(int level, List<@Nullable NodePointer> children) {
    static final int FAN_OUT = 128;
    private static final int HOLE = 1 << 31;
    /** What the length of a node stays below is one more than this. */
    static final int MAX_NODE = (1 << 24) - 1;

    byte[] write() {
        List<PackId> packs = new ArrayList<>();
        for (NodePointer child : children) {
            if (child != null && !packs.contains(child.pack())) {
                packs.add(child.pack());
            }
        }
        ByteBuffer out = ByteBuffer.allocate(4 + 2 + 20 * packs.size() + 24 * children.size());
        out.put((byte) level).put((byte) 0).putShort((short) children.size());
        out.putShort((short) packs.size());
        packs.forEach(pack ->
                out.putLong(pack.session().high()).putLong(pack.session().low()).putInt(pack.number()));
        children.forEach(child -> out.putLong(child == null ? 0 : child.id().high())
                .putLong(child == null ? 0 : child.id().low()));
        children.forEach(child -> out.putShort((short) (child == null ? 0 : packs.indexOf(child.pack()))));
        children.forEach(child -> out.putShort((short) (child == null ? 0 : child.ordinal())));
        children.forEach(child -> out.putInt(child == null ? HOLE : child.length()));
        return out.array();
    }

    /** What the id of an inner node covers. */
    byte[] covered() {
        ByteBuffer out = ByteBuffer.allocate(4 + 17 * children.size());
        out.put((byte) level).put((byte) 0).putShort((short) children.size());
        children.forEach(child -> out.put((byte) (child == null ? 1 : 0)));
        children.forEach(child -> out.putLong(child == null ? 0 : child.id().high())
                .putLong(child == null ? 0 : child.id().low()));
        return out.array();
    }

    static InnerNode parse(String object, byte[] node, int level) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(node);
        if (node.length < 6 || in.get() != level || in.get() != 0) {
            throw new DamagedException(object, "has no inner node of level " + level + " where one should be");
        }
        int count = in.getShort() & 0xffff;
        if (count < 1 || count > FAN_OUT) {
            throw new DamagedException(object, "has an inner node of an impossible size");
        }
        List<PackId> packs = NodeDictionary.read(object, in);
        if (in.remaining() != 24 * count) {
            throw new DamagedException(object, "has an inner node of the wrong length");
        }
        int ids = in.position();
        List<@Nullable NodePointer> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.getInt(ids + 20 * count + 4 * i);
            if (length == HOLE) {
                children.add(null);
                continue;
            }
            int pack = in.getShort(ids + 16 * count + 2 * i) & 0xffff;
            if (length < 0 || length > MAX_NODE || pack >= packs.size()) {
                throw new DamagedException(object, "has an inner node with an impossible child");
            }
            children.add(new NodePointer(
                    new BlockId(in.getLong(ids + 16 * i), in.getLong(ids + 16 * i + 8)),
                    packs.get(pack),
                    in.getShort(ids + 18 * count + 2 * i) & 0xffff,
                    length));
        }
        return new InnerNode(level, children);
    }
}
