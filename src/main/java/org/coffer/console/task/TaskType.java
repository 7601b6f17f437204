package org.coffer.console.task;

/** The kinds of work (T1) that this version does. */
public enum TaskType {
    BACKUP,
    RESTORE,
    /** Files out of a backup, where {@link #RESTORE} is a disk. */
    RESTORE_FILES,
    /** A backup into another vault. */
    REPLICATE,
    /** A disk with all its backups into another vault. */
    MIGRATE,
    DELETE,
    EXPAND,
    VERIFY,
    CLEAN_UP
}
