package org.coffer.console.backup;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.engine.vault.SessionId;

/**
 * Runs that were begun, are not under way any more, and are gone on with: held still over the end of a program, or died or failed
 * lately, so that they can be tried again; and copies that a migration made. For the vault such a run is over, and what it stored would go
 * with the next clean-up, or be taken over by the next run of any disk, though whoever goes on is to go on with it.
 */
final class HeldRuns {
    /** How long what a failed run stored waits for somebody to try again, unless a later one of its disk succeeds. */
    private static final Duration TRIED_AGAIN = Duration.ofDays(7);
    /** Why a run failed that cannot go on before there is more room. */
    private static final Set<String> NO_ROOM = Set.of("location.full", "vault.full");

    private final Backups backups;

    HeldRuns(Backups backups) {
        this.backups = backups;
    }

    /**
     * Whose packs a clean-up leaves alone. Where room is short nothing is kept of what failed: going on with it would help nobody,
     * and the other disks would have none.
     *
     * @param roomIsShort whether room is needed now
     */
    Set<SessionId> spared(UUID vault, boolean roomIsShort) {
        List<Backup> rows = backups.store().ofVault(vault);
        List<Backup> failed = triedAgain(rows);
        boolean spareFailed = !roomIsShort && failed.stream().noneMatch(HeldRuns::failedForRoom);
        Stream<String> ours = sessions(Stream.concat(begun(rows), spareFailed ? failed.stream() : Stream.empty()));
        return Stream.concat(ours, backups.moved().sessions(vault).stream())
                .map(SessionId::of)
                .collect(Collectors.toSet());
    }

    /** Those of other disks, whose packs a run of this disk must not take over. */
    Set<SessionId> ofOthers(UUID vault, UUID disk) {
        List<Backup> rows = backups.store().ofVault(vault);
        Stream<String> theirs = sessions(Stream.concat(begun(rows), triedAgain(rows).stream())
                .filter(backup -> !backup.diskId().equals(disk)));
        Stream<SessionId> moved = backups.moved().copies(vault).entrySet().stream()
                .filter(copy -> backups.find(copy.getKey())
                        .filter(backup -> backup.diskId().equals(disk))
                        .isEmpty())
                .map(Map.Entry::getValue);
        return Stream.concat(theirs.map(SessionId::of), moved).collect(Collectors.toSet());
    }

    private static Stream<String> sessions(Stream<Backup> runs) {
        return runs.flatMap(backup -> backup.session().stream());
    }

    private static Stream<Backup> begun(List<Backup> rows) {
        return rows.stream()
                .filter(backup -> backup.finishedAt().isEmpty() && backup.status() == BackupStatus.CREATING);
    }

    /** Runs that died or failed lately, and after which none of the same disk ended well. */
    private List<Backup> triedAgain(List<Backup> rows) {
        Map<UUID, Instant> since = rows.stream()
                .filter(backup -> backup.finishedAt().isPresent())
                .collect(Collectors.toMap(Backup::diskId, Backup::createdAt, BinaryOperator.maxBy(naturalOrder())));
        Instant lately = backups.now().minus(TRIED_AGAIN);
        return rows.stream()
                .filter(backup -> backup.finishedAt().isEmpty() && backup.status() != BackupStatus.CREATING)
                .filter(backup -> {
                    Instant tried = backups.lastTried(backup);
                    return tried.isAfter(lately) && tried.isAfter(since.getOrDefault(backup.diskId(), Instant.MIN));
                })
                .toList();
    }

    private static boolean failedForRoom(Backup backup) {
        return backup.problem().filter(why -> NO_ROOM.contains(why.code())).isPresent();
    }
}
