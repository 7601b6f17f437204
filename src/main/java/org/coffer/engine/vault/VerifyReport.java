package org.coffer.engine.vault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check found.
 *
 * @param damaged the objects that are damaged, and the backups that each hits
 * @param ranges what of its disks each backup cannot give back, as far as what was looked at tells; a backup whose commit is
 *     damaged is not there
 * @param objects packs and commits that were looked at
 * @param blocks blocks that were checked
 * @param bytes stored bytes that were read
 * @param reached the last pack that was read; empty if none was
 */
public record VerifyReport(
        List<Damage> damaged,
        Map<SessionId, DamagedRanges> ranges,
        long objects,
        long blocks,
        long bytes,
        String reached) {
    /** Keeps unmodifiable copies. */
    public VerifyReport {
        damaged = List.copyOf(damaged);
        ranges = Map.copyOf(ranges);
    }

    /** The backups that are hit. */
    public Set<SessionId> hit() {
        Set<SessionId> hit = new TreeSet<>();
        damaged.forEach(damage -> hit.addAll(damage.backups()));
        return hit;
    }
}
