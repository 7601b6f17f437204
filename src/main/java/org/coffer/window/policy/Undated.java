package org.coffer.window.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;

/**
 * Earlier backups of a policy that is changed to keeping by time. They have no date and would stay for ever, so they are
 * offered the dates that the new rule would have given them (P7). None goes earlier than a day from now.
 */
final class Undated {
    private static final Duration SOONEST = Duration.ofDays(1);

    private final Policies policies;
    private final Backups backups;
    private final Clock clock;

    Undated(Policies policies, Backups backups, Clock clock) {
        this.policies = policies;
        this.backups = backups;
        this.clock = clock;
    }

    /** A backup with the date that it is offered. */
    record Dated(Backup backup, Instant at) {}

    /** Whether an edit leaves backups without a date behind. */
    static boolean leaves(PolicyPlan before, PolicyPlan after) {
        return !dates(before.retention()) && dates(after.retention());
    }

    private static boolean dates(Retention retention) {
        return retention instanceof Retention.ByDays || retention instanceof Retention.ByMonths;
    }

    /** Those that have no date, with the ones that they are offered; blocks. */
    List<Dated> find(Policy policy) {
        Instant soonest = clock.instant().plus(SOONEST);
        PolicyPlan plan = policy.plan();
        return policies.holding(policy).stream()
                .flatMap(vault -> backups.ofVault(vault.id()).stream())
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

    /** Asks whether they get them. */
    Question whether(Policy policy, List<Dated> found) {
        Instant soonest = found.stream().map(Dated::at).min(Instant::compareTo).orElseThrow();
        Instant last = found.stream().map(Dated::at).max(Instant::compareTo).orElseThrow();
        return new Question(
                Sentence.of("policy.undated.title", "n", found.size(), "policy", policy.name()),
                List.of(
                        Sentence.of("policy.undated.why"),
                        Sentence.of("policy.undated.then", "first", soonest, "last", last)),
                Sentence.of("policy.undated.assign", "n", found.size()),
                true);
    }

    /** Gives them their dates; blocks. */
    void assign(List<Dated> found) {
        found.forEach(one -> backups.expire(one.backup().id(), Optional.of(one.at())));
    }
}
