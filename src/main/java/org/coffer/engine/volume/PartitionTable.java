package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A disk's partition table: GPT (UEFI specification, chapter 5) or MBR with its chain of logical partitions.
 *
 * @param id {@code gpt:} and the disk's GUID, {@code mbr:} and its signature, or empty if the signature is 0
 * @param parts number and place of each partition; content not looked at yet
 */
public record PartitionTable(String id, List<Part> parts) {
    private static final int MOST_LOGICAL = 60;

    /** Reads bytes of the disk at a place; the buffer is shorter than asked where the disk ends. */
    @FunctionalInterface
    public interface Reader {
        /** Reads {@code length} bytes, or as many as there are. */
        ByteBuffer read(long position, int length) throws IOException;
    }

    /** The table of a disk of {@code size} bytes, if there is one; of a GPT whose entries are harmed at both places, no parts. */
    public static Optional<PartitionTable> read(Reader disk, long size) throws IOException {
        Optional<GptHeader> gpt = GptHeader.find(disk);
        return gpt.isPresent() ? Optional.of(gpt(disk, gpt.get(), size)) : mbr(disk, size);
    }

    private static PartitionTable gpt(Reader disk, GptHeader header, long size) throws IOException {
        Optional<GptTable> first = GptTable.of(disk, header);
        Optional<GptTable> table = first.isPresent() ? first : GptTable.second(disk, header);
        return new PartitionTable(
                "gpt:" + header.guid(), table.map(sound -> parts(sound, size)).orElse(List.of()));
    }

    private static List<Part> parts(GptTable table, long size) {
        List<Part> parts = new ArrayList<>();
        int sector = table.header().sector();
        ByteBuffer entries = table.entries();
        for (int i = 0; i < table.header().count(); i++) {
            int at = i * table.header().entrySize();
            boolean unused = entries.getLong(at) == 0 && entries.getLong(at + 8) == 0;
            long first = entries.getLong(at + 32);
            long last = entries.getLong(at + 40);
            if (!unused && first > 0 && last >= first && last < size / sector) {
                parts.add(new Part(i + 1, first * sector, (last - first + 1) * sector, ""));
            }
        }
        return parts;
    }

    private static Optional<PartitionTable> mbr(Reader disk, long size) throws IOException {
        ByteBuffer sector = disk.read(0, 512).order(ByteOrder.LITTLE_ENDIAN);
        if (!isTable(sector)) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int at = 446 + 16 * i;
            // Boot sectors of file systems end with the same mark; their code does not look like four entries.
            if ((sector.get(at) & 0x7f) != 0) {
                return Optional.empty();
            }
            int type = sector.get(at + 4);
            long start = Integer.toUnsignedLong(sector.getInt(at + 8)) * 512;
            long length = Integer.toUnsignedLong(sector.getInt(at + 12)) * 512;
            if (type == 0 || length == 0) {
                continue;
            }
            if (start == 0 || start >= size) {
                return Optional.empty();
            }
            if (isExtended(type)) {
                logical(disk, start, parts);
            } else {
                parts.add(new Part(i + 1, start, length, ""));
            }
        }
        int signature = sector.getInt(440);
        if (parts.isEmpty() && signature == 0) {
            return Optional.empty();
        }
        parts.sort(java.util.Comparator.comparingInt(Part::number));
        String id = signature == 0 ? "" : "mbr:" + HexFormat.of().toHexDigits(signature);
        return Optional.of(new PartitionTable(id, parts));
    }

    private static void logical(Reader disk, long extended, List<Part> parts) throws IOException {
        long at = extended;
        for (int number = 5; number < 5 + MOST_LOGICAL; number++) {
            ByteBuffer sector = disk.read(at, 512).order(ByteOrder.LITTLE_ENDIAN);
            if (!isTable(sector)) {
                return;
            }
            long length = Integer.toUnsignedLong(sector.getInt(446 + 12)) * 512;
            if (length > 0) {
                parts.add(new Part(number, at + Integer.toUnsignedLong(sector.getInt(446 + 8)) * 512, length, ""));
            }
            long next = Integer.toUnsignedLong(sector.getInt(462 + 8)) * 512;
            if (next == 0) {
                return;
            }
            at = extended + next;
        }
    }

    private static boolean isTable(ByteBuffer sector) {
        return sector.limit() >= 512 && sector.getShort(510) == (short) 0xaa55;
    }

    /** Whether a type of an MBR means a partition that holds logical ones. */
    static boolean isExtended(int type) {
        return type == 0x05 || type == 0x0f || type == (byte) 0x85;
    }
}
