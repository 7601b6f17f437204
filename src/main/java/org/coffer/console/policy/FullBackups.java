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
     * waits for the next slot.
     *
     * @param history all backups of the disk in the vault
     */
    static boolean due(OptionalInt every, List<Backup> history, Instant slot) {
        if (every.isEmpty()) {
            return false;
        }
        List<Backup> good = history.stream()
                .filter(Backup::restorable)
                .sorted(Comparator.comparing(Backup::createdAt).reversed())
                .toList();
        Optional<Backup> last =
                good.stream().filter(backup -> backup.kind() == Kind.FULL).findFirst();
        if (last.isEmpty()) {
            return false; // The first one is full anyway.
        }
        long since = good.stream()
                .takeWhile(backup -> backup.kind() != Kind.FULL)
                .filter(backup -> backup.origin() == Origin.AUTOMATIC)
                .count();
        Instant planned = last.get()
                .automatic()
                .map(Backup.Automatic::slot)
                .orElse(last.get().createdAt());
        return since >= every.getAsInt() && !slot.isBefore(planned.plus(PolicyRules.BETWEEN_FULL));
    }
}
