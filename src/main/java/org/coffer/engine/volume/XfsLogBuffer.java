package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * What the log says of a buffer: which of its pieces of 128 bytes were changed, and to what; or that nothing of it counts any more.
 *
 * @param pieces the item's; the first tells what the others are
 */
record XfsLogBuffer(List<XfsLogPiece> pieces) {
    /** Bytes of a piece of it, which is changed as a whole. */
    static final int CHUNK = 128;

    private static final int SECTOR = 512;
    private static final int MOST_SECTORS = 128;
    private static final int MAP = 20;

    private static final int OF_INODES = 1;
    private static final int CANCELED = 2;
    private static final int TREE = 4;
    private static final int LINK = 9;
    private static final int FOLDER = 10;
    private static final int FOLDER_DATA = 11;
    /** Of a tree of folders or of attributes. */
    private static final int NODE = 15;

    private static final int ATTRIBUTES = 16;
    private static final int ATTRIBUTE = 17;
    private static final int SUPERBLOCK = 18;
    private static final Set<Integer> READ =
            Set.of(TREE, LINK, FOLDER, FOLDER_DATA, NODE, ATTRIBUTES, ATTRIBUTE, SUPERBLOCK);

    /**
     * Where a buffer lies.
     *
     * @param sector its first, of 512 bytes
     * @param sectors how many it has
     */
    record Place(long sector, int sectors) {
        /** Its first byte. */
        long start() {
            return sector * SECTOR;
        }

        /** Its bytes. */
        int length() {
            return sectors * SECTOR;
        }

        /** A number of its own, if it makes sense. */
        long key() {
            return sector * (MOST_SECTORS + 1) + sectors;
        }

        /** Whether there can be one. */
        boolean isSound() {
            return sector >= 0
                    && sector <= Long.MAX_VALUE / SECTOR - MOST_SECTORS
                    && sectors >= 0
                    && sectors <= MOST_SECTORS;
        }
    }

    /** Takes the first bytes of a piece, and where they belong on the volume. */
    @FunctionalInterface
    interface Writes {
        void take(long position, XfsLogPiece piece, int length);
    }

    private ByteBuffer format() {
        return pieces.getFirst().bytes();
    }

    /** Whether it makes sense. */
    boolean isSound() {
        if (format().limit() < MAP) {
            return false;
        }
        int words = format().getInt(16);
        return words >= 0
                && words <= MOST_SECTORS * SECTOR / CHUNK / Integer.SIZE + 1
                && format().limit() >= MAP + words * 4
                && place().isSound();
    }

    Place place() {
        return new Place(format().getLong(8), Short.toUnsignedInt(format().getShort(6)));
    }

    /** Whether its blocks were given away, so that nothing that was logged of it before may be brought back. */
    boolean isCanceled() {
        return (flags() & CANCELED) != 0;
    }

    /** Whether it has something that is read here; of inodes it has only the list of those without a name. */
    boolean isWanted(boolean v5) {
        int type = flags() >> 11;
        return (flags() & OF_INODES) == 0 && (READ.contains(type) || (!v5 && type == 0));
    }

    private int flags() {
        return Short.toUnsignedInt(format().getShort(4));
    }

    /**
     * Hands out what was changed: each piece of the item is as many chunks as it holds, of one run of bits in the map; false if that
     * makes no sense.
     */
    boolean write(Writes writes) {
        int bits = format().getInt(16) * Integer.SIZE;
        int bit = 0;
        for (XfsLogPiece piece : pieces.subList(1, pieces.size())) {
            while (bit < bits && !isSet(bit)) {
                bit++;
            }
            int from = bit;
            int most = from + piece.bytes().limit() / CHUNK;
            while (bit < bits && bit < most && isSet(bit)) {
                bit++;
            }
            int length = (bit - from) * CHUNK;
            boolean fits = length > 0 && bit * CHUNK <= place().length();
            if (!fits) {
                return false;
            }
            writes.take(place().start() + (long) from * CHUNK, piece, length);
        }
        return true;
    }

    private boolean isSet(int bit) {
        return (format().getInt(MAP + bit / Integer.SIZE * 4) & 1 << bit % Integer.SIZE) != 0;
    }
}
