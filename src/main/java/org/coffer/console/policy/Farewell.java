package org.coffer.console.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;

/**
 * What becomes of the backups of a policy that is deleted (P8): none goes by that. Its failed runs, from which nothing can be
 * restored, go after their month as always.
 *
 * @param dated those that still go, each on its date
 * @param staying those that stay until somebody deletes them: the counted ones, and what ran out while the policy was off
 */
public record Farewell(List<Backup> dated, List<Backup> staying) {
    /** When the first one goes; may be past, for one that could not be deleted then. */
    public Optional<Instant> first() {
        return dated.stream().flatMap(backup -> backup.expiresAt().stream()).min(Instant::compareTo);
    }
}
