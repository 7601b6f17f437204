package org.coffer.engine.vault;

/** How much of a backup a check reads. */
public enum Depth {
    /** Every node of its maps, and that each block is where the map says, by the contents of the packs. */
    STRUCTURE,
    /** The structure, and every byte of every pack it uses. */
    DATA
}
