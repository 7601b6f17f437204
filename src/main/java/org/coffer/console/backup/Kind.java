package org.coffer.console.backup;

/** What a backup stored when it was made. Either kind restores alone. */
public enum Kind {
    /** It shares nothing with earlier backups of its disk that still exist. */
    FULL,
    /** It stored only what had changed. */
    INCREMENTAL
}
