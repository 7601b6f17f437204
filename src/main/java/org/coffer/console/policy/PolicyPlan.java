package org.coffer.console.policy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What an administrator decides about a policy, new or edited. {@link PolicyRules} says what is wrong with one.
 *
 * @param name 1 to 64 of Chinese, letters, digits, {@code _} and {@code -}; unique
 * @param enabled whether it starts backups and lets them go
 * @param schedule when it runs
 * @param retention how long its backups are kept
 * @param fullEvery after how many incremental backups a full one is made, 0 to 100; empty for never
 * @param missed what becomes of slots that were missed
 * @param conditions what must hold for a run to start
 * @param target the vault that takes the replicas of a policy of replication; empty for one of backups
 */
public record PolicyPlan(
        String name,
        boolean enabled,
        Schedule schedule,
        Retention retention,
        OptionalInt fullEvery,
        Missed missed,
        Conditions conditions,
        Optional<UUID> target) {
    /** A plan for backups. */
    public PolicyPlan(
            String name,
            boolean enabled,
            Schedule schedule,
            Retention retention,
            OptionalInt fullEvery,
            Missed missed,
            Conditions conditions) {
        this(name, enabled, schedule, retention, fullEvery, missed, conditions, Optional.empty());
    }

    /** What it does at its times. */
    public PolicyKind kind() {
        return target.isPresent() ? PolicyKind.REPLICATION : PolicyKind.BACKUP;
    }

    /** The same, copying backups into a vault instead of making any. */
    public PolicyPlan replicatingTo(UUID vault) {
        return new PolicyPlan(
                name, enabled, schedule, retention, OptionalInt.empty(), missed, conditions, Optional.of(vault));
    }

    /** The same under another name. */
    public PolicyPlan named(String other) {
        return new PolicyPlan(other, enabled, schedule, retention, fullEvery, missed, conditions, target);
    }

    /** The same, switched on or off. */
    public PolicyPlan enabled(boolean on) {
        return new PolicyPlan(name, on, schedule, retention, fullEvery, missed, conditions, target);
    }

    /** The same with another schedule. */
    public PolicyPlan on(Schedule other) {
        return new PolicyPlan(name, enabled, other, retention, fullEvery, missed, conditions, target);
    }

    /** The same with another retention. */
    public PolicyPlan keeping(Retention other) {
        return new PolicyPlan(name, enabled, schedule, other, fullEvery, missed, conditions, target);
    }
}
