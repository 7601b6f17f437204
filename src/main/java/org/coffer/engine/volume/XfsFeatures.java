package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What of XFS a superblock says is used, as far as reading has to know it.
 *
 * @param v5 whether metadata carries checksums and owners (version 5), or not (version 4)
 * @param ftype whether folders say what a name stands for
 */
record XfsFeatures(boolean v5, boolean ftype) {
    private static final int VERSION = 100;
    private static final int FEATURES2 = 200;
    private static final int BAD_FEATURES2 = 204;
    private static final int INCOMPAT = 216;

    private static final int DIRECTORY_V2 = 0x2000;
    private static final int MORE_BITS = 0x8000;
    private static final int V4_FTYPE = 0x200;
    /** Lazy counters, attr2, parent pointers of IRIX, 32-bit project ids, checksums, ftype, and two reserved ones. */
    private static final int V4_READ = 0x39f;

    private static final int FTYPE = 1;
    private static final int NEEDS_REPAIR = 1 << 4;
    /** In the order of their bits. */
    private static final List<String> INCOMPATIBLE = List.of(
            "FTYPE",
            "SPINODES",
            "META_UUID",
            "BIGTIME",
            "NEEDSREPAIR",
            "NREXT64",
            "EXCHRANGE",
            "PARENT",
            "METADIR",
            "ZONED",
            "ZONE_GAPS");
    /** Up to PARENT: none of these moves what is read here, or each inode says itself that it uses it. */
    private static final int READ = 0xff;

    /**
     * Out of a superblock.
     *
     * @throws org.coffer.problem.ProblemException {@code files.unsupported} naming all that is not read here; {@code files.broken} for
     *     one whose own repair was begun and not ended
     */
    static XfsFeatures of(ByteBuffer superblock) {
        int version = Short.toUnsignedInt(superblock.getShort(VERSION));
        return switch (version & 0xf) {
            case 5 -> five(superblock.getInt(INCOMPAT));
            case 4 -> four(version, superblock.getInt(FEATURES2) | superblock.getInt(BAD_FEATURES2));
            default -> throw Trouble.unsupported("XFS version " + (version & 0xf));
        };
    }

    private static XfsFeatures five(int incompatible) {
        if ((incompatible & ~READ) != 0) {
            throw Trouble.unsupported(names(incompatible & ~READ));
        }
        if ((incompatible & NEEDS_REPAIR) != 0) {
            throw Trouble.broken("superblock NEEDSREPAIR");
        }
        return new XfsFeatures(true, (incompatible & FTYPE) != 0);
    }

    private static String names(int bits) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((bits & 1 << bit) != 0) {
                names.add(bit < INCOMPATIBLE.size() ? INCOMPATIBLE.get(bit) : "incompat bit " + bit);
            }
        }
        return String.join(", ", names);
    }

    private static XfsFeatures four(int version, int features2) {
        if ((version & DIRECTORY_V2) == 0) {
            throw Trouble.unsupported("XFS directory version 1");
        }
        int more = (version & MORE_BITS) == 0 ? 0 : features2;
        if ((more & ~V4_READ) != 0) {
            throw Trouble.unsupported("features2 0x" + Integer.toHexString(more & ~V4_READ));
        }
        return new XfsFeatures(false, (more & V4_FTYPE) != 0);
    }
}
