package org.coffer.console.policy;

/** What becomes of slots at which the computer was off or asleep (P11). Each is listed with its reason whatever is chosen. */
public enum Missed {
    /** However many were missed, one run on return. */
    ONCE,
    /** Nothing until the next slot. */
    SKIP,
    /** The administrator is asked. */
    ASK
}
