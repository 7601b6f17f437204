package org.coffer.engine.vault;

import java.util.HexFormat;

/** 16 bytes as 32 hexadecimal digits and back. */
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
        if (text.length() != 32) {
            throw new IllegalArgumentException("not 32 hexadecimal digits: " + text);
        }
    }
}
