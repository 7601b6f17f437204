package org.coffer.engine.volume;

import java.util.Map;

/**
 * A reparse point: a note on a file or folder for the part of Windows that knows its tag. Sources: Microsoft's open specification
 * MS-FSCC, 2.1.2, and the tags of {@code ntifs.h}.
 *
 * @param bytes from the tag on
 */
record NtfsReparse(NtfsBlock bytes) {
    /** Bytes of the longest there is: 16 KiB, with room for what the tag's owner is named by. */
    static final int MOST = 20 * 1024;

    private static final int JUNCTION = 0xa0000003;
    private static final int LINK = 0xa000000c;
    private static final int LINUX_LINK = 0xa000001d;
    private static final int CLOUD = 0x9000001a;
    private static final int CLOUD_VARIANTS = 0xf000;

    private static final Map<Integer, String> NAMES = Map.of(
            0x80000017,
            "WOF",
            0x80000013,
            "DEDUP",
            0xc0000004,
            "HSM",
            0x80000006,
            "HSM2",
            0x80000007,
            "SIS",
            0x80000014,
            "NFS",
            0x8000001b,
            "APPEXECLINK",
            0x80000018,
            "WCI",
            0x80000021,
            "ONEDRIVE",
            CLOUD,
            "CLOUD");

    /** What a tag makes of a file or folder. */
    static NodeKind kind(int tag, boolean folder) {
        return switch (tag) {
            case JUNCTION, LINK, LINUX_LINK -> NodeKind.LINK;
            // Those that Windows' Linux makes: sockets, pipes, devices of characters and of blocks.
            case 0x80000023, 0x80000024, 0x80000025, 0x80000026 -> NodeKind.SPECIAL;
            default -> folder ? NodeKind.FOLDER : NodeKind.FILE;
        };
    }

    NodeKind kind(boolean folder) {
        return kind(tag(), folder);
    }

    private int tag() {
        return bytes.i32(0);
    }

    /** Whether a synchronising program put it there; the content may be here all the same. */
    boolean cloud() {
        return (tag() & ~CLOUD_VARIANTS) == CLOUD;
    }

    /** The tag's name, or its number. */
    String name() {
        int known = cloud() ? CLOUD : tag();
        return NAMES.getOrDefault(known, String.format("reparse tag 0x%08x", known));
    }

    /** Where a link leads. */
    String target() {
        NtfsBlock data = bytes.part(8, bytes.u16(4));
        if (tag() == LINUX_LINK) {
            return NameText.target(data.part(4, data.size() - 4L).copy());
        }
        int names = tag() == LINK ? 12 : 8;
        String shown = data.text(names + data.u16(4), data.u16(6) / 2);
        String meant = data.text(names + data.u16(0), data.u16(2) / 2);
        return Utf16Text.of(shown.isEmpty() ? shown(meant) : shown, "\0");
    }

    /** Windows' inner name of a place as it is shown where nothing else was written to be shown. */
    private static String shown(String meant) {
        if (!meant.startsWith("\\??\\")) {
            return meant;
        }
        String place = meant.substring(4);
        if (place.startsWith("UNC\\")) {
            return "\\" + place.substring(3);
        }
        boolean drive = place.length() > 1 && place.charAt(1) == ':';
        return drive ? place : "\\\\?\\" + place;
    }
}
