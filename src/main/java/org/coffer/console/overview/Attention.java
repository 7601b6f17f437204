package org.coffer.console.overview;

import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * Something that an administrator should do.
 *
 * @param kind what it is
 * @param name the object's name
 * @param vault the vault concerned
 * @param disk the disk concerned
 * @param backup the backup concerned
 * @param number a number that belongs to it: percent for {@link Kind#VAULT_FULL}, backups for {@link Kind#BACKUPS_DAMAGED}
 *     and for {@link Kind#CLOCK_JUMPED}, of which those that go once it is believed; missed runs for {@link Kind#RUN_ASKED}
 * @param problem the cause, where there is one
 */
public record Attention(
        Kind kind,
        String name,
        Optional<UUID> vault,
        Optional<UUID> disk,
        Optional<UUID> backup,
        long number,
        Optional<Problem> problem) {
    /** What can need attention, the most serious first. */
    public enum Kind {
        /** A restore onto a disk did not finish: the disk is not usable. */
        DISK_UNFINISHED,
        BACKUP_DAMAGED,
        /** Several backups of a vault are damaged; the number is how many. */
        BACKUPS_DAMAGED,
        VAULT_ERROR,
        VAULT_OVER,
        /** The clock jumped, so that no backup goes by its date, or no policy runs. */
        CLOCK_JUMPED,
        /** The last backup of a disk failed. */
        BACKUP_FAILED,
        /** A policy missed runs and asks whether to make up for them (P11); the name is the policy's. */
        RUN_ASKED,
        /** A disk was unmounted for a restore, and could not be mounted again. */
        DISK_NOT_MOUNTED,
        VAULT_FROZEN,
        /** Only this computer can open the vault. */
        SHEET_MISSING,
        /** A bound disk has no good backup. */
        DISK_WITHOUT_BACKUP,
        DISK_FAULTY,
        /** At least 90 % of the capacity is used. */
        VAULT_FULL,
        LOCATION_NEARLY_FULL,
        /** A disk is bound to no vault. */
        DISK_UNPROTECTED
    }
}
