package org.coffer.console.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.coffer.engine.store.FolderStore;
import org.coffer.problem.Problem;

/**
 * Finds a folder again whose disk came back under another mount point (L1): below every place where something is
 * mounted now it tries the tails of the old path.
 *
 * <p>The location's own marker is needed but not enough, because a copy of the folder carries it too. To follow an old
 * copy would split the location in two: new backups would go where the newest are missing. So a folder is followed only
 * if it is the only one with the marker that has everything this home knows to be there; in any other case nothing is
 * followed, and the user is told which folders were found.
 */
final class Finder {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private Finder() {}

    /** What became of a folder that does not answer any more. */
    sealed interface Found {
        /** Nothing like it is mounted. */
        record Nowhere() implements Found {}

        /** It is there now. */
        record At(Path path) implements Found {}

        /** There is something like it that cannot be trusted to be it. */
        record Doubtful(Problem problem) implements Found {}
    }

    /**
     * Looks for a location's folder.
     *
     * @param row what is known of it
     * @param old where it was
     * @param complete whether a folder with the right marker has everything that should be there
     */
    static Found find(LocationStore.Row row, Path old, Predicate<Path> complete) {
        List<Path> candidates = candidates(old, row.marker());
        List<Path> whole = candidates.stream().filter(complete).toList();
        if (whole.size() == 1) {
            return new Found.At(whole.getFirst());
        }
        if (whole.size() > 1) {
            return new Found.Doubtful(Problem.of(
                    "location.copies",
                    "location",
                    row.name(),
                    "path",
                    whole.get(0).toString(),
                    "other",
                    whole.get(1).toString()));
        }
        return candidates.isEmpty()
                ? new Found.Nowhere()
                : new Found.Doubtful(Problem.of(
                        "location.old-copy",
                        "location",
                        row.name(),
                        "path",
                        old.toString(),
                        "other",
                        candidates.getFirst().toString()));
    }

    /** Folders with this marker, each once however often it is mounted. */
    private static List<Path> candidates(Path old, String marker) {
        Map<Object, Path> found = new LinkedHashMap<>();
        for (Path mount : mountPoints()) {
            for (int from = 0; from <= old.getNameCount(); from++) {
                Path tail = from == old.getNameCount() ? Path.of("") : old.subpath(from, old.getNameCount());
                Path candidate = mount.resolve(tail).normalize();
                if (!candidate.equals(old)
                        && FolderStore.identify(candidate)
                                .filter(marker::equals)
                                .isPresent()) {
                    found.putIfAbsent(key(candidate), candidate);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The same for two paths of one folder. */
    private static Object key(Path folder) {
        try {
            Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            return key == null ? folder : key;
        } catch (IOException e) {
            return folder;
        }
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
