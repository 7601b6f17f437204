package org.coffer.window.opened;

/** What becomes of the changes when a writable disk is closed. */
enum Leaving {
    /** They are there when it is opened again. */
    KEEP,
    /** They are thrown away. */
    DISCARD
}
