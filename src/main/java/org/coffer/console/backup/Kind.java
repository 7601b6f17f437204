package org.coffer.console.backup;

/** What a backup is shown as. Either kind restores alone. */
public enum Kind {
    /** It shares nothing with earlier backups of its disk that still exist. */
    FULL,
    /** It stored only what had changed. */
    INCREMENTAL
}
