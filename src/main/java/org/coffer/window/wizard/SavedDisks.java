package org.coffer.window.wizard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;

/** Finds the disks of which there are backups. Asks the services: not on the window's thread. */
final class SavedDisks {
    private final Backups backups;
    private final Disks disks;

    SavedDisks(Backups backups, Disks disks) {
        this.backups = backups;
        this.disks = disks;
    }

    /** All of them, by name. */
    List<SavedDisk> list() {
        Map<UUID, List<DiskTotals>> byDisk = backups.totals().stream().collect(Collectors.groupingBy(DiskTotals::disk));
        return byDisk.entrySet().stream()
                .flatMap(entry -> saved(entry.getKey(), entry.getValue()).stream())
                .sorted(Comparator.comparing(SavedDisk::name))
                .toList();
    }

    private Optional<SavedDisk> saved(UUID id, List<DiskTotals> totals) {
        int count = totals.stream().mapToInt(DiskTotals::backups).sum();
        Optional<Instant> newest =
                totals.stream().flatMap(of -> of.lastGood().stream()).max(Comparator.naturalOrder());
        return disks.find(id)
                .map(disk -> new SavedDisk(
                        id,
                        disk.name(),
                        disk.role(),
                        disk.capacity(),
                        disk.state() != Disk.State.MISSING,
                        count,
                        newest))
                .or(() -> backups.list(BackupFilter.ALL.ofDisk(id), BackupSort.NEWEST, 0, 1).stream()
                        .findFirst()
                        .map(last -> new SavedDisk(
                                id, last.diskName(), last.role(), last.sizes().capacity(), false, count, newest)));
    }
}
