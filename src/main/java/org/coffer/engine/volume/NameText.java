package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text out of bytes that should be UTF-8 but may be anything: what is none is written as {@code \x} and two hexadecimal digits for
 * each byte. Names come out without a slash or a zero, which no name has, so that none leads out of its folder.
 */
final class NameText {
    private NameText() {}

    /** The name of a folder's entry. */
    static String name(byte[] raw, int from, int length) {
        String text = text(raw, from, length);
        return text.indexOf('/') < 0 && text.indexOf('\0') < 0
                ? text
                : text.replace("/", "\\x2f").replace("\0", "\\x00");
    }

    /** Where a link leads; it ends before the first zero. */
    static String target(byte[] raw) {
        int length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        return text(raw, 0, length);
    }

    /** Whether it is a folder's name for itself or its parent, or none. */
    static boolean isDots(byte[] raw, int from, int length) {
        return length == 0 || (raw[from] == '.' && (length == 1 || (length == 2 && raw[from + 1] == '.')));
    }

    private static String text(byte[] raw, int from, int length) {
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
                text.append("\\x").append(HexFormat.of().toHexDigits(bytes.get()));
            }
            decoder.reset();
        }
    }
}
