package org.coffer.engine.volume;

/**
 * An attribute of a file, or a piece of one, as it stands in a file record.
 *
 * @param bytes from its type on to its end
 */
record NtfsAttribute(NtfsBlock bytes) {
    static final int STANDARD_INFORMATION = 0x10;
    static final int ATTRIBUTE_LIST = 0x20;
    static final int FILE_NAME = 0x30;
    static final int VOLUME_NAME = 0x60;
    static final int VOLUME_INFORMATION = 0x70;
    static final int DATA = 0x80;
    static final int INDEX_ROOT = 0x90;
    static final int INDEX_ALLOCATION = 0xa0;
    static final int BITMAP = 0xb0;
    static final int REPARSE_POINT = 0xc0;

    /** The smallest there can be. */
    static final int LEAST = 24;

    int type() {
        return bytes.i32(0);
    }

    String name() {
        return bytes.text(bytes.u16(10), bytes.u8(9));
    }

    boolean compressed() {
        return (bytes.u16(12) & 0x00ff) != 0;
    }

    boolean encrypted() {
        return (bytes.u16(12) & 0x4000) != 0;
    }

    /** Its number among those of its record. */
    int instance() {
        return bytes.u16(14);
    }

    /** Whether its value stands right here. */
    boolean resident() {
        return bytes.u8(8) == 0;
    }

    /** The value of a resident one. */
    NtfsBlock value() {
        if (!resident()) {
            throw bytes.broken();
        }
        return bytes.part(bytes.u16(20), bytes.u32(16));
    }

    /** The first cluster of the attribute whose place this piece of it tells; 0 if resident. */
    long first() {
        return resident() ? 0 : bytes.i64(16);
    }

    /** Where the clusters of this piece lie, as {@link NtfsRuns#append} takes it. */
    NtfsBlock pairs() {
        int at = bytes.u16(32);
        return bytes.part(at, bytes.size() - at);
    }

    /** How many clusters are compressed together, as a power of two; 0 for none. */
    int unit() {
        return bytes.u16(34);
    }

    /** Bytes of the whole attribute; told by its first piece only. */
    long size() {
        return told(resident() ? bytes.u32(16) : bytes.i64(48));
    }

    /** Bytes of the whole attribute that were written; what follows is zeros. Told by its first piece only. */
    long initialized() {
        return resident() ? size() : Math.min(told(bytes.i64(56)), size());
    }

    private long told(long size) {
        if (size < 0) {
            throw bytes.broken();
        }
        return size;
    }
}
