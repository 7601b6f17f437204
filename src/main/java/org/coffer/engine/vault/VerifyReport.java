package org.coffer.engine.vault;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check found.
 *
 * @param damaged the objects that are damaged, and the backups that each hits
 * @param objects packs and commits that were looked at
 * @param blocks blocks that were checked
 * @param bytes stored bytes that were read
 * @param reached the last pack that was read; empty if none was
 */
public record VerifyReport(List<Damage> damaged, long objects, long blocks, long bytes, String reached) {
    /** Keeps an unmodifiable copy. */
    public VerifyReport {
        damaged = List.copyOf(damaged);
    }

    /** The backups that are hit. */
    public Set<SessionId> hit() {
        Set<SessionId> hit = new TreeSet<>();
        damaged.forEach(damage -> hit.addAll(damage.backups()));
        return hit;
    }
}
