package org.coffer.engine.vault;

import java.nio.ByteBuffer;

/** A leaf while a writer works on it; arrays that are reused from leaf to leaf. */
final class LeafBuilder {
    static final int BLOCKS = DiskWriter.LEAF_BLOCKS;

    final byte[] kind = new byte[BLOCKS];
    final long[] high = new long[BLOCKS];
    final long[] low = new long[BLOCKS];
    /** Place of a data block by {@link SessionTable}. */
    final long[] place = new long[BLOCKS];

    final Entries pending = new Entries();
    /** Which block of the leaf each pending entry is. */
    final int[] pendingBlock = new int[PackTrailer.MANY_ENTRIES];
    /** How many of the pending entries lie in {@link Workbench#gather} already, and how many bytes they are. */
    int gathered;

    int gatheredBytes;

    private final long[] dictionary = new long[BLOCKS];
    private final int[] index = new int[BLOCKS];
    int count;

    void begin(int blocks) {
        count = blocks;
        clearPending();
    }

    void clearPending() {
        pending.clear();
        gathered = 0;
        gatheredBytes = 0;
    }

    boolean allHoles() {
        for (int i = 0; i < count; i++) {
            if (kind[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The leaf's bytes. */
    byte[] write(SessionTable sessions) {
        int data = 0;
        int packs = 0;
        for (int i = 0; i < count; i++) {
            if (kind[i] == 2) {
                long pack = place[i] >>> 16;
                int at = 0;
                while (at < packs && dictionary[at] != pack) {
                    at++;
                }
                if (at == packs) {
                    dictionary[packs++] = pack;
                }
                index[i] = at;
                data++;
            }
        }
        ByteBuffer out = ByteBuffer.allocate(LeafNode.HEAD + 2 + 20 * packs + 20 * data);
        out.put((byte) 0).put((byte) 0).putShort((short) count);
        for (int i = 0; i < 32; i++) {
            out.put(kinds(i));
        }
        out.putShort((short) packs);
        for (int i = 0; i < packs; i++) {
            PackId pack = sessions.pack(dictionary[i] << 16);
            out.putLong(pack.session().high()).putLong(pack.session().low()).putInt(pack.number());
        }
        for (int i = 0; i < count; i++) {
            if (kind[i] == 2) {
                out.putLong(high[i]).putLong(low[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (kind[i] == 2) {
                out.putShort((short) index[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (kind[i] == 2) {
                out.putShort((short) SessionTable.ordinal(place[i]));
            }
        }
        return out.array();
    }

    private byte kinds(int byteIndex) {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            int block = byteIndex * 4 + i;
            bits |= block < count ? kind[block] << (2 * i) : 0;
        }
        return (byte) bits;
    }
}
