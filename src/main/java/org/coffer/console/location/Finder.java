package org.coffer.console.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.engine.store.FolderStore;

/**
 * Finds a folder again whose disk came back under another mount point (L1): below every place where something is
 * mounted now it tries the tails of the old path, and believes only the location's own marker.
 */
final class Finder {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private Finder() {}

    static Optional<Path> find(Path old, String marker) {
        for (Path mount : mountPoints()) {
            for (int from = 0; from <= old.getNameCount(); from++) {
                Path tail = from == old.getNameCount() ? Path.of("") : old.subpath(from, old.getNameCount());
                Path candidate = mount.resolve(tail).normalize();
                if (!candidate.equals(old)
                        && FolderStore.identify(candidate)
                                .filter(marker::equals)
                                .isPresent()) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> mountPoints() {
        try {
            if (!Files.isReadable(MOUNTS)) {
                return List.of();
            }
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" "))
                    .filter(fields -> fields.length > 2 && fields[0].startsWith("/"))
                    .map(fields -> Path.of(unescaped(fields[1])))
                    .filter(mount -> mount.getNameCount() > 0)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The kernel writes blanks and backslashes in octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
