package org.coffer.engine.nbd;

/** What a range of a served disk is, as a client may know it without reading. */
public enum Allocation {
    /** Content. */
    DATA(0),
    /** Reads as zeros, and takes room. */
    ZERO(2),
    /** Reads as zeros, and takes none. */
    HOLE(3);

    private final int flags;

    Allocation(int flags) {
        this.flags = flags;
    }

    /** The state in the context {@code base:allocation}: bit 0 a hole, bit 1 zeros. */
    int flags() {
        return flags;
    }
}
