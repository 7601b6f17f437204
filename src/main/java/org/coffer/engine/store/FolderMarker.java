package org.coffer.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder's {@link LocationMarker}. */
final class FolderMarker {
    private FolderMarker() {}

    /** The id in the folder's marker; empty if there is no marker or it cannot be understood. */
    static Optional<String> read(Path folder) throws IOException {
        Path file = folder.resolve(LocationMarker.NAME);
        // Anybody who can write there can put something that never ends, which the limit ends, or that never begins,
        // such as a pipe: that is a location that does not answer, for PatientStore.
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return LocationMarker.id(in.readNBytes(LocationMarker.LIMIT + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
