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
 * @param taken paths at the target that are there already, of what was chosen itself: at most {@value #NAMED}
 * @param takenCount how many there are
 * @param unreadable what cannot be read or cannot exist at the target, of what was looked at; at most {@value #NAMED}
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
        int takenCount,
        List<FileFailure> unreadable,
        List<Problem> blocking,
        List<Problem> warnings) {
    /** So many are named. */
    public static final int NAMED = 20;

    /** Whether nothing stands in the way. */
    public boolean possible() {
        return blocking.isEmpty();
    }
}
