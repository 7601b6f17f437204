package org.coffer.console.file;

import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * What is in a folder.
 *
 * @param entries folders first, then by name
 * @param problem why there may be more than these: a part of the folder is damaged, or {@code files.many} if it has more
 *     names than are shown
 */
public record FileListing(List<FileEntry> entries, Optional<Problem> problem) {
    /** Keeps a copy of {@code entries}. */
    public FileListing {
        entries = List.copyOf(entries);
    }
}
