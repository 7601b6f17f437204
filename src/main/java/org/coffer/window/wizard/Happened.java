package org.coffer.window.wizard;

import java.util.Locale;
import org.coffer.window.kit.Icon;

/** What happened, as the first question asks. The answer decides what is offered first and what is asked besides. */
enum Happened {
    /** A file is gone or spoiled. */
    FILE(Icon.FILE),
    /** A disk or the whole computer is broken. */
    BROKEN(Icon.DISK),
    /** Something harmful got in. */
    VIRUS(Icon.SHIELD),
    /** An update did harm. */
    UPDATE(Icon.REFRESH),
    /** Nothing; somebody only looks, and nothing may be overwritten. */
    LOOK(Icon.SEARCH);

    private final Icon icon;

    Happened(Icon icon) {
        this.icon = icon;
    }

    Icon icon() {
        return icon;
    }

    /** The message that names it; {@code .help} is its sentence. */
    String key() {
        return "wizard.happened." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether files are what one wants back at first, rather than a whole disk. */
    boolean aboutFiles() {
        return this == FILE || this == LOOK;
    }

    /** Whether the harm began at a moment that has to be asked for. */
    boolean beganUnseen() {
        return this == VIRUS || this == UPDATE;
    }
}
