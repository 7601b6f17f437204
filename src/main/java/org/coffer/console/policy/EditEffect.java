package org.coffer.console.policy;

import java.util.List;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;

/**
 * Which backups an edit of a policy lets go that would stay without it (P7, P15).
 *
 * @param atOnce at the next clean-up, without anything else happening: what had run out while the policy was off
 * @param afterNext after the next backup of their disk, because the edit counts them; those of {@code atOnce} are not
 *     repeated
 */
public record EditEffect(List<Backup> atOnce, List<Backup> afterNext) {
    /** How many in all: the number that the button names. */
    public int count() {
        return atOnce.size() + afterNext.size();
    }

    /** All of them, those that go at once first. */
    public Stream<Backup> all() {
        return Stream.concat(atOnce.stream(), afterNext.stream());
    }

    /** Bytes that go with them at once, an estimate. */
    public long frees() {
        return all().mapToLong(backup -> backup.sizes().freesNow()).sum();
    }
}
