package org.coffer.console.vault;

/** The states of a vault (V9). */
public enum VaultStatus {
    /** Everything works. */
    AVAILABLE,
    /** Being expanded; only that is refused meanwhile. */
    LOCKED,
    /** Being deleted. */
    DELETING,
    /** Its location cannot be reached or is read-only. Nothing is lost. */
    FROZEN,
    /** Something is wrong with it; the problem says what. */
    ERROR
}
