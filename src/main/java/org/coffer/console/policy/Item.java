package org.coffer.console.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A backup as retention sees it.
 *
 * @param id its ID; orders those of one moment
 * @param automatic whether the policy at hand made it; any other one is nobody's to count or to let go
 * @param health what can be expected of it
 * @param created the moment it shows
 * @param finished when it was there, or failed
 * @param expires when it goes by its date: given by the rule under which it was made, or by hand
 * @param left whether its policy left it once: the policy, or the disk, was bound to the vault anew since (P8)
 * @param safety whether it is the safety copy of a restore: it goes by its date, whole or not
 * @param image whether an image is made of it
 */
public record Item(
        UUID id,
        boolean automatic,
        Health health,
        Instant created,
        Instant finished,
        Optional<Instant> expires,
        boolean left,
        boolean safety,
        boolean image) {
    /** What can be expected of a backup. */
    enum Health {
        /** It was finished, and nothing is known to be wrong with it. */
        GOOD,
        /** It was never finished. */
        FAILED,
        /** It was finished; stored data that it needs is damaged or missing. */
        DAMAGED,
        /** It was finished; somebody wanted to delete it, and that failed. */
        UNDELETED,
        /** Another console made it, which alone knows what became of it since. */
        ELSEWHERE
    }

    /** The same without a date. */
    Item undated() {
        return new Item(id, automatic, health, created, finished, Optional.empty(), left, safety, image);
    }

    /** Whether it can be relied on. */
    boolean good() {
        return health == Health.GOOD;
    }

    /** Whether it counts: made by the policy, whole, and no image holds it (P6). */
    boolean counts() {
        return automatic && good() && !image;
    }
}
