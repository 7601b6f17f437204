package org.coffer.console.backup;

/**
 * In what order to show backups.
 *
 * @param by the column
 * @param descending largest or newest first
 */
public record BackupSort(Column by, boolean descending) {
    /** Newest first. */
    public static final BackupSort NEWEST = new BackupSort(Column.CREATED, true);

    /** What can be sorted by. */
    public enum Column {
        NAME,
        STATUS,
        DISK,
        VAULT,
        CREATED,
        ADDED,
        CAPACITY,
        ONLY_HERE,
        CONSISTENCY,
        ORIGIN,
        KIND,
        EXPIRES,
        FREES,
        LOGICAL,
        VERIFIED
    }
}
