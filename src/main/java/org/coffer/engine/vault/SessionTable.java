package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The sessions that a writer may refer to, numbered, so that the place of a block is one {@code long}: session number
 * (24 bits), pack number (24 bits), ordinal (16 bits). Fixed when the session begins.
 */
final class SessionTable {
    private final List<SessionId> sessions;
    private final Map<SessionId, Integer> numbers = new HashMap<>();

    SessionTable(Iterable<SessionId> members) {
        TreeSet<SessionId> sorted = new TreeSet<>();
        members.forEach(sorted::add);
        sessions = new ArrayList<>(sorted);
        for (int i = 0; i < sessions.size(); i++) {
            numbers.put(sessions.get(i), i);
        }
    }

    /** The place of an entry, or -1 if its session is not in the table. */
    long place(PackId pack, int ordinal) {
        Integer number = numbers.get(pack.session());
        return number == null ? -1 : (long) number << 40 | (long) pack.number() << 16 | ordinal;
    }

    PackId pack(long place) {
        return new PackId(sessions.get((int) (place >>> 40)), (int) (place >>> 16) & PackId.MAX_NUMBER);
    }

    static int ordinal(long place) {
        return (int) place & 0xffff;
    }
}
