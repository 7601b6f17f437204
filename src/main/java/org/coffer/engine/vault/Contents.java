package org.coffer.engine.vault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a vault held at one moment. Immutable.
 *
 * @param backups the valid commits by session
 * @param gone the sessions for which a final marker is listed; anybody can put one that does not open, so who concludes
 *     from it that something was deleted on purpose opens it first
 * @param damaged what was set aside
 */
record Contents(Map<SessionId, Commit> backups, Set<SessionId> gone, List<Damage> damaged) {
    Contents {
        backups = Map.copyOf(backups);
        gone = Set.copyOf(gone);
        damaged = List.copyOf(damaged);
    }

    static Contents empty() {
        return new Contents(Map.of(), Set.of(), List.of());
    }

    /** The commits that no other names as seen: what the next commit has to name. At most 16, the lowest ids. */
    List<SessionId> heads() {
        TreeSet<SessionId> heads = new TreeSet<>(backups.keySet());
        backups.values().forEach(commit -> heads.removeAll(Set.copyOf(commit.heads())));
        return heads.stream().limit(16).toList();
    }
}
