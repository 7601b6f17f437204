package org.coffer.window.wizard;

import java.util.List;
import java.util.UUID;
import org.coffer.console.file.FilePath;
import org.coffer.window.files.FileNames;
import org.coffer.window.kit.Sentence;

/**
 * Files and folders that shall come back.
 *
 * @param disk the disk they were on
 * @param diskName what it is called
 * @param paths where they lie on it; at least one
 * @param folder whether the only one of them is a folder
 */
record WantedFiles(UUID disk, String diskName, List<FilePath> paths, boolean folder) {
    /** Keeps a copy of {@code paths}. */
    WantedFiles {
        paths = List.copyOf(paths);
    }

    /** Whether it is a single file, of which there are versions. */
    boolean singleFile() {
        return paths.size() == 1 && !folder;
    }

    /** What they are called together. */
    Sentence name() {
        return FileNames.together(paths);
    }
}
