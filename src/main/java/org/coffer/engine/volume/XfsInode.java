package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * An inode, of version 1 to 3.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>On-disk Inode</i>.
 *
 * @param id its number
 * @param mode kind and rights, 16 bits
 * @param format how {@code fork} is to be taken
 * @param links how many names it has
 * @param user number of its user
 * @param group number of its group
 * @param size bytes of its content
 * @param accessed when it was read last
 * @param modified when its content changed last
 * @param created when it was made, which version 3 keeps
 * @param realtime whether its content is on the real-time device
 * @param extents how many runs its content has
 * @param fork where its content is told, from byte 0 to the limit
 * @param attributes where its extended attributes are told; empty if it has none
 */
record XfsInode(
        long id,
        int mode,
        Format format,
        long links,
        long user,
        long group,
        long size,
        Instant accessed,
        Instant modified,
        Optional<Instant> created,
        boolean realtime,
        long extents,
        ByteBuffer fork,
        Optional<Attributes> attributes) {
    /**
     * Where extended attributes are told.
     *
     * @param format how {@code fork} is to be taken
     * @param extents how many runs they have
     * @param fork from byte 0 to the limit
     */
    record Attributes(Format format, long extents, ByteBuffer fork) {}

    /** What lies in the fork, in the order of their numbers. */
    enum Format {
        /** A device's number. */
        DEVICE,
        /** The content itself. */
        LOCAL,
        /** Its runs of blocks. */
        EXTENTS,
        /** The root of a tree of its runs. */
        TREE
    }

    /** Where the checksum lies. */
    static final int CHECKSUM = 100;

    private static final int MAGIC = 0x494e;
    private static final int V2_LENGTH = 100;
    private static final int V3_LENGTH = 176;
    private static final int REALTIME = 1;
    private static final long BIG_TIME = 1 << 3;
    private static final long MANY_EXTENTS = 1 << 4;
    private static final long NANOS = 1_000_000_000;

    /**
     * Out of its bytes.
     *
     * @throws org.coffer.problem.ProblemException {@code files.broken} if they are no inode in use, or not this one;
     *     {@code files.unsupported}
     */
    static XfsInode of(long id, ByteBuffer bytes, boolean v5) {
        String what = name(id);
        int version = bytes.get(4);
        boolean sane = Short.toUnsignedInt(bytes.getShort(0)) == MAGIC
                && (v5 ? version == 3 : version == 1 || version == 2)
                && bytes.getShort(2) != 0;
        if (!sane) {
            throw Trouble.broken(what);
        }
        long flags = 0;
        if (v5) {
            XfsSeal.check(bytes, CHECKSUM, what);
            if (bytes.getLong(152) != id) {
                throw Trouble.broken(what);
            }
            flags = bytes.getLong(120);
        }
        boolean big = (flags & BIG_TIME) != 0;
        XfsInode inode = new XfsInode(
                id,
                Short.toUnsignedInt(bytes.getShort(2)),
                format(bytes.get(5), what),
                version == 1 ? Short.toUnsignedLong(bytes.getShort(6)) : Integer.toUnsignedLong(bytes.getInt(16)),
                Integer.toUnsignedLong(bytes.getInt(8)),
                Integer.toUnsignedLong(bytes.getInt(12)),
                bytes.getLong(56),
                time(bytes, 32, big),
                time(bytes, 40, big),
                v5 ? Optional.of(time(bytes, 144, big)) : Optional.empty(),
                (bytes.getShort(90) & REALTIME) != 0,
                (flags & MANY_EXTENTS) != 0 ? bytes.getLong(24) : Integer.toUnsignedLong(bytes.getInt(76)),
                fork(bytes, v5 ? V3_LENGTH : V2_LENGTH, what),
                attributes(bytes, v5 ? V3_LENGTH : V2_LENGTH, (flags & MANY_EXTENTS) != 0));
        if (inode.size < 0 || inode.kind() == NodeKind.UNKNOWN) {
            throw Trouble.broken(what);
        }
        return inode;
    }

    /** How messages name an inode. */
    static String name(long id) {
        return "inode " + Long.toUnsignedString(id);
    }

    private static Format format(int number, String what) {
        if (number < 0 || number > 5) {
            throw Trouble.broken(what);
        }
        if (number >= Format.values().length) {
            throw Trouble.unsupported(what + " format " + number);
        }
        return Format.values()[number];
    }

    private static ByteBuffer fork(ByteBuffer bytes, int from, String what) {
        int attributes = Byte.toUnsignedInt(bytes.get(82)) * 8;
        if (from + attributes > bytes.limit()) {
            throw Trouble.broken(what);
        }
        return bytes.slice(from, attributes == 0 ? bytes.limit() - from : attributes);
    }

    private static Optional<Attributes> attributes(ByteBuffer bytes, int from, boolean many) {
        int start = Byte.toUnsignedInt(bytes.get(82)) * 8;
        int format = bytes.get(83);
        if (start == 0 || format < 1 || format >= Format.values().length) {
            return Optional.empty();
        }
        long extents = many ? Integer.toUnsignedLong(bytes.getInt(76)) : Short.toUnsignedInt(bytes.getShort(80));
        if (extents == 0 && Format.values()[format] == Format.EXTENTS) {
            return Optional.empty(); // Only the place is there.
        }
        ByteBuffer fork = bytes.slice(from + start, bytes.limit() - from - start);
        return Optional.of(new Attributes(Format.values()[format], extents, fork));
    }

    /** The same inode with its extended attributes in the place of its content, for {@link XfsMap}. */
    XfsInode of(Attributes told) {
        return new XfsInode(
                id,
                mode,
                told.format,
                links,
                user,
                group,
                size,
                accessed,
                modified,
                created,
                false,
                told.extents,
                told.fork,
                Optional.empty());
    }

    /** 32 bits each of seconds and nanoseconds, or nanoseconds since 1901, as many as fit below 1970. */
    private static Instant time(ByteBuffer bytes, int at, boolean big) {
        if (!big) {
            return Instant.ofEpochSecond(bytes.getInt(at), bytes.getInt(at + 4));
        }
        long nanos = bytes.getLong(at);
        return Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS) + Integer.MIN_VALUE, Long.remainderUnsigned(nanos, NANOS));
    }

    /** What it is. */
    NodeKind kind() {
        return switch (mode >> 12) {
            case 0x1, 0x2, 0x6, 0xc -> NodeKind.SPECIAL;
            case 0x4 -> NodeKind.FOLDER;
            case 0x8 -> NodeKind.FILE;
            case 0xa -> NodeKind.LINK;
            default -> NodeKind.UNKNOWN;
        };
    }

    /** As all file systems tell it. */
    Node node() {
        return new Node(
                id,
                kind(),
                kind() == NodeKind.FILE || kind() == NodeKind.LINK ? size : 0,
                modified,
                Optional.of(accessed),
                created,
                Optional.of(new Node.Owner(user, group, mode & 0xfff)),
                Math.clamp(links, 1, Integer.MAX_VALUE));
    }
}
