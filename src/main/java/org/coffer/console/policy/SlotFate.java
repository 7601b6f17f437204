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
    SKIPPED,
    /** It was started under a clock that was put back before it since: it does not run again, and its time is told of. */
    AHEAD,
    /** It was started, and a clock that is far behind it is believed since: it runs again if that comes to it in time. */
    AGAIN;

    /** Whether its tasks were written. */
    boolean ran() {
        return this == STARTED || this == AHEAD || this == AGAIN;
    }
}
