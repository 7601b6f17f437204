package org.coffer.text;

/**
 * Makes what came from outside (names of files, of disks, of mount points) harmless to show: characters that move a
 * terminal's cursor, change its colours or turn the direction of writing around are shown as {@value #INSTEAD}.
 */
public final class Printable {
    private static final char INSTEAD = '\uFFFD';

    private Printable() {}

    /** One line: without line breaks too. */
    public static String line(String raw) {
        return clean(raw, false);
    }

    /** Any number of lines. */
    public static String text(String raw) {
        return clean(raw, true);
    }

    private static String clean(String raw, boolean lines) {
        StringBuilder clean = new StringBuilder(raw.length());
        raw.chars().forEach(c -> clean.append(acts((char) c) && !(lines && c == '\n') ? INSTEAD : (char) c));
        return clean.toString();
    }

    private static boolean acts(char c) {
        // U+202A to 202E and U+2066 to 2069 turn the direction of what follows.
        return Character.isISOControl(c) || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }
}
