package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One moment at which a policy runs.
 *
 * @param at the moment; names the slot
 * @param planned what the schedule says, on the wall clock of the policy's zone
 * @param shifted whether that time does not exist on that day, so that it runs at the next one that does
 */
public record Slot(Instant at, LocalDateTime planned, boolean shifted) {}
