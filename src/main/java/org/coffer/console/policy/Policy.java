package org.coffer.console.policy;

import java.time.Instant;
import java.util.UUID;

/**
 * A policy (P1).
 *
 * @param id its ID
 * @param plan what was decided about it
 * @param createdAt when it was made
 * @param runsSince slots up to this moment are none: when it was made, switched on, or its schedule was changed last
 * @param keepsSince when its retention was changed last
 */
public record Policy(UUID id, PolicyPlan plan, Instant createdAt, Instant runsSince, Instant keepsSince) {
    /** The most policies that there can be. */
    public static final int MOST = 32;

    /** Its name. */
    public String name() {
        return plan.name();
    }

    /** What it does at its times. */
    public PolicyKind kind() {
        return plan.kind();
    }

    /** Whether it starts backups and lets them go. */
    public boolean enabled() {
        return plan.enabled();
    }
}
