package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The life of the backups of one disk under one rule, played forward run by run (P15).
 *
 * <p>It says what {@link Keeping} would say if it judged all of them after each run. That would take minutes for a policy that
 * runs each hour, so it asks only about what can change: at the first run about all; then about a backup whose date, or the
 * moment that it bears, has come since the run before; and {@link Places} tells whom the new one pushes out. What keeps those
 * that are there at the moment that is shown, {@link Keeping} says of all of them. For one thread; done with after
 * {@link #play}.
 */
final class Foresight {
    /** How far it plays beyond the moment that is shown, to learn when what is there then goes. */
    static final Duration AHEAD = Duration.ofDays(400);

    /** A moment at which something may become of one backup without a run. */
    private record Moment(Instant at, UUID backup) {}

    private final Rule rule;
    private final Instant shown;
    private final Map<UUID, Item> there = new LinkedHashMap<>();
    private final Set<UUID> mine = new HashSet<>();
    private final Set<UUID> stake = new HashSet<>();
    private final PriorityQueue<Moment> moments = new PriorityQueue<>(Comparator.comparing(Moment::at));
    private Optional<Places> places = Optional.empty();
    private boolean begun;

    private final Map<UUID, Item> all = new LinkedHashMap<>();
    private final Map<UUID, Instant> goes = new HashMap<>();
    private final Map<UUID, Verdict.Keeper> by = new HashMap<>();
    private final Map<UUID, List<Verdict.Reason>> reasons = new HashMap<>();

    /**
     * Begins with what is there.
     *
     * @param items all backups of the disk
     * @param told of which of them is told; the others only let an edit act
     * @param shown the moment that is shown, not before {@code now}
     */
    Foresight(Collection<Item> items, Predicate<Item> told, Rule rule, Instant now, Instant shown) {
        this.rule = rule;
        this.shown = shown;
        items.forEach(item -> there.put(item.id(), item));
        items.stream().filter(told).forEach(item -> {
            mine.add(item.id());
            all.put(item.id(), item);
            if (item.good() || failed(item)) {
                stake.add(item.id());
            }
        });
        judge(List.copyOf(there.values()), now);
        there.values().forEach(item -> watch(item, now));
    }

    /**
     * Plays the runs.
     *
     * @param now when it begins
     * @param runs when the policy runs after that, in their order; may be without end
     * @param made the backup that a run at a moment makes
     */
    Foresight play(Instant now, Iterator<Instant> runs, Function<Instant, Item> made) {
        boolean told = tell(!shown.isAfter(now));
        while (runs.hasNext() && !(stake.isEmpty() && told)) {
            Instant at = runs.next();
            if (at.isAfter(shown.plus(AHEAD))) {
                break;
            }
            told = told || tell(at.isAfter(shown));
            run(made.apply(at), at);
        }
        if (!told) {
            tell(true);
        }
        // What no run pushes out goes by its date, if it has one.
        there.values().stream().filter(item -> stake.contains(item.id())).forEach(this::date);
        return this;
    }

    private void run(Item made, Instant at) {
        there.put(made.id(), made);
        if (!at.isAfter(shown)) {
            all.put(made.id(), made);
            mine.add(made.id());
            stake.add(made.id());
        }
        if (begun) {
            pass(at);
            watch(made, at);
            places.ifPresent(in -> {
                in.add(made);
                in.lost().forEach(item -> go(item.id(), at, Verdict.Keeper.COUNT));
            });
        } else {
            watch(made, at);
            judge(List.copyOf(there.values()), at);
            begin(at);
        }
    }

    /** From the first run on that is finished after the last edit, a count acts, and runs differ in nothing but their moment. */
    private void begin(Instant at) {
        begun = !(rule.retention() instanceof Retention.ByCount) || !at.isBefore(rule.since());
        if (begun && rule.retention() instanceof Retention.ByCount count) {
            var in = new Places(count, rule.zone());
            there.values().stream()
                    .filter(item -> Keeping.takesPlace(item, rule, at))
                    .forEach(in::add);
            places = Optional.of(in);
        }
    }

    /** Judges what may have changed by itself since the run before. */
    private void pass(Instant at) {
        boolean failed = false;
        for (Moment next = moments.peek(); next != null && !next.at().isAfter(at); next = moments.peek()) {
            moments.remove();
            Item item = there.get(next.backup());
            if (item != null && failed(item)) {
                failed = true;
            } else if (item != null) {
                // But for its place, what keeps it depends on nothing but itself.
                judge(List.of(item), at);
                boolean stays = there.containsKey(item.id()) && Keeping.takesPlace(item, rule, at);
                places.ifPresent(in -> {
                    if (stays) {
                        in.add(item);
                    } else {
                        in.remove(item);
                    }
                });
            }
        }
        if (failed) {
            judge(there.values().stream().filter(Foresight::failed).toList(), at);
        }
    }

    private void judge(List<Item> some, Instant at) {
        for (Verdict verdict : Keeping.judge(some, rule, at)) {
            if (verdict.due()) {
                Optional<Instant> date = verdict.until().filter(until -> !until.isAfter(at));
                go(verdict.backup(), date.orElse(at), date.isPresent() ? Verdict.Keeper.TIME : Verdict.Keeper.COUNT);
            }
        }
    }

    private void go(UUID backup, Instant at, Verdict.Keeper why) {
        there.remove(backup);
        if (stake.remove(backup)) {
            goes.put(backup, at);
            by.put(backup, why);
        }
    }

    private void watch(Item item, Instant now) {
        item.expires().ifPresent(date -> moments.add(new Moment(date, item.id())));
        if (failed(item)) {
            until(item, now).ifPresent(date -> moments.add(new Moment(date, item.id())));
        }
        if (item.created().isAfter(now)) {
            moments.add(new Moment(item.created(), item.id()));
        }
    }

    private static boolean failed(Item item) {
        return item.health() == Item.Health.FAILED;
    }

    private Optional<Instant> until(Item item, Instant at) {
        return Keeping.judge(List.of(item), rule, at).getFirst().until();
    }

    /** Notes what keeps each backup at the moment that is shown. */
    private boolean tell(boolean reached) {
        if (reached) {
            Keeping.judge(there.values(), rule, shown).stream()
                    .filter(verdict -> mine.contains(verdict.backup()))
                    .forEach(verdict -> reasons.putIfAbsent(verdict.backup(), verdict.reasons()));
        }
        return reached;
    }

    private void date(Item item) {
        if (rule.enabled() || !item.automatic()) {
            until(item, item.created()).ifPresent(at -> {
                goes.putIfAbsent(item.id(), at);
                by.putIfAbsent(item.id(), Verdict.Keeper.TIME);
            });
        }
    }

    /** Of whom is told: those that were there, and those made up to the moment that is shown. */
    Collection<Item> all() {
        return all.values();
    }

    /** When one goes; empty if that is not foreseen. */
    Optional<Instant> goesAt(Item item) {
        return Optional.ofNullable(goes.get(item.id()));
    }

    /** By which rule it goes. */
    Optional<Verdict.Keeper> by(Item item) {
        return Optional.ofNullable(by.get(item.id()));
    }

    /** What keeps it at the moment that is shown; empty if it is gone by then. */
    List<Verdict.Reason> reasons(Item item) {
        boolean gone = goesAt(item).filter(at -> !at.isAfter(shown)).isPresent();
        return gone ? List.of() : reasons.getOrDefault(item.id(), List.of());
    }
}
