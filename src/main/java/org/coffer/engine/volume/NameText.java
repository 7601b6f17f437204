package org.coffer.engine.volume;

import java.util.stream.Stream;

/**
 * Text out of bytes that should be UTF-8 but may be anything, as {@link RawName} shows it. Names come out without a slash or a zero, which
 * no name has, so that none leads out of its folder.
 */
final class NameText {
    private NameText() {}

    /** The name of a folder's entry. */
    static String name(byte[] raw, int from, int length) {
        return RawName.shown(RawName.exact(raw, from, length));
    }

    /** Where a link leads; it ends before the first zero. */
    static String target(byte[] raw) {
        int length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        // Between its slashes are names.
        String exact = RawName.exact(raw, 0, length);
        return String.join(
                "/", Stream.of(exact.split("/", -1)).map(RawName::shown).toList());
    }

    /** Whether it is a folder's name for itself or its parent, or none. */
    static boolean isDots(byte[] raw, int from, int length) {
        return length == 0 || (raw[from] == '.' && (length == 1 || (length == 2 && raw[from + 1] == '.')));
    }
}
