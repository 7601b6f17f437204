package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which backups to show; all conditions hold together (B8).
 *
 * @param statuses only these states; empty for all
 * @param vault only in this vault
 * @param disk only of this disk
 * @param since only of this moment or later
 * @param until only of this moment or earlier
 * @param origin only of this origin
 * @param kind only of this kind
 * @param text only those whose name or ID, or whose disk's or vault's name or ID, contains this; empty for all
 * @param name only those whose name contains this; empty for all
 * @param diskName only those whose disk's name contains this; empty for all
 * @param ids only those whose IDs contain these
 * @param trashed those in the trash instead of the others
 */
public record BackupFilter(
        Set<BackupStatus> statuses,
        Optional<UUID> vault,
        Optional<UUID> disk,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Origin> origin,
        Optional<Kind> kind,
        String text,
        String name,
        String diskName,
        Ids ids,
        boolean trashed) {
    /**
     * Parts of IDs; an empty one is contained in all.
     *
     * @param backup part of the backup's own ID
     * @param vault part of its vault's
     * @param disk part of its disk's
     */
    public record Ids(String backup, String vault, String disk) {
        /** Any IDs. */
        public static final Ids ANY = new Ids("", "", "");
    }

    /** All backups that are not in the trash. */
    public static final BackupFilter ALL = new BackupFilter(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            "",
            Ids.ANY,
            false);

    /** This filter, for one vault. */
    public BackupFilter inVault(UUID id) {
        return new BackupFilter(
                statuses, Optional.of(id), disk, since, until, origin, kind, text, name, diskName, ids, trashed);
    }

    /** This filter, for one disk. */
    public BackupFilter ofDisk(UUID id) {
        return new BackupFilter(
                statuses, vault, Optional.of(id), since, until, origin, kind, text, name, diskName, ids, trashed);
    }

    /** This filter, for these states. */
    public BackupFilter withStatuses(Set<BackupStatus> wanted) {
        return new BackupFilter(wanted, vault, disk, since, until, origin, kind, text, name, diskName, ids, trashed);
    }

    /** This filter, for names and IDs that contain {@code wanted}. */
    public BackupFilter withText(String wanted) {
        return new BackupFilter(
                statuses, vault, disk, since, until, origin, kind, wanted, name, diskName, ids, trashed);
    }

    /** This filter, for a span of time. */
    public BackupFilter between(Optional<Instant> from, Optional<Instant> to) {
        return new BackupFilter(statuses, vault, disk, from, to, origin, kind, text, name, diskName, ids, trashed);
    }

    /** This filter, for the trash. */
    public BackupFilter inTrash() {
        return new BackupFilter(statuses, vault, disk, since, until, origin, kind, text, name, diskName, ids, true);
    }
}
