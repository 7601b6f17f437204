package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.coffer.console.policy.Verdict.Keeper;
import org.coffer.console.policy.Verdict.Reason;

/**
 * Retention, as one function without side effects (P5 to P8, P12): the cleaner, the simulator, the previews and the tests
 * all ask {@link #judge}.
 *
 * <p><b>What a backup carries.</b> The only thing that stays with a backup from the time it was made is its date, given by
 * the rule of that time. Whether it is counted depends on the rule of today alone. The table of edits (P7) follows:
 * <ul>
 *   <li>count to count: all are counted, by the new number;
 *   <li>count to time or for ever: nothing is counted any more, and the old ones have no date, so they stay;
 *   <li>time to time or for ever: each keeps the date that it has;
 *   <li>time to count: dates stay and all are counted, so whichever strikes first takes it;
 *   <li>for ever to count: all are counted; for ever to time: the old ones have no date, so they stay.
 * </ul>
 *
 * <p><b>When an edit acts.</b> A count acts from the first backup of the resource that is finished after the edit, manual
 * or not; until then it takes nothing.
 *
 * <p><b>What was left.</b> A count takes in only what was made since the policy serves the resource without a break (P8).
 * What it made before an unbinding stays until somebody deletes it or its date comes, also after it is bound again: else an
 * edit in between, about which nobody was asked, would delete it. Binding marks those backups; no clock is asked, because
 * one that was set back would let a count take in what was left.
 *
 * <p><b>Dates from the future.</b> A clock that was wrong leaves backups that seem to be younger than now. They take no
 * place in the count, or they would push out at once whatever is made after the clock was put right.
 *
 * <p><b>Made elsewhere.</b> What another console made that works in the vault too is let go by no rule here, and takes nobody's
 * place: that console may have taken its date away, or be counting it by rules that nobody knows here.
 *
 * <p><b>What is broken.</b> A damaged backup, or one that could not be deleted, takes nobody's place and is let go by no
 * rule, not by its date either: it might be the reason why an older one is still needed. It stays until it is mended or
 * somebody deletes it.
 */
public final class Keeping {
    /** How many failed runs of one resource are kept. */
    public static final int MOST_FAILED = 10;
    /** For how many calendar months a failed run is kept. */
    static final int FAILED_MONTHS = 1;

    /** The order in which backups take places. */
    static final Comparator<Item> NEWEST_FIRST =
            Comparator.comparing(Item::created).reversed().thenComparing(Item::id);

    private final Rule rule;
    private final Instant now;
    private final boolean counting;
    private final boolean waiting;
    private final Map<UUID, List<Reason>> places = new HashMap<>();
    private final Set<UUID> lastFailed = new LinkedHashSet<>();

    private Keeping(Collection<Item> history, Rule rule, Instant now) {
        this.rule = rule;
        this.now = now;
        boolean byCount = rule.enabled() && rule.bound() && rule.retention() instanceof Retention.ByCount;
        boolean acts = history.stream()
                .anyMatch(item -> item.good()
                        && !item.finished().isBefore(rule.since())
                        && !item.finished().isAfter(now));
        this.counting = byCount && acts;
        this.waiting = byCount && !acts;
        List<Item> newest = history.stream().sorted(NEWEST_FIRST).toList();
        if (counting && rule.retention() instanceof Retention.ByCount count) {
            place(newest.stream().filter(this::takesPlace).toList(), count);
        }
        newest.stream()
                .filter(item -> item.automatic() && item.health() == Item.Health.FAILED && !future(item))
                .limit(MOST_FAILED)
                .forEach(item -> lastFailed.add(item.id()));
    }

    /**
     * Judges the backups of one resource in one vault.
     *
     * @param history all of them except those in the trash, in any order
     * @param rule what holds now for the automatic ones
     * @return for each, what keeps it and until when, in the order of {@code history}
     */
    public static List<Verdict> judge(Collection<Item> history, Rule rule, Instant now) {
        Keeping keeping = new Keeping(history, rule, now);
        return history.stream().map(keeping::verdict).toList();
    }

    private boolean future(Item item) {
        return item.created().isAfter(now);
    }

    private static boolean reached(Optional<Instant> date, Instant now) {
        return date.filter(at -> !at.isAfter(now)).isPresent();
    }

    private boolean takesPlace(Item item) {
        return takesPlace(item, rule, now);
    }

    /** Whether a backup takes part in a count at a moment. */
    static boolean takesPlace(Item item, Rule rule, Instant now) {
        return item.counts() && !rule.left(item) && !item.created().isAfter(now) && !reached(item.expires(), now);
    }

    private boolean countable(Item item) {
        return item.automatic() && !rule.left(item);
    }

    private void place(List<Item> newest, Retention.ByCount count) {
        for (int i = 0; i < Math.min(count.newest(), newest.size()); i++) {
            keep(newest.get(i), Keeper.COUNT, Integer.toString(i + 1));
        }
        Retention.Periods periods = count.periods();
        newestOf(newest, Keeper.DAILY, periods.daily(), LocalDate::toString);
        newestOf(newest, Keeper.WEEKLY, periods.weekly(), Keeping::week);
        newestOf(newest, Keeper.MONTHLY, periods.monthly(), Keeping::month);
        newestOf(newest, Keeper.YEARLY, periods.yearly(), Keeping::year);
    }

    private void newestOf(List<Item> newest, Keeper keeper, int most, Function<LocalDate, String> period) {
        Set<String> seen = new LinkedHashSet<>();
        for (Item item : newest) {
            if (seen.size() == most) {
                return;
            }
            String name = period.apply(LocalDate.ofInstant(item.created(), rule.zone()));
            if (seen.add(name)) {
                keep(item, keeper, name);
            }
        }
    }

    /** The ISO week of a day: {@code 2026-W47}. */
    static String week(LocalDate day) {
        return String.format(
                "%d-W%02d", day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** The month of a day: {@code 2026-11}. */
    static String month(LocalDate day) {
        return day.toString().substring(0, 7);
    }

    /** The year of a day: {@code 2026}. */
    static String year(LocalDate day) {
        return Integer.toString(day.getYear());
    }

    private void keep(Item item, Keeper keeper, String detail) {
        places.computeIfAbsent(item.id(), id -> new ArrayList<>()).add(new Reason(keeper, detail));
    }

    private Verdict verdict(Item item) {
        if (item.safety() && item.health() != Item.Health.ELSEWHERE && reached(item.expires(), now)) {
            return new Verdict(item.id(), item.created(), List.of(), item.expires());
        }
        return switch (item.health()) {
            case GOOD ->
                new Verdict(item.id(), item.created(), reasons(item), item.image() ? Optional.empty() : item.expires());
            case FAILED -> failed(item);
            case DAMAGED -> new Verdict(item.id(), item.created(), because(Keeper.DAMAGED), Optional.empty());
            case UNDELETED -> new Verdict(item.id(), item.created(), because(Keeper.UNDELETED), Optional.empty());
            case ELSEWHERE -> new Verdict(item.id(), item.created(), because(Keeper.ELSEWHERE), Optional.empty());
        };
    }

    private List<Reason> reasons(Item item) {
        if (item.image()) {
            return because(Keeper.IMAGE);
        }
        if (item.automatic() && !rule.enabled()) {
            return because(Keeper.DISABLED);
        }
        if (reached(item.expires(), now)) {
            return List.of();
        }
        if (item.automatic() && future(item)) {
            return because(Keeper.FUTURE);
        }
        if (countable(item) && counting) {
            return places.getOrDefault(item.id(), List.of());
        }
        if (countable(item) && waiting) {
            return because(Keeper.NEXT_BACKUP);
        }
        if (item.safety() && item.expires().isPresent()) {
            return because(Keeper.SAFETY_COPY);
        }
        if (item.expires().isPresent()) {
            return because(Keeper.TIME);
        }
        if (!item.automatic()) {
            return because(Keeper.MANUAL);
        }
        return because(
                !rule.left(item) && rule.retention() instanceof Retention.Forever ? Keeper.FOREVER : Keeper.LEFT);
    }

    /** P12: by their date always, by their number as long as the policy is responsible for the resource. */
    private Verdict failed(Item item) {
        if (!item.automatic()) {
            return new Verdict(item.id(), item.created(), because(Keeper.MANUAL), item.expires());
        }
        Instant until = ZonedDateTime.ofInstant(item.created(), rule.zone())
                .plusMonths(FAILED_MONTHS)
                .toInstant();
        if (!rule.enabled()) {
            return new Verdict(item.id(), item.created(), because(Keeper.DISABLED), Optional.of(until));
        }
        boolean gone =
                reached(Optional.of(until), now) || (rule.bound() && !future(item) && !lastFailed.contains(item.id()));
        return new Verdict(item.id(), item.created(), gone ? List.of() : because(Keeper.FAILED), Optional.of(until));
    }

    private static List<Reason> because(Keeper keeper) {
        return List.of(new Reason(keeper, ""));
    }
}
