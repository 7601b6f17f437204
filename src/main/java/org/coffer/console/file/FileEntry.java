package org.coffer.console.file;

import java.time.Instant;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * A file, a folder or a link in a backup.
 *
 * @param path where it lies
 * @param kind what it is; as far as its folder tells if there is a problem
 * @param size bytes of a file's content; 0 for others
 * @param modified when its content changed last
 * @param created when it was made, where the file system keeps that
 * @param owner whose it is, where the file system keeps that in this form
 * @param target where a link leads, as it is written there
 * @param problem why nothing more than its name is known: {@code files.broken}, {@code vault.damaged} and their like; size and
 *     times mean nothing then
 */
public record FileEntry(
        FilePath path,
        FileKind kind,
        long size,
        Instant modified,
        Optional<Instant> created,
        Optional<FileOwner> owner,
        Optional<String> target,
        Optional<Problem> problem) {
    /** Its name. */
    public String name() {
        return path.name();
    }

    /** Whether it has other names in it. */
    public boolean isFolder() {
        return kind == FileKind.FOLDER;
    }
}
