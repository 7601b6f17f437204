package org.coffer.console.vault;

/** What a vault is for (V1); fixed when it is made. */
public enum Protection {
    /** It binds disks and keeps their backups, and copies of others too. */
    BACKUP,
    /** It takes nothing but copies of backups of other vaults: it binds nothing and has no policy of its own. */
    REPLICATION
}
