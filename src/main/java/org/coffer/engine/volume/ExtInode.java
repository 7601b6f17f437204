package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import org.coffer.problem.ProblemException;

/**
 * An inode.
 *
 * @param number its number, from 1
 * @param raw as it lies in the table, little-endian
 */
record ExtInode(long number, ByteBuffer raw) {
    /** Bytes of an inode as it was before ext4, with which each begins. */
    static final int OLD_SIZE = 128;

    /** Bytes of the place for the map of blocks, a short link's target or the beginning of a small content. */
    static final int MAP = 60;

    private static final int MAP_PLACE = 40;

    private static final int ENCRYPTED = 0x800;
    private static final int EXTENTS = 0x80000;
    private static final int INLINE = 0x10000000;

    /** What it is; {@code files.broken} if that is nothing. */
    NodeKind kind() {
        return switch (mode() >> 12) {
            case 0x8 -> NodeKind.FILE;
            case 0x4 -> NodeKind.FOLDER;
            case 0xa -> NodeKind.LINK;
            case 0x1, 0x2, 0x6, 0xc -> NodeKind.SPECIAL;
            default -> throw broken();
        };
    }

    /**
     * Bytes of its content.
     *
     * @param largeFolders whether a folder's size has 64 bits, as a file's has
     */
    long size(boolean largeFolders) {
        long low = Integer.toUnsignedLong(raw.getInt(4));
        if (kind() != NodeKind.FILE && !largeFolders) {
            return low;
        }
        long size = (Integer.toUnsignedLong(raw.getInt(108)) << 32) | low;
        if (size < 0) {
            throw broken();
        }
        return size;
    }

    /** Whether its content or its names, and where it leads, are encrypted by fscrypt. */
    boolean isEncrypted() {
        return (flags() & ENCRYPTED) != 0;
    }

    /** Whether its content is found by a tree of extents. */
    boolean hasExtents() {
        return (flags() & EXTENTS) != 0;
    }

    /** Whether its content lies in the inode. */
    boolean isInline() {
        return (flags() & INLINE) != 0;
    }

    /** The 60 bytes whose meaning depends on the kind, little-endian. */
    ByteBuffer map() {
        return raw.slice(MAP_PLACE, MAP).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What it says about itself. */
    Node node() {
        NodeKind kind = kind();
        long size = kind == NodeKind.FILE || kind == NodeKind.LINK ? size(false) : 0;
        int links = kind == NodeKind.FOLDER ? 1 : Math.max(1, raw.getShort(26) & 0xffff);
        long user = ((raw.getShort(120) & 0xffffL) << 16) | (raw.getShort(2) & 0xffffL);
        long group = ((raw.getShort(122) & 0xffffL) << 16) | (raw.getShort(24) & 0xffffL);
        return new Node(
                number,
                kind,
                size,
                time(16, 136),
                Optional.of(time(8, 140)),
                has(144, 4) ? Optional.of(time(144, 148)) : Optional.empty(),
                Optional.of(new Node.Owner(user, group, mode() & 07777)),
                links);
    }

    /** A time of 34 bits and, where the inode is long enough, its nanoseconds. */
    private Instant time(int place, int more) {
        long seconds = raw.getInt(place);
        if (!has(more, 4)) {
            return Instant.ofEpochSecond(seconds);
        }
        int extra = raw.getInt(more);
        return Instant.ofEpochSecond(seconds + ((extra & 3L) << 32), extra >>> 2);
    }

    private boolean has(int place, int length) {
        return place + length <= fixed();
    }

    /** Where its attributes begin. */
    private int fixed() {
        if (raw.limit() < OLD_SIZE + 4) {
            return raw.limit();
        }
        return Math.min(raw.limit(), OLD_SIZE + (raw.getShort(OLD_SIZE) & 0xffff));
    }

    /** The content that lies in the inode: at the place of the map, and in the attribute {@code system.data}. */
    byte[] inline() {
        ByteBuffer more = attribute("data");
        byte[] all = new byte[MAP + more.remaining()];
        map().get(0, all, 0, MAP);
        more.get(all, MAP, more.remaining());
        return all;
    }

    private ByteBuffer attribute(String name) {
        ByteBuffer all = attributes();
        String what = "inode " + number;
        return ExtAttributes.entries(all, 0, what).stream()
                .filter(entry ->
                        entry.kind() == ExtAttributes.SYSTEM && entry.name().equals(name))
                .findFirst()
                .map(entry -> ExtAttributes.value(all, entry, what))
                .orElseGet(() -> ByteBuffer.allocate(0));
    }

    /** The extended attributes that lie in the inode, little-endian; empty if there are none. */
    ByteBuffer attributes() {
        int start = fixed();
        return start + 4 > raw.limit() || raw.getInt(start) != ExtAttributes.MAGIC
                ? ByteBuffer.allocate(0)
                : raw.slice(start + 4, raw.limit() - start - 4).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The block of further extended attributes; 0 for none. */
    long attributeBlock() {
        return ((raw.getShort(118) & 0xffffL) << 32) | Integer.toUnsignedLong(raw.getInt(104));
    }

    private int mode() {
        return raw.getShort(0) & 0xffff;
    }

    private int flags() {
        return raw.getInt(32);
    }

    private ProblemException broken() {
        return Trouble.broken("inode " + number);
    }
}
