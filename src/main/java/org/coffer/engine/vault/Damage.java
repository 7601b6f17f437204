package org.coffer.engine.vault;

import java.util.List;

/**
 * An object that was set aside because it cannot be used.
 *
 * @param object its full name in the vault
 * @param reason what is wrong with it
 * @param backups the backups that it hits, as far as that is known; empty if it hits none
 * @param detail one line for the log and for <em>Copy details</em>
 */
public record Damage(String object, Reason reason, List<SessionId> backups, String detail) {
    /** What is wrong with an object. */
    public enum Reason {
        /** It is not there. */
        MISSING,
        /** It is cut short, changed, or not what its name says. */
        DAMAGED,
        /** It was deleted on purpose while somebody was reading it. */
        DELETED,
        /** It was written by a newer Coffer. */
        NEWER,
        /** A backup that a later backup saw is gone without having been deleted: somebody tampered with the vault. */
        VANISHED,
        /** Nobody knows how long the place's lists may fail to show what was put. */
        UNBOUNDED
    }

    /** Keeps an unmodifiable copy of {@code backups}. */
    public Damage {
        backups = List.copyOf(backups);
    }
}
