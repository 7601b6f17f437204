package org.coffer.console.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * What became of one slot of a policy in one vault.
 *
 * @param slot the moment for which it was planned
 * @param fate what became of it
 * @param decidedAt when that was decided: the real start of one that was started
 * @param tries how often it was tried in vain
 * @param nextTry when it is tried again, if it waits
 * @param problem why it waits or was skipped
 */
public record SlotRun(
        UUID policy,
        UUID vault,
        Instant slot,
        SlotFate fate,
        Instant decidedAt,
        int tries,
        Instant nextTry,
        Optional<Problem> problem) {}
