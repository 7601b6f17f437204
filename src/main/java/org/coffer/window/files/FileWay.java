package org.coffer.window.files;

import java.util.Locale;

/** Where files come back to. */
public enum FileWay {
    /** Into the folder where they were, as copies: nothing is overwritten. */
    BESIDE,
    /** Into their places. */
    BACK,
    /** Into another folder. */
    FOLDER;

    /** The message that names it; {@code .help} is its sentence. */
    public String key() {
        return "browse.where." + name().toLowerCase(Locale.ROOT);
    }
}
