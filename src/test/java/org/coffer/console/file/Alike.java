package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of this computer as lines that can be compared: kind, owner, rights, time, content, links. */
final class Alike {
    private Alike() {}

    /** All that is below a folder, by its path there; times in seconds, which is what {@code mke2fs} copies. */
    static NavigableMap<String, String> lines(Path folder) throws IOException {
        NavigableMap<String, String> lines = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.skip(1).toList()) {
                lines.put(folder.relativize(path).toString(), line(path));
            }
        }
        return lines;
    }

    private static String line(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        String content = file
                ? Files.size(path) + " bytes " + java.util.Arrays.hashCode(Files.readAllBytes(path)) + " names "
                        + all.get("nlink")
                : Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path) : "";
        long time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .getEpochSecond();
        return Integer.toOctalString((Integer) Objects.requireNonNull(all.get("mode"))) + ' ' + all.get("uid") + ':'
                + all.get("gid") + " @" + time + ' ' + content;
    }

    /** Bytes that a file takes on its drive. */
    static long taken(Path file) {
        return 512 * Long.parseLong(org.coffer.machine.Shell.run("stat", "-c", "%b", file.toString()));
    }
}
