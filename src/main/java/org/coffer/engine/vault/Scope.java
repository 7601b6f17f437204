package org.coffer.engine.vault;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one session may refer to: rule 2, in one place. Immutable once the session has begun.
 *
 * @param own the session itself
 * @param allowed packs in the uses of commits that were valid when it began, and packs of adopted sessions, without
 *     those condemned
 * @param earlier packs in the uses of valid commits: what a fresh backup must not share
 * @param condemned single entries of allowed packs that nobody may refer to
 * @param sessions numbers for all sessions in {@code allowed}
 */
record Scope(SessionId own, PackSet allowed, PackSet earlier, EntrySet condemned, SessionTable sessions) {
    /**
     * Decides once for every pack that the session could meet.
     *
     * @param clear false if something condemned could not be read: then nothing but own packs may be referred to
     */
    static Scope of(SessionId own, PackSet uses, PackSet adopted, Condemned condemned, boolean clear) {
        PackSet allowed = new PackSet();
        PackSet known = new PackSet().addAll(uses).addAll(adopted);
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : known.packs(type)) {
                boolean shunned = !clear || condemned.packs().contains(type, pack);
                if (Protocol.STANDARD.mayRefer(
                        false, uses.contains(type, pack), adopted.contains(type, pack), shunned)) {
                    allowed.add(type, pack);
                }
            }
        }
        Set<SessionId> members = new HashSet<>(allowed.sessions());
        members.add(own);
        return new Scope(own, allowed, uses, condemned.entries(), new SessionTable(members));
    }

    /** Whether any entry of a pack may be referred to. */
    boolean may(ObjectType type, PackId pack) {
        return pack.session().equals(own) || allowed.contains(type, pack);
    }

    /** Whether one entry of a pack may be referred to. */
    boolean may(ObjectType type, PackId pack, int ordinal) {
        return Protocol.STANDARD.mayRefer(
                pack.session().equals(own), allowed.contains(type, pack), false, shuns(type, pack, ordinal));
    }

    /** Whether an entry is one of those condemned singly. */
    boolean shuns(ObjectType type, PackId pack, int ordinal) {
        return !condemned.isEmpty() && condemned.contains(type, pack, ordinal);
    }

    /** Whether a fresh backup, which shares nothing with earlier ones, may refer to an entry of a data pack. */
    boolean mayFresh(PackId pack, int ordinal) {
        return may(ObjectType.DATA, pack, ordinal) && !earlier.contains(ObjectType.DATA, pack);
    }
}
