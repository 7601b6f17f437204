package org.coffer.engine.vault;

import java.util.HexFormat;

/** 16 bytes as 32 lower-case hexadecimal digits and back: one id has one text, so an object has one name. */
final class Hex {
    private Hex() {}

    static String text(long high, long low) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    static long high(String text) {
        check(text);
        return HexFormat.fromHexDigitsToLong(text, 0, 16);
    }

    static long low(String text) {
        check(text);
        return HexFormat.fromHexDigitsToLong(text, 16, 32);
    }

    private static void check(String text) {
        if (text.length() != 32 || !text.chars().allMatch(Hex::digit)) {
            throw new IllegalArgumentException("not 32 lower-case hexadecimal digits: " + text);
        }
    }

    private static boolean digit(int letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }
}
