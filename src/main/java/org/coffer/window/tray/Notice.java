package org.coffer.window.tray;

/**
 * A short message that the desktop shows over whatever else is on the screen.
 *
 * @param title what happened, in one line
 * @param words more of it; may be empty
 * @param act what its button says
 * @param open what a click on it, or on its button, does
 */
public record Notice(String title, String words, String act, Runnable open) {}
