package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What must hold for a run to start, and to go on (P11), and how fast it may read (B13). A slot at which something does not
 * hold waits until it does, and is skipped if the next one comes first.
 *
 * @param notOnBattery whether to wait for mains power
 * @param notMetered whether to wait for a network that costs nothing by volume
 * @param hours within which hours runs may be; at any time if empty
 * @param limit most MB a second that all its runs together read from their disks; 0 for no limit
 */
public record Conditions(boolean notOnBattery, boolean notMetered, Optional<Hours> hours, long limit) {
    /** Whatever the circumstances. */
    public static final Conditions NONE = new Conditions(false, false, Optional.empty());

    /** As fast as it goes. */
    public Conditions(boolean notOnBattery, boolean notMetered, Optional<Hours> hours) {
        this(notOnBattery, notMetered, hours, 0);
    }

    /** Whether there is anything for which a run waits. */
    boolean any() {
        return notOnBattery || notMetered || hours.isPresent();
    }

    /** The same with another limit. */
    public Conditions limited(long megabytes) {
        return new Conditions(notOnBattery, notMetered, hours, megabytes);
    }

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

        /** When they begin the next time after a moment, on the wall clock of {@code zone}. */
        Instant nextBegin(Instant after, ZoneId zone) {
            LocalDate today = LocalDate.ofInstant(after, zone);
            Instant begin = today.atTime(from).atZone(zone).toInstant();
            return begin.isAfter(after)
                    ? begin
                    : today.plusDays(1).atTime(from).atZone(zone).toInstant();
        }
    }
}
