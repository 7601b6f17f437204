package org.coffer.console.policy;

/** How a vault stands with policies (V11). */
public enum PolicyState {
    /** It has none. */
    NONE,
    /** It has one that is on. */
    ENABLED,
    /** It has one that is off. */
    DISABLED
}
