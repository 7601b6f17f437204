package org.coffer.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coffer.machine.Identities.Evidence;

/** What was last seen of each disk identity, kept in a small text file: a line a disk, its fields URL-encoded. */
final class DiskMemory {
    private static final int MOST = 1000;

    private final Path file;

    DiskMemory(Path file) {
        this.file = file;
    }

    /** Everything remembered, oldest first. Lines that make no sense are left out. */
    Map<String, Evidence> load() {
        Map<String, Evidence> memory = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split(" ", -1);
                if (fields.length == 6 && fields[4].matches("\\d{1,18}")) {
                    Evidence seen = new Evidence(
                            plain(fields[1]),
                            plain(fields[2]),
                            plain(fields[3]),
                            Long.parseLong(fields[4]),
                            fields[5].equals("sure"));
                    memory.put(plain(fields[0]), seen);
                }
            }
        } catch (NoSuchFileException e) {
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory;
    }

    /** Replaces the file in one step. Of very many disks those at the front are forgotten. */
    void save(Map<String, Evidence> memory) {
        List<String> lines = new ArrayList<>();
        memory.forEach((identity, seen) -> lines.add(String.join(
                " ",
                coded(identity),
                coded(seen.hardware()),
                coded(seen.content()),
                coded(seen.place()),
                Long.toString(seen.size()),
                seen.sure() ? "sure" : "place")));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.deleteIfExists(fresh);
            if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // Serial numbers are nobody else's business.
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(fresh, lines.subList(Math.max(0, lines.size() - MOST), lines.size()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String plain(String coded) {
        return URLDecoder.decode(coded, StandardCharsets.UTF_8);
    }
}
