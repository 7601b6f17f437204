package org.coffer.console.overview;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;

/**
 * One look at everything.
 *
 * @param verdict whether all is well
 * @param disks attached disks that can be protected
 * @param protectedDisks those of them with a good backup
 * @param oldestGood of each protected disk's last good backup, the oldest
 * @param needs what needs attention, the most serious first
 * @param running what runs or waits
 * @param vaults all vaults, the fullest first
 * @param stored bytes stored in all vaults
 * @param held bytes that all backups together would take, were each a full copy of what its disk held
 * @param fullInDays estimates of when vaults will be full, in days; only of those of which enough is known
 * @param days the last 30 days of each bound disk, the worst first
 * @param untried a disk with a good backup, if there have been backups for 30 days and no restore was ever tried
 */
public record Overview(
        Verdict verdict,
        int disks,
        int protectedDisks,
        Optional<Instant> oldestGood,
        List<Attention> needs,
        List<Task> running,
        List<Vault> vaults,
        long stored,
        long held,
        Map<UUID, Long> fullInDays,
        List<DiskDays> days,
        Optional<UUID> untried) {
    /** Whether all is well. */
    public enum Verdict {
        /** There is no vault yet, or no backup. */
        NOTHING_YET,
        NEEDS_ATTENTION,
        ALL_WELL
    }

    /**
     * The last 30 days of a disk.
     *
     * @param disk its ID
     * @param name its name
     * @param results one a day, the oldest first
     */
    public record DiskDays(UUID disk, String name, List<Day> results) {}

    /** How a day went for a disk. */
    public enum Day {
        NOTHING,
        GOOD,
        /** Something worked and something failed. */
        MIXED,
        FAILED
    }
}
