package org.coffer.window.restore;

import java.util.Locale;

/** Where a disk goes. */
public enum Way {
    /** Back onto the disk it came from. */
    ORIGINAL,
    /** Onto another disk on the list. */
    OTHER_DISK,
    /** Into a new image file; nothing is overwritten. */
    NEW_FILE;

    /** The message that names it; {@code .detail} is its sentence. */
    String key() {
        return "restore.way." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
