package org.coffer.engine.volume;

/**
 * A name as NTFS keeps it, in the file and, with the same bytes, in the folder.
 *
 * @param bytes from the reference of its folder on
 */
record NtfsName(NtfsBlock bytes) {
    private static final int DOS = 2;
    private static final int FOLDER = 0x10000000;
    private static final int REPARSE = 0x400;

    /** Whether it is the short form, for programs of old, of a name that stands beside it. */
    boolean isShort() {
        return bytes.u8(65) == DOS;
    }

    /** Whether it is a folder's name for itself or its parent, or none. */
    boolean isDots() {
        return switch (text()) {
            case "", ".", ".." -> true;
            default -> false;
        };
    }

    /** What it names, as far as it tells: a folder keeps a copy of that. */
    NodeKind kind() {
        int flags = bytes.i32(56);
        boolean folder = (flags & FOLDER) != 0;
        if ((flags & REPARSE) != 0) {
            return NtfsReparse.kind(bytes.i32(60), folder);
        }
        if (folder) {
            return NodeKind.FOLDER;
        }
        return (flags & NtfsStandard.SYSTEM) != 0 ? NodeKind.UNKNOWN : NodeKind.FILE;
    }

    /** The name as {@link Name#text} has it. */
    String text() {
        return Utf16Text.of(bytes.text(66, bytes.u8(64)), "\0/");
    }
}
