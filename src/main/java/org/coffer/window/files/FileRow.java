package org.coffer.window.files;

import java.time.Instant;
import java.util.Optional;
import org.coffer.console.file.FileEntry;
import org.coffer.console.file.FileKind;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileVolume;
import org.coffer.problem.Problem;

/**
 * A line of a folder, of what a search found, or of the list of volumes.
 *
 * @param path where it lies
 * @param kind what it is; a volume is a folder
 * @param size bytes of a file, or of a volume
 * @param modified when it was changed last; empty where that is not known
 * @param volume the volume, if it is one
 * @param problem why it cannot be opened
 */
public record FileRow(
        FilePath path,
        FileKind kind,
        long size,
        Optional<Instant> modified,
        Optional<FileVolume> volume,
        Optional<Problem> problem) {

    static FileRow of(FileEntry entry) {
        return new FileRow(
                entry.path(),
                entry.kind(),
                entry.size(),
                entry.problem().isPresent() ? Optional.empty() : Optional.of(entry.modified()),
                Optional.empty(),
                entry.problem());
    }

    static FileRow of(FileVolume volume) {
        return new FileRow(
                volume.root(), FileKind.FOLDER, volume.size(), Optional.empty(), Optional.of(volume), volume.problem());
    }

    /** What names it among others. */
    String id() {
        return path.text();
    }

    /** Whether something is in it. */
    public boolean isFolder() {
        return kind == FileKind.FOLDER;
    }
}
