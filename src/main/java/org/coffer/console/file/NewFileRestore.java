package org.coffer.console.file;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Files to be restored.
 *
 * @param backup where from
 * @param files files, folders with all that is in them, and links; at least one. What lies within another of them comes with it
 * @param place where to
 * @param conflict what becomes of names that are taken
 */
public record NewFileRestore(UUID backup, List<FilePath> files, Place place, Conflict conflict) {
    /** Keeps a copy of {@code files}. */
    public NewFileRestore {
        files = List.copyOf(files);
    }

    /** Where files are restored to. */
    public sealed interface Place {
        /**
         * Each into the folder that it was in ({@link BackupFiles#origin}): with {@link Conflict#KEEP} beside what is there now,
         * else back in its place.
         */
        record Original() implements Place {}

        /** Into one folder, which is made if its parent is there. */
        record Folder(Path path) implements Place {}
    }
}
