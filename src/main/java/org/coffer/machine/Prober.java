package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.engine.volume.Header;
import org.coffer.engine.volume.Part;
import org.coffer.engine.volume.PartitionTable;

/**
 * Reads the first kilobytes of a disk and of each partition, past the page cache: what a mounted file system wrote since must
 * be seen.
 */
final class Prober {
    /**
     * What was found.
     *
     * @param key identity by content: partition table, else file system on the whole disk, else empty
     * @param whole what begins at the very start
     * @param parts partitions with their content
     * @param format name of a container format when this is no raw disk
     */
    record Findings(String key, Header whole, List<Part> parts, Optional<String> format) {
        FoundDisk.Encryption encryption() {
            for (Part part : parts) {
                FoundDisk.Encryption found = Findings.encryption(part.content());
                if (found != FoundDisk.Encryption.NONE) {
                    return found;
                }
            }
            return encryption(whole.content());
        }

        private static FoundDisk.Encryption encryption(String content) {
            return switch (content) {
                case "luks" -> FoundDisk.Encryption.LUKS;
                case "bitlocker" -> FoundDisk.Encryption.BITLOCKER;
                default -> FoundDisk.Encryption.NONE;
            };
        }
    }

    private Prober() {}

    /** Looks at a disk of {@code size} bytes. */
    static Findings look(RawFile disk, long size) throws IOException {
        PartitionTable.Reader reader = (position, length) -> read(disk, position, length, size);
        ByteBuffer start = reader.read(0, Header.LENGTH);
        Header whole = Header.of(start);
        // Boot sectors of FAT, NTFS and BitLocker end with the mark of an MBR.
        Optional<PartitionTable> table =
                whole.content().isEmpty() ? PartitionTable.read(reader, size) : Optional.empty();
        List<Part> parts = new ArrayList<>();
        for (Part part : table.map(PartitionTable::parts).orElse(List.of())) {
            String content = Header.of(reader.read(part.start(), Header.LENGTH)).content();
            parts.add(new Part(part.number(), part.start(), part.size(), content));
        }
        String ofWhole = whole.id().isEmpty() ? "" : "fs:" + whole.content() + ":" + whole.id();
        String key = table.map(PartitionTable::id).filter(id -> !id.isEmpty()).orElse(ofWhole);
        return new Findings(key, whole, parts, Header.container(start));
    }

    private static ByteBuffer read(RawFile disk, long position, int length, long size) throws IOException {
        int room = (int) Math.max(0, Math.min(length, size - position));
        ByteBuffer bytes = ByteBuffer.allocate(room);
        disk.read(position, bytes);
        return bytes.flip();
    }
}
