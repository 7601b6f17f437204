package org.coffer.console.file;

import java.nio.file.Path;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.problem.Problem;

/**
 * What a restore of files would do, before it does it.
 *
 * @param backup the backup
 * @param folder where the first of them would go
 * @param files how many files and links there are, in folders too
 * @param folders how many folders
 * @param bytes what the files hold, without holes
 * @param free bytes free at the target
 * @param taken names at the target that are there already, in folders too: what is replaced or left out, or where both are kept, what
 *     gets another name, a folder with all in it as one; at most {@value #NAMED}
 * @param takenCount how many there are
 * @param unreadable what cannot be read, or cannot exist at the target; at most {@value #NAMED}
 * @param unreadableCount how much that is
 * @param blocking why it cannot be done; empty if it can
 * @param warnings what to know before doing it
 */
public record FilePlan(
        Backup backup,
        Path folder,
        long files,
        long folders,
        long bytes,
        long free,
        List<Path> taken,
        long takenCount,
        List<FileFailure> unreadable,
        long unreadableCount,
        List<Problem> blocking,
        List<Problem> warnings) {
    /** So many are named. */
    public static final int NAMED = 20;

    /** Whether nothing stands in the way. */
    public boolean possible() {
        return blocking.isEmpty();
    }
}
