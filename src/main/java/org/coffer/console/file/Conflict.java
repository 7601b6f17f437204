package org.coffer.console.file;

/** What becomes of a file for whose name there is something at the target. */
public enum Conflict {
    /** Both stay: what is restored gets a name with the time of its backup; a folder as a whole. */
    KEEP,
    /** What is there is replaced by what is restored; folders are made one, and what only the target has stays. */
    REPLACE,
    /** What is there stays; folders are made one. */
    SKIP
}
