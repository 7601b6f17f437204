package org.coffer.engine.vault;

/**
 * How large a world the exploration of the protocol looks at.
 *
 * <p>Session 0 is a backup that is there at the start, in a pack of its own. Then come {@code keepers}: backups that are
 * there at the start and use block x of that pack. Then the writers, which all back up the same block x (or x and y).
 *
 * @param keepers 0 or 1
 * @param writers sessions that are written while others do what they do
 * @param adopts true if the last writer is the first one's successor: it ends it, and adopts what it stored
 * @param blocks 1: only block x; 2: the first backup also has block y, and packs can be repacked
 * @param collectors each collects once
 * @param asker whether somebody may dismiss any one session at any time
 * @param purges sessions that a person may delete, a bit each
 * @param faults how many puts may have an unknown outcome, come late, or come twice
 * @param stale whether lists may lag behind
 * @param crashes how many writers may stop for good, so that {@code last} may begin
 * @param heals whether the first backup's block y is damaged from the start, somebody may find that out, and somebody heals
 * @param blinds how many times an object may become one that nobody can read, for a while or for ever
 * @param last whether the last collector begins only when everything else is over, and so must leave no garbage
 */
record ModelScope(
        int keepers,
        int writers,
        boolean adopts,
        int blocks,
        int collectors,
        boolean asker,
        int purges,
        int faults,
        boolean stale,
        int crashes,
        boolean last,
        boolean heals,
        int blinds) {
    static ModelScope of(int writers, int collectors) {
        return new ModelScope(0, writers, false, 1, collectors, false, 1, 0, false, 0, false, false, 0);
    }

    ModelScope adopting() {
        return new ModelScope(
                keepers, writers, true, blocks, collectors, asker, purges, faults, stale, crashes, last, heals, blinds);
    }

    ModelScope withAsker() {
        return new ModelScope(
                keepers,
                writers,
                adopts,
                blocks,
                collectors,
                true,
                purges,
                faults,
                stale,
                crashes,
                last,
                heals,
                blinds);
    }

    ModelScope withFaults(int count) {
        return new ModelScope(
                keepers,
                writers,
                adopts,
                blocks,
                collectors,
                asker,
                purges,
                count,
                stale,
                crashes,
                last,
                heals,
                blinds);
    }

    ModelScope lagging() {
        return new ModelScope(
                keepers,
                writers,
                adopts,
                blocks,
                collectors,
                asker,
                purges,
                faults,
                true,
                crashes,
                last,
                heals,
                blinds);
    }

    ModelScope repacking() {
        return new ModelScope(
                1, writers, adopts, 2, collectors, asker, purges, faults, stale, crashes, last, heals, blinds);
    }

    ModelScope purging(int sessions) {
        return new ModelScope(
                keepers,
                writers,
                adopts,
                blocks,
                collectors,
                asker,
                sessions,
                faults,
                stale,
                crashes,
                last,
                heals,
                blinds);
    }

    ModelScope cleaning(int count) {
        return new ModelScope(
                keepers, writers, adopts, blocks, collectors, asker, purges, faults, stale, count, true, heals, blinds);
    }

    ModelScope healing() {
        return new ModelScope(
                1, writers, adopts, 2, collectors, asker, purges, faults, stale, crashes, last, true, blinds);
    }

    ModelScope withBlinds(int count) {
        return new ModelScope(
                keepers,
                writers,
                adopts,
                blocks,
                collectors,
                asker,
                purges,
                faults,
                stale,
                crashes,
                last,
                heals,
                count);
    }

    int sessions() {
        return 1 + keepers + writers;
    }

    int firstWriter() {
        return 1 + keepers;
    }
}
