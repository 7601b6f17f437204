package org.coffer.console.file;

import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * A place on a backed-up disk that files may lie in: a partition, or the whole disk.
 *
 * @param number of its partition, from 1; 0 for the whole disk
 * @param format its file system by its technical name, such as {@code ext4} or {@code ntfs}; empty if it is not known
 * @param label the name that somebody gave it; may be empty
 * @param size bytes
 * @param problem why its files cannot be read: {@code files.encrypted}, {@code files.nothing}, {@code files.swap}, {@code files.pool}, {@code files.unknown},
 *     {@code files.broken}, {@code files.unsupported}, {@code vault.damaged}; <em>open as disk</em> is left then
 * @param notice what is to be known of files that can be read: {@code files.seconds}
 */
public record FileVolume(
        int number, String format, String label, long size, Optional<Problem> problem, Optional<Problem> notice) {
    /** Its topmost folder. */
    public FilePath root() {
        return FilePath.root(number);
    }

    /** Whether its files can be read. */
    public boolean readable() {
        return problem.isEmpty();
    }
}
