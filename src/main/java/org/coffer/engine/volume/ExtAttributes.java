package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Extended attributes of ext: after an inode's numbers, and in a block of their own; the values of large ones in inodes.
 *
 * <p>Source: <i>ext4 Data Structures and Algorithms</i> in the kernel's documentation, chapter <i>Extended Attributes</i>.
 */
final class ExtAttributes {
    /** With which both places begin. */
    static final int MAGIC = 0xea020000;

    /** Kinds of names, of which an entry has only the rest. */
    static final int SYSTEM = 7;

    private static final int USER = 1;
    private static final int ACL_ACCESS = 2;
    private static final int ACL_DEFAULT = 3;
    private static final int SECURITY = 6;
    private static final String CAPABILITY = "capability";

    private static final int BLOCK_HEADER = 32;
    private static final int ENTRY = 16;
    /** The most that Linux knows. */
    private static final int LONGEST = 1 << 16;

    private final Values values;
    private final String what;

    /** Reads the value that an inode holds. */
    @FunctionalInterface
    interface Values {
        /** The first {@code length} bytes of its content. */
        byte[] read(long inode, int length) throws IOException;
    }

    ExtAttributes(Values values, String what) {
        this.values = values;
        this.what = what;
    }

    /**
     * An attribute.
     *
     * @param kind of its name
     * @param name the rest of its name
     * @param place where its value begins
     * @param inode that holds its value; 0 for none
     * @param length bytes of its value
     */
    record Entry(int kind, String name, int place, long inode, int length) {}

    /** Those in a piece, little-endian, from a place on. */
    static List<Entry> entries(ByteBuffer piece, int from, String what) {
        List<Entry> entries = new ArrayList<>();
        for (int at = from; at + ENTRY <= piece.limit() && piece.getInt(at) != 0; ) {
            int length = Byte.toUnsignedInt(piece.get(at));
            if (at + ENTRY + length > piece.limit()) {
                throw Trouble.broken(what);
            }
            byte[] name = new byte[length];
            piece.get(at + ENTRY, name);
            entries.add(new Entry(
                    Byte.toUnsignedInt(piece.get(at + 1)),
                    NameText.name(name, 0, length),
                    Short.toUnsignedInt(piece.getShort(at + 2)),
                    Integer.toUnsignedLong(piece.getInt(at + 4)),
                    piece.getInt(at + 8)));
            at += ENTRY + ((length + 3) & ~3);
        }
        return entries;
    }

    /** The value that lies in the piece that its entry is in. */
    static ByteBuffer value(ByteBuffer piece, Entry entry, String what) {
        if (entry.inode != 0 || entry.length < 0 || entry.length > piece.limit() - entry.place) {
            throw Trouble.broken(what);
        }
        return piece.slice(entry.place, entry.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Those that can be given elsewhere, by their names in Linux.
     *
     * @param inside what lies after the numbers of the inode
     * @param block of their own, if there is one
     */
    FileAttributes read(ByteBuffer inside, Optional<ByteBuffer> block) throws IOException {
        FileAttributes.Taker found = new FileAttributes.Taker();
        collect(inside, 0, found);
        if (block.isPresent()) {
            if (block.get().limit() < BLOCK_HEADER || block.get().getInt(0) != MAGIC) {
                throw Trouble.broken(what);
            }
            collect(block.get(), BLOCK_HEADER, found);
        }
        return found.taken();
    }

    private void collect(ByteBuffer piece, int from, FileAttributes.Taker found) throws IOException {
        for (Entry entry : entries(piece, from, what)) {
            if (found.isFull()) {
                return;
            }
            switch (entry.kind) {
                case USER -> found.put("user." + entry.name, bytes(value(piece, entry)));
                case ACL_ACCESS -> found.put(PosixAcl.ACCESS, PosixAcl.ofExt(value(piece, entry), what));
                case ACL_DEFAULT -> found.put(PosixAcl.DEFAULT, PosixAcl.ofExt(value(piece, entry), what));
                case SECURITY -> {
                    if (entry.name.equals(CAPABILITY)) {
                        found.put("security." + CAPABILITY, bytes(value(piece, entry)));
                    }
                }
                default -> {
                    // What belongs to this system alone.
                }
            }
        }
    }

    private ByteBuffer value(ByteBuffer piece, Entry entry) throws IOException {
        if (entry.inode == 0) {
            return value(piece, entry, what);
        }
        if (entry.length < 0 || entry.length > LONGEST) {
            throw Trouble.broken(what);
        }
        return ByteBuffer.wrap(values.read(entry.inode, entry.length));
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(0, bytes);
        return bytes;
    }
}
