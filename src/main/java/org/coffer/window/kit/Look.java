package org.coffer.window.kit;

/** Which look the user chose. */
public enum Look {
    /** As the system has it, and following it. */
    SYSTEM,
    LIGHT,
    DARK
}
