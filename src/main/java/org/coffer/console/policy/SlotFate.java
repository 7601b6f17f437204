package org.coffer.console.policy;

/** What became of a slot in one vault. */
public enum SlotFate {
    /** Its tasks were written; what became of them they say themselves. */
    STARTED,
    /** It waits for its location or for a condition. */
    WAITING,
    /** The administrator is asked whether to make up for it. */
    ASKED,
    /** Nothing ran, with the reason. */
    SKIPPED
}
