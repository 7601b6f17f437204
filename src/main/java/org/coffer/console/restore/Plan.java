package org.coffer.console.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.machine.Body;
import org.coffer.problem.Problem;

/**
 * What a restore would do, before it does it.
 *
 * @param backup the backup
 * @param targetName what the target is called
 * @param path where the target is
 * @param targetDisk the disk that would be overwritten; empty for a new file
 * @param targetCapacity its size in bytes; the backup's for a new file
 * @param body which file or device the target disk is now; unknown for a new file
 * @param overwritesSystem whether the target is this computer's system disk
 * @param blocking why it cannot be done; empty if it can
 * @param warnings what to know before doing it
 * @param preview what else somebody wants to know before
 */
public record Plan(
        Backup backup,
        String targetName,
        Path path,
        Optional<UUID> targetDisk,
        long targetCapacity,
        Body body,
        boolean overwritesSystem,
        List<Problem> blocking,
        List<Problem> warnings,
        Preview preview) {
    /** Whether nothing stands in the way. */
    public boolean possible() {
        return blocking.isEmpty();
    }
}
