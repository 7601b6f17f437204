package org.coffer.engine.volume;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What Windows keeps of a file besides: that it is read-only, hidden, the system's, or was changed since a backup. As the attribute
 * in which Samba and Java keep that on Linux.
 */
final class DosFlags {
    private static final String NAME = "user.DOSATTRIB";
    /** Read-only, hidden, system. */
    private static final int TELLING = 0x7;

    private static final int ARCHIVE = 0x20;

    private DosFlags() {}

    /** The attribute for these flags; none for what an ordinary file has. */
    static FileAttributes attributes(int flags) {
        return (flags & TELLING) == 0
                ? FileAttributes.NONE
                : new FileAttributes(
                        Map.of(
                                NAME,
                                ("0x" + Integer.toHexString(flags & (TELLING | ARCHIVE)))
                                        .getBytes(StandardCharsets.US_ASCII)),
                        true);
    }
}
