package org.coffer.console.policy;

import java.time.LocalTime;
import java.util.Optional;

/**
 * What must hold for a run to start (P11). A slot at which something does not hold waits until it does, and is skipped if
 * the next one comes first.
 *
 * @param notOnBattery whether to wait for mains power
 * @param notMetered whether to wait for a network that costs nothing by volume
 * @param hours within which hours runs may start; at any time if empty
 */
public record Conditions(boolean notOnBattery, boolean notMetered, Optional<Hours> hours) {
    /** Whatever the circumstances. */
    public static final Conditions NONE = new Conditions(false, false, Optional.empty());

    /**
     * Hours of the day on the wall clock of the policy's zone; they go across midnight if {@code until} is the earlier.
     *
     * @param from the first moment that is within
     * @param until the first that is not
     */
    public record Hours(LocalTime from, LocalTime until) {
        /** Whether a time of day is within. */
        public boolean include(LocalTime time) {
            return from.isBefore(until)
                    ? !time.isBefore(from) && time.isBefore(until)
                    : !time.isBefore(from) || time.isBefore(until);
        }
    }
}
