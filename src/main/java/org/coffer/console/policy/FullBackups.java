package org.coffer.console.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Origin;

/** Which run of a policy makes a full backup (P4). */
final class FullBackups {
    private FullBackups() {}

    /**
     * Whether the backup of a slot is a full one: after the last full one of the disk there are {@code every} incremental
     * automatic ones, and that full one, whoever made it, is at least a day older than the slot. One that comes too soon
     * waits for the next slot. One that ran late, made up for, is as old as it really is, and one that a wrong clock dated
     * ahead is none.
     *
     * @param history all backups of the disk in the vault
     */
    static boolean due(OptionalInt every, List<Backup> history, Instant slot, Instant now) {
        if (every.isEmpty()) {
            return false;
        }
        List<Backup> good = history.stream()
                .filter(Backup::restorable)
                .filter(backup -> !backup.createdAt().isAfter(now))
                .sorted(Comparator.comparing(Backup::createdAt).reversed())
                .toList();
        Optional<Backup> last =
                good.stream().filter(backup -> backup.kind() == Kind.FULL).findFirst();
        long since = good.stream()
                .takeWhile(backup -> backup.kind() != Kind.FULL)
                .filter(backup -> backup.origin() == Origin.AUTOMATIC)
                .count();
        boolean soon = last.filter(full -> slot.isBefore(begun(full).plus(PolicyRules.BETWEEN_FULL)))
                .isPresent();
        return since >= every.getAsInt() && !soon;
    }

    /** In time for its slot it counts from there, or a few seconds of delay would put off the next one. */
    private static Instant begun(Backup full) {
        return full.automatic()
                .map(Backup.Automatic::slot)
                .filter(slot -> !full.createdAt().isAfter(slot.plus(Scheduler.GRACE)))
                .orElse(full.createdAt());
    }
}
