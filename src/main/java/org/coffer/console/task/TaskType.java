package org.coffer.console.task;

/** The kinds of work (T1) that this version does. */
public enum TaskType {
    BACKUP,
    RESTORE,
    DELETE,
    EXPAND,
    VERIFY,
    CLEAN_UP
}
