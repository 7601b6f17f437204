package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The header of a GUID partition table (UEFI specification, 5.3.2), sound by its own checksum.
 *
 * @param bytes the header's sector as it lies on the disk, little-endian
 * @param sector bytes in a sector of the disk the table was made for: 512 or 4096
 */
public record GptHeader(ByteBuffer bytes, int sector) {
    private static final long SIGNATURE = 0x5452415020494645L;
    private static final int MOST_ENTRIES = 1024;

    private static final int LENGTH = 12;
    private static final int CHECKSUM = 16;
    private static final int MINE = 24;
    private static final int OTHER = 32;
    private static final int LAST_USABLE = 48;
    private static final int GUID = 56;
    private static final int ENTRIES = 72;
    private static final int COUNT = 80;
    private static final int ENTRY_SIZE = 84;
    private static final int ENTRIES_CHECKSUM = 88;

    /** The first header of a disk, if it has a sound one. */
    public static Optional<GptHeader> find(PartitionTable.Reader disk) throws IOException {
        for (int sector : new int[] {512, 4096}) {
            Optional<GptHeader> found = parse(disk.read(sector, sector), sector);
            if (found.isPresent() && found.get().mine() == 1) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A header out of its sector; empty if it is none or its checksum is wrong. */
    public static Optional<GptHeader> parse(ByteBuffer raw, int sector) {
        ByteBuffer bytes = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < sector || bytes.getLong(0) != SIGNATURE) {
            return Optional.empty();
        }
        int length = bytes.getInt(LENGTH);
        if (length < 92 || length > sector || bytes.getInt(CHECKSUM) != checksum(bytes, length)) {
            return Optional.empty();
        }
        GptHeader header = new GptHeader(bytes, sector);
        boolean sane = header.entrySize() >= 128
                && header.entrySize() <= 4096
                && header.count() > 0
                && header.count() <= MOST_ENTRIES
                && isSector(header.entries())
                && isSector(header.other());
        return sane ? Optional.of(header) : Optional.empty();
    }

    /** Whether there can be a disk that has it. */
    private static boolean isSector(long number) {
        return number >= 0 && number < Long.MAX_VALUE >> 13;
    }

    private static int checksum(ByteBuffer bytes, int length) {
        byte[] copy = new byte[length];
        bytes.get(0, copy);
        for (int i = 0; i < 4; i++) {
            copy[CHECKSUM + i] = 0;
        }
        return crc(ByteBuffer.wrap(copy));
    }

    /** CRC-32 as the table uses it. */
    public static int crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Sector in which this header lies. */
    public long mine() {
        return bytes.getLong(MINE);
    }

    /** Sector of the other copy. */
    public long other() {
        return bytes.getLong(OTHER);
    }

    /** Last sector a partition may use. */
    public long lastUsable() {
        return bytes.getLong(LAST_USABLE);
    }

    /** Sector at which the entries begin. */
    public long entries() {
        return bytes.getLong(ENTRIES);
    }

    /** How many entries there is room for. */
    public int count() {
        return bytes.getInt(COUNT);
    }

    /** Bytes of an entry. */
    public int entrySize() {
        return bytes.getInt(ENTRY_SIZE);
    }

    /** Bytes of all entries. */
    public int entriesLength() {
        return count() * entrySize();
    }

    /** Checksum of the entries, as the header has it. */
    public int entriesChecksum() {
        return bytes.getInt(ENTRIES_CHECKSUM);
    }

    /** The disk's GUID as users write it: the first three groups are stored little-endian. */
    public String guid() {
        return String.format(
                "%08x-%04x-%04x-%04x-%012x",
                bytes.getInt(GUID),
                bytes.getShort(GUID + 4) & 0xffff,
                bytes.getShort(GUID + 6) & 0xffff,
                Short.reverseBytes(bytes.getShort(GUID + 8)) & 0xffff,
                Long.reverseBytes(bytes.getLong(GUID + 8)) & 0xffff_ffff_ffffL);
    }

    /** The same header for the entries of another copy of its table, with new checksums. */
    public GptHeader withEntriesOf(GptHeader copy) {
        return describing(copy.entriesChecksum());
    }

    /** The same header for other entries, with new checksums. */
    GptHeader describing(ByteBuffer entries) {
        return describing(crc(entries));
    }

    private GptHeader describing(int entriesChecksum) {
        ByteBuffer copy = ByteBuffer.allocate(sector).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(0, bytes, 0, sector);
        copy.putInt(ENTRIES_CHECKSUM, entriesChecksum);
        copy.putInt(CHECKSUM, checksum(copy, copy.getInt(LENGTH)));
        return new GptHeader(copy, sector);
    }

    /** The same header for other places, with a new checksum. */
    public GptHeader moved(long mine, long other, long lastUsable, long entries) {
        ByteBuffer copy = ByteBuffer.allocate(sector).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(0, bytes, 0, sector);
        copy.putLong(MINE, mine)
                .putLong(OTHER, other)
                .putLong(LAST_USABLE, lastUsable)
                .putLong(ENTRIES, entries);
        copy.putInt(CHECKSUM, checksum(copy, copy.getInt(LENGTH)));
        return new GptHeader(copy, sector);
    }
}
