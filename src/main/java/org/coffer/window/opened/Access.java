package org.coffer.window.opened;

/** How a backup is opened. */
enum Access {
    /** Nothing can be written. */
    READ_ONLY,
    /** What is written is kept apart from the backup. */
    WRITABLE
}
