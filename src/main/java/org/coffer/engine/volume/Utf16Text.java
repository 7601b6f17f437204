package org.coffer.engine.volume;

/**
 * Text out of UTF-16 units that anybody may have written. Half of a surrogate pair, which Windows lets pass but no other encoding can
 * hold, becomes {@code \}{@code u} and its four hexadecimal digits.
 */
final class Utf16Text {
    private Utf16Text() {}

    /** The text; the characters of {@code forbidden} are escaped as well. */
    static String of(String raw, String forbidden) {
        if (raw.codePoints().allMatch(point -> isPlain(point, forbidden))) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        raw.codePoints().forEach(point -> {
            if (isPlain(point, forbidden)) {
                text.appendCodePoint(point);
            } else {
                text.append(String.format("\\u%04x", point));
            }
        });
        return text.toString();
    }

    private static boolean isPlain(int point, String forbidden) {
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return !half && forbidden.indexOf(point) < 0;
    }
}
