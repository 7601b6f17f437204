package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import org.coffer.console.policy.Retention.ByCount;
import org.coffer.console.policy.Retention.Periods;

/**
 * Whether an edit of a policy could let backups that are there go earlier than they would without it, which a vault under
 * retention lock does not allow (V16). Told by the rules alone, whatever backups there are now.
 *
 * <p>Dates that backups have stay as they are whatever is edited (P7), so only a count can take anything: a smaller one, one
 * where there was none, or one that the same number of runs fills in less time.
 */
final class Shortening {
    /** Any day would do to count runs from. */
    private static final Instant SOME_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration LONG_ENOUGH = Duration.ofDays(400);

    private Shortening() {}

    static boolean possible(PolicyPlan before, PolicyPlan after) {
        if (!(after.retention() instanceof ByCount then)) {
            return false;
        }
        if (!(before.retention() instanceof ByCount now)) {
            return true;
        }
        boolean otherDays = !before.schedule().zone().equals(after.schedule().zone());
        return then.newest() < now.newest()
                || fewer(now.periods(), then.periods())
                || (otherDays && !then.periods().equals(Periods.NONE))
                || runs(after.schedule()) > runs(before.schedule());
    }

    private static boolean fewer(Periods now, Periods then) {
        return then.daily() < now.daily()
                || then.weekly() < now.weekly()
                || then.monthly() < now.monthly()
                || then.yearly() < now.yearly();
    }

    private static int runs(Schedule schedule) {
        return schedule.between(SOME_DAY, SOME_DAY.plus(LONG_ENOUGH)).size();
    }
}
