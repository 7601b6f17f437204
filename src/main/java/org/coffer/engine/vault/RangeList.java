package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.List;

/** Gathers the damaged stretches of one backup, told disk by disk and each disk from its beginning to its end. */
final class RangeList {
    private final List<DiskRange> runs = new ArrayList<>();
    private final int most;
    private String disk = "";
    private long from;
    private long to;
    private long more;
    private long bytes;

    /** @param most how many are listed; the rest is counted */
    RangeList(int most) {
        this.most = most;
    }

    /** Another disk begins: what follows is no neighbour of what was before. */
    void disk(String name) {
        end();
        disk = name;
    }

    /**
     * Adds a stretch, which may lie within or beside the one before.
     *
     * @param first its first byte; not before that of the last one
     * @param end the byte after its last
     */
    void add(long first, long end) {
        if (to > from && first <= to) {
            to = Math.max(to, end);
            return;
        }
        end();
        from = first;
        to = end;
    }

    /** What was gathered. */
    DamagedRanges ranges() {
        end();
        return new DamagedRanges(runs, more, bytes);
    }

    private void end() {
        if (to > from) {
            bytes += to - from;
            if (runs.size() < most) {
                runs.add(new DiskRange(disk, from, to));
            } else {
                more++;
            }
        }
        from = 0;
        to = 0;
    }
}
