package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;

/**
 * Earlier backups of a policy that is changed to keeping by time. They have no date and would stay for ever, so they are
 * offered the dates that the new rule would have given them (P7). None goes earlier than a day from now.
 */
public final class Undated {
    private static final Duration SOONEST = Duration.ofDays(1);

    private final Policies policies;
    private final Backups backups;
    private final Clock clock;

    /** Those of {@code policies} among {@code backups}. */
    public Undated(Policies policies, Backups backups, Clock clock) {
        this.policies = policies;
        this.backups = backups;
        this.clock = clock;
    }

    /** A backup with the date that it is offered. */
    public record Dated(Backup backup, Instant at) {}

    /** Whether an edit leaves backups without a date behind. */
    public static boolean leaves(PolicyPlan before, PolicyPlan after) {
        return !dates(before.retention()) && dates(after.retention());
    }

    private static boolean dates(Retention retention) {
        return retention instanceof Retention.ByDays || retention instanceof Retention.ByMonths;
    }

    /**
     * Those that have no date, with the ones that they are offered; blocks. What failed has its month (P12), what is damaged goes
     * by no rule, and a vault under retention lock lets none go earlier than it does (V16): these are offered nothing.
     */
    public List<Dated> find(Policy policy) {
        Instant soonest = clock.instant().plus(SOONEST);
        PolicyPlan plan = policy.plan();
        return policies.holding(policy).stream()
                .filter(vault -> vault.lock().isEmpty())
                .flatMap(vault -> backups.ofVault(vault.id()).stream())
                .filter(backup -> backup.restorable() && !backup.damaged())
                .filter(backup -> backup.expiresAt().isEmpty())
                .filter(backup -> backup.automatic()
                        .filter(from -> from.policy().equals(policy.id()))
                        .isPresent())
                .flatMap(backup -> plan
                        .retention()
                        .expiry(backup.createdAt(), plan.schedule().zone())
                        .map(at -> new Dated(backup, at.isBefore(soonest) ? soonest : at))
                        .stream())
                .toList();
    }

    /** Gives them their dates; blocks. */
    public void assign(List<Dated> found) {
        found.forEach(one -> backups.expire(one.backup().id(), Optional.of(one.at())));
    }
}
