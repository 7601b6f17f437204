package org.coffer.engine.volume;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names that are bytes, as Linux has them, in three forms that say the same.
 *
 * <ul>
 *   <li><em>Bytes</em>, which should be UTF-8 and may be anything.
 *   <li><em>Exact</em> text: UTF-8 where they are that; any other byte is half of a surrogate pair, U+DC00 and its value, which no
 *       UTF-8 ever becomes. (Python reads names so; its PEP 383 says why.)
 *   <li>Text to be <em>shown</em>, typed and kept: such a byte is {@code \x} and two hexadecimal digits; so are a slash and a zero,
 *       which no name has, and a backslash that would look like the beginning of that.
 * </ul>
 */
public final class RawName {
    private static final int HALF = 0xdc00;
    private static final HexFormat HEX = HexFormat.of();

    private RawName() {}

    /** Exact text out of bytes. */
    public static String exact(byte[] raw, int from, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(raw, from, length);
        CharBuffer chars = CharBuffer.allocate(length);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, true);
            text.append(chars.flip());
            chars.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append((char) (HALF + Byte.toUnsignedInt(bytes.get())));
            }
            decoder.reset();
        }
    }

    /** Bytes out of exact text. */
    public static byte[] bytes(String exact) {
        if (exact.chars().noneMatch(RawName::isByte)) {
            return exact.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exact.codePoints().forEach(point -> {
            if (isByte(point)) {
                bytes.write(point - HALF);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    private static boolean isByte(int point) {
        return point >= HALF + 0x80 && point <= HALF + 0xff;
    }

    /** Exact text as it is shown. */
    public static String shown(String exact) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < exact.length(); i++) {
            char c = exact.charAt(i);
            boolean alone = isByte(c) && (i == 0 || !Character.isHighSurrogate(exact.charAt(i - 1)));
            if (alone || c == '/' || c == '\0' || isEscape(exact, i)) {
                text.append("\\x").append(HEX.toHexDigits((byte) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Exact text out of what is shown. */
    public static String meant(String shown) {
        if (shown.indexOf('\\') < 0) {
            return shown;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shown.length(); i++) {
            if (isEscape(shown, i)) {
                int value = HexFormat.fromHexDigits(shown, i + 2, i + 4);
                text.append((char) (value < 0x80 ? value : HALF + value));
                i += 3;
            } else {
                text.append(shown.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isEscape(String text, int at) {
        return text.startsWith("\\x", at)
                && at + 4 <= text.length()
                && isDigit(text.charAt(at + 2))
                && isDigit(text.charAt(at + 3));
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
