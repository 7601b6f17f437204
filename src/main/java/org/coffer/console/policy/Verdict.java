package org.coffer.console.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What retention says about one backup.
 *
 * @param backup which
 * @param created the moment it shows
 * @param reasons what keeps it; empty exactly if it is due
 * @param until when its date takes it, whatever else keeps it until then; empty if it has none
 */
public record Verdict(UUID backup, Instant created, List<Reason> reasons, Optional<Instant> until) {
    /** Whether it goes now. */
    public boolean due() {
        return reasons.isEmpty();
    }

    /** Whether this is one of the reasons. */
    public boolean keptBy(Keeper keeper) {
        return reasons.stream().anyMatch(reason -> reason.keeper() == keeper);
    }

    /**
     * One reason to keep a backup.
     *
     * @param detail of a period which one it is, such as {@code 2026-W47}; of the count, how manieth it is; else empty
     */
    public record Reason(Keeper keeper, String detail) {}

    /** What keeps a backup. */
    public enum Keeper {
        /** It is one of the newest. */
        COUNT,
        /** It is the newest of its day. */
        DAILY,
        /** It is the newest of its week. */
        WEEKLY,
        /** It is the newest of its month. */
        MONTHLY,
        /** It is the newest of its year. */
        YEARLY,
        /** Its date has not come. */
        TIME,
        /** The rule keeps everything. */
        FOREVER,
        /** It was made before an edit that leaves older ones alone, or its policy was unbound since (P7, P8). */
        LEFT,
        /** A count that was changed acts after the next backup (P7). */
        NEXT_BACKUP,
        /** The policy is off. */
        DISABLED,
        /** It is the safety copy of a restore, which can be undone until its date comes (S8). */
        SAFETY_COPY,
        /** It was not made by a policy. */
        MANUAL,
        /** An image is made of it. */
        IMAGE,
        /** It bears a date that has not come: the clock was wrong then, or is now. */
        FUTURE,
        /** It failed, and is one of the last that did (P12). */
        FAILED,
        /** It is damaged: no rule takes it, until it is mended or somebody deletes it. */
        DAMAGED,
        /** Deleting it failed: no rule takes it, somebody has to delete it again. */
        UNDELETED,
        /** Another console made it, which still works in the vault: no rule takes it here. */
        ELSEWHERE
    }
}
