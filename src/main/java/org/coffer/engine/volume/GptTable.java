package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A GUID partition table with its entries (UEFI specification, 5.3.3).
 *
 * @param header its header, sound by itself
 * @param entries all entries as they lie on the disk, little-endian, from 0 on
 */
public record GptTable(GptHeader header, ByteBuffer entries) {
    private static final int LAST = 40;

    /** The first table of a disk, if there is one and its entries are those that its header was written for. */
    public static Optional<GptTable> read(PartitionTable.Reader disk) throws IOException {
        Optional<GptHeader> header = GptHeader.find(disk);
        return header.isPresent() ? of(disk, header.get()) : Optional.empty();
    }

    /** The table of a header, if its entries are those that it was written for. */
    static Optional<GptTable> of(PartitionTable.Reader disk, GptHeader header) throws IOException {
        ByteBuffer read = disk.read(header.entries() * header.sector(), header.entriesLength());
        ByteBuffer entries = read.slice().order(ByteOrder.LITTLE_ENDIAN);
        boolean whole = entries.limit() == header.entriesLength() && GptHeader.crc(entries) == header.entriesChecksum();
        return whole ? Optional.of(new GptTable(header, entries)) : Optional.empty();
    }

    /** The other copy of a table, which mostly lies at the end of its disk, if it is sound. */
    static Optional<GptTable> second(PartitionTable.Reader disk, GptHeader first) throws IOException {
        int sector = first.sector();
        Optional<GptHeader> header = GptHeader.parse(disk.read(first.other() * sector, sector), sector)
                .filter(found -> found.guid().equals(first.guid()));
        return header.isPresent() ? of(disk, header.get()) : Optional.empty();
    }

    /** What a partition is for: its type's GUID as it lies there, 32 hexadecimal digits. */
    String type(int number) {
        byte[] type = new byte[16];
        entries.get(place(number), type);
        return HexFormat.of().formatHex(type);
    }

    /** First byte behind all partitions, also those that do not fit the disk. */
    long end() {
        long last = 0;
        for (int number = 1; number <= header.count(); number++) {
            int at = place(number);
            if (entries.getLong(at) != 0 || entries.getLong(at + 8) != 0) {
                last = Long.compareUnsigned(last, entries.getLong(at + LAST)) > 0 ? last : entries.getLong(at + LAST);
            }
        }
        return last < 0 || last >= Long.MAX_VALUE / header.sector() ? Long.MAX_VALUE : (last + 1) * header.sector();
    }

    /** First byte behind the room that partitions may use on a disk of {@code size} bytes, once the second copy is at its end. */
    long roomOn(long size) {
        int sector = header.sector();
        int entrySectors = Math.ceilDiv(header.entriesLength(), sector);
        return (size / sector - 1 - entrySectors) * sector;
    }

    /** The same table with another end of a partition, and the checksums that belong to it. */
    public GptTable withEnd(int number, long end) {
        ByteBuffer changed = ByteBuffer.allocate(entries.limit()).order(ByteOrder.LITTLE_ENDIAN);
        changed.put(0, entries, 0, entries.limit());
        changed.putLong(place(number) + LAST, end / header.sector() - 1);
        return new GptTable(header.describing(changed), changed);
    }

    private int place(int number) {
        return (number - 1) * header.entrySize();
    }
}
