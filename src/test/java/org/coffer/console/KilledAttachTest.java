package org.coffer.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Killed while it attaches a vault from a drive. */
class KilledAttachTest extends KilledAttachContract {
    @Override
    String copied(Path lost, Path fresh) throws IOException {
        Path from = lost.resolve("place");
        Path to = fresh.resolve("drive");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path there = to.resolve(from.relativize(one).toString());
                Files.createDirectories(there.getParent());
                Files.copy(one, there);
            }
        }
        return to.toString();
    }
}
