package org.coffer.window.wizard;

import java.util.Locale;

/** Where a disk comes back to. */
enum DiskWay {
    /** A new file that is the disk; nothing is overwritten. */
    NEW_FILE,
    /** The disk that was backed up. */
    ORIGINAL,
    /** Another disk; what is on it is lost. */
    OTHER_DISK;

    /** The message that names it; {@code .help} is its sentence. */
    String key() {
        return "wizard.where.disk." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
