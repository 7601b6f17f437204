package org.coffer.console.opened;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.engine.nbd.OverlayDisk;
import org.coffer.engine.nbd.ReadableDisk;

/** What was written to open disks: a folder for each, in the home. Not encrypted; its user's alone. */
final class Overlays {
    private final Path folder;

    Overlays(Path home) {
        this.folder = home.resolve("overlays");
    }

    Path folder() {
        return folder;
    }

    Path of(UUID id) {
        return folder.resolve(id.toString());
    }

    OverlayDisk open(UUID id, ReadableDisk below) throws IOException {
        return OverlayDisk.open(PrivateFolder.make(of(id)), below);
    }

    /** Throws away what was written, if anything was. */
    void remove(UUID id) throws IOException {
        if (!Files.exists(of(id))) {
            return;
        }
        try (Stream<Path> all = Files.walk(of(id))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
