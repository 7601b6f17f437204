package org.coffer.window.kit;

import javafx.application.Platform;
import javafx.util.Duration;

/** How long things may move: at most 150 ms, and not at all where the system asks for less motion. */
public final class Motion {
    private static final Duration LONGEST = Duration.millis(150);

    private Motion() {}

    /** The duration of a transition, now. */
    public static Duration brief() {
        return reduced() ? Duration.ZERO : LONGEST;
    }

    /** Whether the system asks for less motion. */
    public static boolean reduced() {
        return Platform.getPreferences().isReducedMotion();
    }
}
