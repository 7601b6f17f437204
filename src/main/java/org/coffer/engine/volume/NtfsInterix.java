package org.coffer.engine.volume;

import java.util.Optional;

/**
 * What the Interix subsystem of Windows of old, and ntfs-3g to this day, keep as a file of the system with a content that begins with
 * eight certain bytes: symbolic links and devices.
 *
 * @param kind what it is
 * @param target where it leads if it is a link, else empty
 */
record NtfsInterix(NodeKind kind, String target) {
    /** Bytes of the longest that there is. */
    static final int MOST = 8 + 2 * 4096;

    private static final long LINK = 0x014b4e4c78746e49L;
    private static final long CHARACTERS = 0x0052484378746e49L;
    private static final long BLOCKS = 0x004b4c4278746e49L;

    /** What such a content means; empty if it is a file's own. */
    static Optional<NtfsInterix> of(NtfsBlock content) {
        if (content.size() < Long.BYTES) {
            return Optional.empty();
        }
        long first = content.i64(0);
        if (first == LINK) {
            String target = content.text(8, (content.size() - 8) / 2);
            return Optional.of(new NtfsInterix(NodeKind.LINK, Utf16Text.of(target, "\0")));
        }
        boolean device = first == CHARACTERS || first == BLOCKS;
        return device ? Optional.of(new NtfsInterix(NodeKind.SPECIAL, "")) : Optional.empty();
    }
}
