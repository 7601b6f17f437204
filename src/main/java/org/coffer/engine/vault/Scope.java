package org.coffer.engine.vault;

import java.util.Set;

/**
 * What one session may refer to: rule 2, in one place. Immutable once the session has begun.
 *
 * @param own the session itself
 * @param allowed packs in the uses of commits that were valid when it began, and packs of adopted sessions, without
 *     those condemned
 * @param earlier packs in the uses of valid commits: what a fresh backup must not share
 * @param sessions numbers for all sessions in {@code allowed}
 */
record Scope(SessionId own, PackSet allowed, PackSet earlier, SessionTable sessions) {
    static Scope of(SessionId own, PackSet uses, PackSet adopted, PackSet condemned) {
        PackSet allowed = new PackSet().addAll(uses).addAll(adopted).removeAll(condemned);
        Set<SessionId> members = new java.util.HashSet<>(allowed.sessions());
        members.add(own);
        return new Scope(own, allowed, uses, new SessionTable(members));
    }

    boolean may(ObjectType type, PackId pack) {
        return pack.session().equals(own) || allowed.contains(type, pack);
    }

    /** Whether a fresh backup, which shares nothing with earlier ones, may refer to a data pack. */
    boolean mayFresh(PackId pack) {
        return may(ObjectType.DATA, pack) && !earlier.contains(ObjectType.DATA, pack);
    }
}
