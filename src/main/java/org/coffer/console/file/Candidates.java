package org.coffer.console.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Backups;

/** The backups that files can be looked for in, in the order in which people want them. */
final class Candidates {
    private static final Set<BackupStatus> READABLE = Set.of(BackupStatus.AVAILABLE, BackupStatus.RESTORING);

    private final Backups backups;

    Candidates(Backups backups) {
        this.backups = backups;
    }

    List<Backup> of(FileSearch.Scope scope) {
        return switch (scope) {
            case FileSearch.Scope.One one -> List.of(backups.get(one.backup()));
            case FileSearch.Scope.OfDisk disk -> ofDisk(disk.disk());
            case FileSearch.Scope.All ignored -> all();
        };
    }

    /** Those of a disk, the newest first. */
    List<Backup> ofDisk(UUID disk) {
        return list(BackupFilter.ALL.withStatuses(READABLE).ofDisk(disk));
    }

    private List<Backup> list(BackupFilter filter) {
        return backups.list(filter, BackupSort.NEWEST, 0, Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparing(Backup::createdAt).reversed())
                .toList();
    }

    /** The newest of each disk, then the next older one of each, and so on. */
    private List<Backup> all() {
        Map<UUID, List<Backup>> byDisk = new LinkedHashMap<>();
        list(BackupFilter.ALL.withStatuses(READABLE))
                .forEach(backup -> byDisk.computeIfAbsent(backup.diskId(), disk -> new ArrayList<>())
                        .add(backup));
        List<Backup> turns = new ArrayList<>();
        for (int turn = 0; ; turn++) {
            int before = turns.size();
            for (List<Backup> ofOne : byDisk.values()) {
                if (turn < ofOne.size()) {
                    turns.add(ofOne.get(turn));
                }
            }
            if (turns.size() == before) {
                return turns;
            }
        }
    }
}
