package org.coffer.engine.vault;

/** What a block of a disk is; the order is the code in the format. */
public enum BlockKind {
    /** The source has nothing there. Restores as zeros, as a hole where the target can have one. */
    HOLE,
    /** It was read, and is all zero. */
    ZERO,
    /** Stored content. */
    DATA
}
