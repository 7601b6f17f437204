package org.coffer.console.policy;

/** What a policy does at its times. A vault has at most one of each kind (P9). */
public enum PolicyKind {
    /** Backs up the disks of the vaults that it serves. */
    BACKUP,
    /** Copies the backups of the vaults that it serves into a vault of another location (X1). */
    REPLICATION
}
