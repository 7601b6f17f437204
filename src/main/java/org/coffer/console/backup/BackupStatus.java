package org.coffer.console.backup;

/** The states of a backup (B4). */
public enum BackupStatus {
    AVAILABLE,
    CREATING,
    RESTORING,
    DELETING,
    /** Creation or deletion failed; the problem says which. */
    ERROR
}
