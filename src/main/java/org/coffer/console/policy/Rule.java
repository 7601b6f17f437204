package org.coffer.console.policy;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The rule that holds now for the backups that a policy made of one resource in one vault.
 *
 * @param retention the policy's retention; for ever where there is no policy any more
 * @param zone in whose calendar days, weeks, months and years are told apart
 * @param since when the retention was last changed, or the policy was bound to the vault, whichever was later
 * @param enabled whether the policy is on
 * @param bound whether the policy is bound to the vault and the resource too; if not, only dates count (P8, V14)
 */
public record Rule(Retention retention, ZoneId zone, Instant since, boolean enabled, boolean bound) {
    /** The rule of a policy that is on, and was bound before anything was made. */
    static Rule of(Retention retention, ZoneId zone, Instant since) {
        return new Rule(retention, zone, since, true, true);
    }

    /** The rule where there is no policy any more. */
    static Rule nobodys(ZoneId zone) {
        return new Rule(new Retention.Forever(), zone, Instant.EPOCH, true, false);
    }

    /** The same, acting although no backup was finished since it was changed. */
    Rule atOnce() {
        return new Rule(retention, zone, Instant.EPOCH, enabled, bound);
    }

    /** Whether a backup was left when the policy, or its disk, was unbound: no count takes it in again (P8). */
    boolean left(Item item) {
        return !bound || item.left();
    }
}
