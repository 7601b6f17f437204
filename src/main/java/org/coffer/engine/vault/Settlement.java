package org.coffer.engine.vault;

import java.util.List;

/**
 * What became of the sessions that a console had left behind.
 *
 * @param committed those that turned out to be backups
 * @param adoptable those that are over, and whose stored blocks a new session can adopt
 * @param asked those that committed and were asked: they are backups unless whoever asked ends them, which nobody else can
 *     know
 * @param unclear session objects that cannot be read, and commits that may be among those that are lost; they hold nothing up but
 *     collecting
 */
public record Settlement(
        List<SessionId> committed, List<SessionId> adoptable, List<SessionId> asked, List<Damage> unclear) {
    /** Keeps unmodifiable copies. */
    public Settlement {
        committed = List.copyOf(committed);
        adoptable = List.copyOf(adoptable);
        asked = List.copyOf(asked);
        unclear = List.copyOf(unclear);
    }
}
