package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Finds the volumes of a disk, and opens their file systems. */
public final class Volumes {
    /** By what {@link Header#content} says. */
    private static final Map<String, Reader> READERS = Map.ofEntries(
            Map.entry("ext2", volume -> ExtFileSystem.open(volume, "ext2")),
            Map.entry("ext3", volume -> ExtFileSystem.open(volume, "ext3")),
            Map.entry("ext4", volume -> ExtFileSystem.open(volume, "ext4")),
            Map.entry("ntfs", NtfsVolume::open),
            Map.entry("vfat", volume -> FatFileSystem.open(volume, ZoneId.systemDefault())),
            Map.entry("xfs", Xfs::open));

    private Volumes() {}

    /** Opens what begins with the bytes of a volume. */
    @FunctionalInterface
    interface Reader {
        /**
         * Opens it.
         *
         * @throws ProblemException {@code files.broken}, {@code files.unsupported}
         */
        FileSystem open(Bytes volume) throws IOException;
    }

    /**
     * The volumes of a disk, in the order of their numbers: its partitions, or the whole disk if it has no table. A volume that is
     * named by the table but does not fit the disk is left out.
     */
    public static List<Volume> of(Bytes disk) throws IOException {
        Header whole = header(disk);
        // Boot sectors of FAT, NTFS and BitLocker end with the mark of an MBR.
        Optional<PartitionTable> table =
                whole.content().isEmpty() ? PartitionTable.read(reader(disk), disk.size()) : Optional.empty();
        if (table.isEmpty()) {
            return List.of(new Volume(0, 0, disk.size(), whole.content()));
        }
        List<Part> parts = table.get().parts().stream()
                .filter(part -> part.start() <= disk.size() - part.size())
                .toList();
        List<Volume> volumes = new ArrayList<>();
        for (Part part : parts) {
            String content = header(disk.part(part.start(), part.size())).content();
            volumes.add(new Volume(part.number(), part.start(), part.size(), content));
        }
        return List.copyOf(volumes);
    }

    /** What bytes begin with. */
    static Header header(Bytes bytes) throws IOException {
        return Header.of(reader(bytes).read(0, Header.LENGTH));
    }

    /** Hands bytes to readers of partition tables. */
    static PartitionTable.Reader reader(Bytes bytes) {
        return (position, length) -> {
            int there = (int) Math.clamp(bytes.size() - position, 0L, length);
            ByteBuffer read = ByteBuffer.allocate(there);
            if (there > 0) {
                bytes.read(position, read);
            }
            return read.flip();
        };
    }

    /**
     * Opens the file system of a volume.
     *
     * @throws ProblemException {@code files.encrypted}, {@code files.nothing}, {@code files.swap}, {@code files.pool} or
     *     {@code files.unknown} if its files cannot be read here, {@code files.broken}, {@code files.unsupported}, {@code files.journal} if
     *     it was in use and its journal cannot be replayed
     */
    public static FileSystem open(Bytes disk, Volume volume) throws IOException {
        if (volume.encryption().isPresent()) {
            throw new ProblemException(Problem.of("files.encrypted", "format", Header.title(volume.content())));
        }
        if (volume.content().isEmpty()) {
            throw new ProblemException(Problem.of("files.nothing"));
        }
        Reader reader = reader(volume.content()).orElseThrow(() -> new ProblemException(unread(volume.content())));
        return reader.open(volume.on(disk));
    }

    private static Problem unread(String content) {
        return switch (content) {
            case "swap" -> Problem.of("files.swap");
            case "lvm", "md" -> Problem.of("files.pool", "format", Header.title(content));
            default -> Problem.of("files.unknown", "format", Header.title(content));
        };
    }

    /** Who reads a file system of that name. */
    static Optional<Reader> reader(String content) {
        return Optional.ofNullable(READERS.get(content));
    }
}
