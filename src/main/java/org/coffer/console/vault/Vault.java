package org.coffer.console.vault;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * A vault for disks, as it is now.
 *
 * @param id its ID
 * @param name its name, unique
 * @param description free text, may be empty
 * @param locationId where it lives
 * @param locationName that location's name
 * @param capacityGb its quota, in units of 10^9 bytes
 * @param used bytes stored for it, trash included
 * @param status its state
 * @param problem why it is frozen or in error
 * @param encrypted whether its key is a secret
 * @param keyed whether this home has the key
 * @param autoExpand whether it grows by itself when a backup ends above the capacity
 * @param backupPrefix put before the names of automatic backups; may be empty
 * @param sheetSaved when the recovery sheet was saved or printed; empty if never
 * @param createdAt when it was made
 * @param trashedAt when it was put into the trash
 * @param purgeAt the earliest moment at which the trash lets go of it
 * @param tags key and value
 * @param disks the IDs of the bound disks
 * @param boundBytes the capacity of all bound disks
 * @param lock the retention lock, if it is set
 * @param beside whether another console keeps it, and this one works in it too (V17)
 * @param owner the computer of that other console, as it called itself, if it is known
 * @param protection what it is for
 */
public record Vault(
        UUID id,
        String name,
        String description,
        UUID locationId,
        String locationName,
        long capacityGb,
        long used,
        VaultStatus status,
        Optional<Problem> problem,
        boolean encrypted,
        boolean keyed,
        boolean autoExpand,
        String backupPrefix,
        Optional<Instant> sheetSaved,
        Instant createdAt,
        Optional<Instant> trashedAt,
        Optional<Instant> purgeAt,
        Map<String, String> tags,
        List<UUID> disks,
        long boundBytes,
        Optional<RetentionLock> lock,
        boolean beside,
        Optional<String> owner,
        Protection protection) {
    /** The smallest capacity, in GB. */
    public static final long SMALLEST_GB = 10;
    /** The largest capacity, in GB. */
    public static final long LARGEST_GB = 10_485_760;
    /** The most disks that one vault protects. */
    public static final int MOST_DISKS = 256;
    /** Bytes in the GB that capacities are counted in. */
    public static final long GB = 1_000_000_000L;

    /** The quota in bytes. */
    public long capacityBytes() {
        return capacityGb * GB;
    }

    /** Whether no further backup may start (V6): exactly full is not over. */
    public boolean over() {
        return used > capacityBytes();
    }

    /**
     * Used share of the capacity in percent, rounded down so that 100 means full, but something stored never shows as 0;
     * may exceed 100.
     */
    public int percentUsed() {
        long percent = used / Math.max(1, capacityBytes() / 100);
        return Math.clamp(percent, used > 0 ? 1 : 0, Integer.MAX_VALUE);
    }

    /** Whether the recovery sheet should be saved: the key is secret, and only this home has it. */
    public boolean sheetMissing() {
        return encrypted && sheetSaved.isEmpty() && trashedAt.isEmpty();
    }
}
