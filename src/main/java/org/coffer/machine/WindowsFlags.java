package org.coffer.machine;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The attribute in which Samba and Java keep the flags of Windows on Linux: read-only, hidden, the system's, and others. As text it
 * is a number, such as {@code 0x22}; Samba keeps more in it since its version 3.2, in a binary form, which stays as it is.
 */
final class WindowsFlags {
    /** Its name. */
    static final String NAME = "user.DOSATTRIB";

    private static final Pattern TEXT = Pattern.compile("0[xX][0-9a-fA-F]{1,8}\\x00?");

    private WindowsFlags() {}

    /** The flags that a value says; empty if it is in another form. */
    static OptionalInt of(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return TEXT.matcher(text).matches()
                ? OptionalInt.of(Integer.parseUnsignedInt(text.substring(2).replace("\0", ""), 16))
                : OptionalInt.empty();
    }
}
