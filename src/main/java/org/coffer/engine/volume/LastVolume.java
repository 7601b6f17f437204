package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The volume that lies last on a disk, and how far it could reach if the disk were larger.
 *
 * <p>Only its end is ever moved: nothing else on the disk changes its place. Where that makes no sense, or where nobody here knows how,
 * there is a reason instead.
 *
 * @param volume the volume as it is
 * @param size bytes it could have
 */
public record LastVolume(Volume volume, long size) {
    /** Partitions end at multiples of this, as the tools of all systems let them. */
    private static final long ALIGNMENT = 1 << 20;

    /** Less than this is not worth a change; file systems grow in steps. */
    private static final long LEAST = 16 << 20;

    /** File systems that can be grown by their own tools without being in use, or while mounted for it. */
    private static final Set<String> GROWABLE = Set.of("ext2", "ext3", "ext4", "xfs", "ntfs");

    private static final Map<String, String> POOLS = Map.of("lvm", "grow.pool", "md", "grow.pool", "zfs", "grow.pool");

    /** Windows' own place to mend itself from: Microsoft, <i>UEFI/GPT-based hard drive partitions</i>, as it lies on the disk. */
    private static final String GPT_RECOVERY = "a4bb94ded106404da16abfd50179d6ac";

    private static final byte MBR_RECOVERY = 0x27;
    private static final byte PROTECTIVE = (byte) 0xee;
    private static final int SECTOR = 512;

    /** An MBR counts sectors in 32 bits. */
    private static final long MBR_END = 0xffff_ffffL * SECTOR;

    /**
     * Looks at a disk.
     *
     * @param larger bytes of the disk that it is, or is to be, on
     * @throws ProblemException {@code grow.same} (no room worth it), {@code grow.unknown}, {@code grow.format}, {@code grow.encrypted},
     *     {@code grow.pool}, {@code grow.logical}, {@code grow.recovery}, {@code grow.table}, {@code grow.limit}, {@code grow.in-use}
     */
    public static LastVolume on(Bytes disk, long larger) throws IOException {
        PartitionTable.Reader reader = Volumes.reader(disk);
        LastVolume found = Volumes.header(disk).content().isEmpty()
                ? ofTable(disk, reader, larger)
                : new LastVolume(whole(disk), larger / ALIGNMENT * ALIGNMENT);
        if (found.size - found.volume.size() < LEAST) {
            throw refused("grow.same");
        }
        judge(disk, found.volume);
        return found;
    }

    private static ProblemException refused(String code, Object... args) {
        return new ProblemException(Problem.of(code, args));
    }

    private static Volume whole(Bytes disk) throws IOException {
        return Volumes.of(disk).getFirst();
    }

    private static LastVolume ofTable(Bytes disk, PartitionTable.Reader reader, long larger) throws IOException {
        PartitionTable table = PartitionTable.read(reader, disk.size()).orElseThrow(() -> refused("grow.unknown"));
        List<Part> parts = table.parts().stream()
                .filter(part -> part.start() <= disk.size() - part.size())
                .toList();
        Part last = parts.stream()
                .max(Comparator.comparingLong(part -> part.start() + part.size()))
                .orElseThrow(() -> refused("grow.unknown"));
        if (parts.size() < table.parts().size()) {
            throw refused("grow.table"); // One reaches beyond the end: what lies last is not known.
        }
        boolean gpt = table.id().startsWith("gpt:");
        long room = gpt ? roomInGpt(reader, last, larger) : roomInMbr(reader, last, larger);
        String content = Volumes.header(disk.part(last.start(), last.size())).content();
        return new LastVolume(
                new Volume(last.number(), last.start(), last.size(), content),
                room / ALIGNMENT * ALIGNMENT - last.start());
    }

    private static long roomInGpt(PartitionTable.Reader reader, Part last, long larger) throws IOException {
        GptTable table = GptTable.read(reader).orElseThrow(() -> refused("grow.table"));
        if (table.end() > last.start() + last.size()) {
            throw refused("grow.table");
        }
        ByteBuffer mbr = reader.read(0, SECTOR);
        for (int entry = 0; entry < 4; entry++) {
            byte type = mbr.get(typeOf(entry));
            if (type != 0 && type != PROTECTIVE) {
                throw refused("grow.table"); // A second table that says the same would become wrong.
            }
        }
        if (table.type(last.number()).equals(GPT_RECOVERY)) {
            throw refused("grow.recovery");
        }
        return table.roomOn(larger);
    }

    private static long roomInMbr(PartitionTable.Reader reader, Part last, long larger) throws IOException {
        if (last.number() > 4) {
            throw refused("grow.logical");
        }
        ByteBuffer mbr = reader.read(0, SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        for (int entry = 0; entry < 4; entry++) {
            boolean extended = PartitionTable.isExtended(mbr.get(typeOf(entry)));
            if (extended && Integer.toUnsignedLong(mbr.getInt(typeOf(entry) + 4)) * SECTOR > last.start()) {
                throw refused("grow.logical"); // An extended one with nothing at its end, or nothing in it.
            }
        }
        if (mbr.get(typeOf(last.number() - 1)) == MBR_RECOVERY) {
            throw refused("grow.recovery");
        }
        if (last.start() + last.size() > MBR_END - LEAST && larger > MBR_END) {
            throw refused("grow.limit");
        }
        return Math.min(larger, MBR_END);
    }

    private static int typeOf(int entry) {
        return 446 + 16 * entry + 4;
    }

    private static void judge(Bytes disk, Volume volume) throws IOException {
        String content = volume.content();
        String title = Header.title(content);
        if (content.isEmpty()) {
            throw refused("grow.unknown");
        }
        if (volume.encryption().isPresent()) {
            throw refused("grow.encrypted", "format", title);
        }
        if (!GROWABLE.contains(content)) {
            throw refused(POOLS.getOrDefault(content, "grow.format"), "format", title);
        }
        if (content.equals("ntfs") && WindowsRest.isNeeded(volume.on(disk))) {
            throw refused("grow.in-use", "format", title);
        }
    }
}
