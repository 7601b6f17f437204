package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.coffer.console.policy.Conditions.Hours;
import org.coffer.console.policy.Retention.ByCount;
import org.coffer.console.policy.Retention.Periods;

/**
 * Whether an edit of a policy could let backups that are there go earlier than they would without it, which a vault under
 * retention lock does not allow (V16). Told by the rules alone, whatever backups there are now.
 *
 * <p>Dates that backups have stay as they are whatever is edited (P7), so only a count can take anything: a smaller one, one
 * where there was none, or one that is filled sooner. What is there goes when as many are newer as the count says. So of the
 * runs to come, the first, the second and each one up to the count may not come before that of the plan as it was, nor the first,
 * the second ... new day, week, month and year that counts. Runs are taken to succeed. Hours in which none were allowed may not be
 * allowed, because they may be what kept runs apart.
 */
final class Shortening {
    private static final Duration LONG_ENOUGH = Duration.ofDays(400);

    private Shortening() {}

    static boolean possible(PolicyPlan before, PolicyPlan after, Instant now) {
        if (!(after.retention() instanceof ByCount then)) {
            return false;
        }
        if (!(before.retention() instanceof ByCount was)) {
            return true;
        }
        boolean otherDays = !before.schedule().zone().equals(after.schedule().zone());
        return then.newest() < was.newest()
                || fewer(was.periods(), then.periods())
                || (otherDays && !then.periods().equals(Periods.NONE))
                || wider(before, after)
                || sooner(before.schedule(), after.schedule(), was, now);
    }

    private static boolean fewer(Periods was, Periods then) {
        return then.daily() < was.daily()
                || then.weekly() < was.weekly()
                || then.monthly() < was.monthly()
                || then.yearly() < was.yearly();
    }

    /** Whether a time of day is allowed that was not. */
    private static boolean wider(PolicyPlan before, PolicyPlan after) {
        Optional<Hours> was = before.conditions().hours();
        Optional<Hours> then = after.conditions().hours();
        if (was.isEmpty()) {
            return false;
        }
        if (!before.schedule().zone().equals(after.schedule().zone())) {
            return true;
        }
        for (int minute = 0; minute < Duration.ofDays(1).toMinutes(); minute++) {
            LocalTime at = LocalTime.MIDNIGHT.plusMinutes(minute);
            if (!was.get().include(at)
                    && then.filter(hours -> !hours.include(at)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the runs to come, or the periods that hold one, are there sooner. */
    private static boolean sooner(Schedule before, Schedule after, ByCount count, Instant now) {
        if (before.equals(after)) {
            return false;
        }
        List<Instant> was = runs(before, now);
        List<Instant> then = runs(after, now);
        Periods periods = count.periods();
        return then.size() > was.size()
                || sooner(was, then, count.newest())
                || sooner(was, then, periods.daily(), after, LocalDate::toString)
                || sooner(was, then, periods.weekly(), after, Keeping::week)
                || sooner(was, then, periods.monthly(), after, Keeping::month)
                || sooner(was, then, periods.yearly(), after, Keeping::year);
    }

    private static List<Instant> runs(Schedule schedule, Instant now) {
        return schedule.between(now, now.plus(LONG_ENOUGH)).stream()
                .map(Slot::at)
                .toList();
    }

    private static boolean sooner(List<Instant> was, List<Instant> then, int most) {
        for (int i = 0; i < Math.min(most, then.size()); i++) {
            if (i >= was.size() || then.get(i).isBefore(was.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sooner(
            List<Instant> was, List<Instant> then, int most, Schedule in, Function<LocalDate, String> period) {
        return sooner(firsts(was, in, period), firsts(then, in, period), most);
    }

    /** The first run of each period. */
    private static List<Instant> firsts(List<Instant> runs, Schedule in, Function<LocalDate, String> period) {
        Map<String, Instant> firsts = new LinkedHashMap<>();
        runs.forEach(at -> firsts.putIfAbsent(period.apply(LocalDate.ofInstant(at, in.zone())), at));
        return List.copyOf(firsts.values());
    }
}
