package org.coffer.window.start;

import java.util.Optional;
import org.coffer.console.vault.Places;
import org.coffer.problem.Problem;

/**
 * A place that can be chosen, judged for the disks that are ticked.
 *
 * @param place the place
 * @param refusal why it is impossible
 * @param warning what to know before choosing it
 */
record PlaceChoice(Places.Place place, Optional<Problem> refusal, Optional<Problem> warning) {
    /** Whether it can be used without a second thought. */
    boolean safe() {
        return refusal.isEmpty() && warning.isEmpty();
    }
}
