package org.coffer.console.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Origin;
import org.coffer.console.policy.RunTaskStore.FullRun;

/** Which run of a policy makes a full backup (P4). */
final class FullBackups {
    private FullBackups() {}

    /**
     * Whether the backup of a slot is a full one: after the last one of the disk that was stored in full there are {@code every}
     * incremental automatic ones, and the last full one, whoever made it, is at least a day older than the slot. One that comes
     * too soon waits for the next slot. One that ran late, made up for, is as old as it really is, and one that a wrong clock
     * dated ahead is none.
     *
     * <p>One in the trash was made all the same, so no other follows within its day; but it is on its way out, so nothing is
     * counted from it. The same holds for one that was deleted for ever, which only its task tells of: the day between two full
     * ones is for the computer, which takes long to make one.
     *
     * <p>It goes by what was stored, not by what a backup is shown as: the oldest one left is shown as full. Where none that
     * was stored in full is left, nobody knows how many came after it, so the next one is full; what is left is younger than
     * the full one was.
     *
     * @param history all backups of the disk in the vault, those in the trash included
     * @param runs those that made full ones of it there lately, whether these are there or not
     */
    static boolean due(OptionalInt every, List<Backup> history, List<FullRun> runs, Instant slot, Instant now) {
        if (every.isEmpty()) {
            return false;
        }
        List<Backup> made = history.stream()
                .filter(Backup::restorable)
                .filter(backup -> backup.origin() != Origin.SAFETY_COPY)
                .filter(backup -> !backup.createdAt().isAfter(now))
                .sorted(Comparator.comparing(Backup::createdAt).reversed())
                .toList();
        List<Backup> good =
                made.stream().filter(backup -> backup.trashedAt().isEmpty()).toList();
        Optional<Backup> last = good.stream().filter(Backup::storedFull).findFirst();
        Optional<Backup> oldest = good.stream().reduce((_, older) -> older);
        long since = good.stream()
                .takeWhile(backup -> !backup.storedFull())
                .filter(backup -> backup.origin() == Origin.AUTOMATIC)
                .count();
        boolean enough = since >= every.getAsInt() || (last.isEmpty() && oldest.isPresent());
        Stream<Backup> full = Stream.concat(
                made.stream().filter(Backup::storedFull), last.isEmpty() ? oldest.stream() : Stream.empty());
        return enough
                && Stream.concat(full.map(FullBackups::begun), deleted(history, runs, now))
                        .noneMatch(begun -> slot.isBefore(begun.plus(PolicyRules.BETWEEN_FULL)));
    }

    private static Stream<Instant> deleted(List<Backup> history, List<FullRun> runs, Instant now) {
        Set<UUID> there =
                history.stream().flatMap(backup -> backup.taskId().stream()).collect(Collectors.toSet());
        return runs.stream()
                .filter(run -> !there.contains(run.task()))
                .map(FullRun::begun)
                .filter(begun -> !begun.isAfter(now));
    }

    /** In time for its slot it counts from there, or a few seconds of delay would put off the next one. */
    private static Instant begun(Backup full) {
        return full.automatic()
                .map(Backup.Automatic::slot)
                .filter(slot -> !full.createdAt().isAfter(slot.plus(Scheduler.GRACE)))
                .orElse(full.createdAt());
    }
}
