package org.coffer.window.kit;

import java.util.Locale;

/** The colour a state or a message is drawn in. Colour never speaks alone: words and an icon stand beside it. */
public enum Tone {
    SUCCESS,
    ACCENT,
    ATTENTION,
    DANGER,
    MUTED,
    PLAIN;

    /** The style class that {@code coffer.css} knows this tone by. */
    public String styleClass() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
