package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What {@link Foresight} foretells is what {@link Keeping} says that judges every backup after every run. */
class ForesightLawsTest {
    private static final Instant NOW = Instant.parse("2026-11-02T02:00:00Z");
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Asia/Shanghai"), ZoneId.of("America/New_York"), ZoneId.of("Pacific/Apia"));

    private static final List<Item.Health> HEALTHS = List.of(Item.Health.values());

    /** What becomes of the backups. */
    record Fate(Optional<Instant> goes, Optional<Verdict.Keeper> by, List<Verdict.Reason> reasons) {}

    @Property(tries = 4000)
    void foretellsWhatJudgingAllAfterEachRunSays(@ForAll long seed) {
        Random random = new Random(seed);
        Rule rule = rule(random);
        List<Item> items = new ArrayList<>();
        for (int n = random.nextInt(30); n > 0; n--) {
            items.add(item(random, rule));
        }
        List<Instant> runs = new ArrayList<>();
        Instant at = NOW;
        int longest = 1 + random.nextInt(random.nextBoolean() ? 30 : 300);
        for (int n = rule.enabled() && rule.bound() ? random.nextInt(120) : 0; n > 0; n--) {
            at = at.plus(Duration.ofHours(1 + random.nextInt(longest)));
            runs.add(at);
        }
        Instant shown = NOW.plus(Duration.ofHours(random.nextInt(1500)));
        Predicate<Item> told = random.nextInt(5) == 0 ? item -> true : Item::automatic;
        Function<Instant, Item> made = moment -> new Item(
                new UUID(1, moment.toEpochMilli()),
                true,
                Item.Health.GOOD,
                moment,
                moment,
                rule.retention().expiry(moment, rule.zone()),
                false,
                false,
                false);
        Foresight quick = new Foresight(items, told, rule, NOW, shown).play(NOW, runs.iterator(), made);
        Map<UUID, Fate> fates = new HashMap<>();
        quick.all()
                .forEach(item ->
                        fates.put(item.id(), new Fate(quick.goesAt(item), quick.by(item), quick.reasons(item))));
        assertThat(fates).isEqualTo(new Slow(rule, shown).play(items, told, runs, made));
    }

    private static Rule rule(Random random) {
        Retention retention = switch (random.nextInt(8)) {
            case 0 -> new Retention.ByDays(1 + random.nextInt(20));
            case 1 -> new Retention.ByMonths(1);
            case 2 -> new Retention.Forever();
            case 3 -> new Retention.ByCount(1 + random.nextInt(40), Retention.Periods.NONE);
            default ->
                new Retention.ByCount(
                        1 + random.nextInt(8),
                        new Retention.Periods(
                                random.nextInt(6), random.nextInt(4), random.nextInt(3), random.nextInt(3)));
        };
        Instant since = NOW.plus(Duration.ofHours(random.nextInt(1000) - 800));
        return new Rule(
                retention,
                ZONES.get(random.nextInt(ZONES.size())),
                since,
                random.nextInt(10) > 0,
                random.nextInt(10) > 0);
    }

    private static Item item(Random random, Rule rule) {
        Instant created = NOW.plus(Duration.ofHours(random.nextInt(2000) - 1800));
        Item.Health health = random.nextInt(3) > 0 ? Item.Health.GOOD : HEALTHS.get(random.nextInt(HEALTHS.size()));
        Optional<Instant> expires = random.nextInt(3) == 0
                ? Optional.of(created.plus(Duration.ofHours(random.nextInt(2500))))
                : rule.retention().expiry(created, rule.zone());
        boolean automatic = random.nextInt(4) > 0;
        return new Item(
                new UUID(2, random.nextLong()),
                automatic,
                health,
                created,
                created.plus(Duration.ofHours(random.nextInt(4) == 0 ? random.nextInt(60) : 0)),
                expires,
                random.nextInt(6) == 0,
                !automatic && random.nextInt(3) == 0,
                random.nextInt(12) == 0);
    }

    /** Judges all after each run. */
    static final class Slow {
        private final Rule rule;
        private final Instant shown;
        private final Set<UUID> stake = new HashSet<>();
        private final Map<UUID, Instant> goes = new HashMap<>();
        private final Map<UUID, Verdict.Keeper> by = new HashMap<>();

        Slow(Rule rule, Instant shown) {
            this.rule = rule;
            this.shown = shown;
        }

        Map<UUID, Fate> play(List<Item> items, Predicate<Item> told, List<Instant> runs, Function<Instant, Item> made) {
            List<Item> there = new ArrayList<>(items);
            List<Item> all = new ArrayList<>(items.stream().filter(told).toList());
            all.stream()
                    .filter(item -> item.good() || item.health() == Item.Health.FAILED)
                    .forEach(item -> stake.add(item.id()));
            judge(there, NOW);
            Map<UUID, List<Verdict.Reason>> reasons = null;
            for (Instant at : runs) {
                if (at.isAfter(shown.plus(Foresight.AHEAD))) {
                    break;
                }
                if (reasons == null && at.isAfter(shown)) {
                    reasons = reasons(there);
                }
                Item item = made.apply(at);
                there.add(item);
                if (!at.isAfter(shown)) {
                    all.add(item);
                    stake.add(item.id());
                }
                judge(there, at);
            }
            Map<UUID, List<Verdict.Reason>> keeping = reasons == null ? reasons(there) : reasons;
            there.stream()
                    .filter(item -> stake.contains(item.id()) && (rule.enabled() || !item.automatic()))
                    .forEach(item -> Keeping.judge(List.of(item), rule, item.created())
                            .getFirst()
                            .until()
                            .ifPresent(date -> {
                                goes.put(item.id(), date);
                                by.put(item.id(), Verdict.Keeper.TIME);
                            }));
            Map<UUID, Fate> fates = new HashMap<>();
            for (Item item : all) {
                Optional<Instant> going = Optional.ofNullable(goes.get(item.id()));
                boolean gone = going.filter(date -> !date.isAfter(shown)).isPresent();
                fates.put(
                        item.id(),
                        new Fate(
                                going,
                                Optional.ofNullable(by.get(item.id())),
                                gone ? List.of() : keeping.getOrDefault(item.id(), List.of())));
            }
            return fates;
        }

        private Map<UUID, List<Verdict.Reason>> reasons(List<Item> there) {
            Map<UUID, List<Verdict.Reason>> reasons = new HashMap<>();
            Keeping.judge(there, rule, shown).forEach(verdict -> reasons.put(verdict.backup(), verdict.reasons()));
            return reasons;
        }

        private void judge(List<Item> there, Instant at) {
            for (Verdict verdict : Keeping.judge(there, rule, at)) {
                if (verdict.due()) {
                    boolean dated =
                            verdict.until().filter(date -> !date.isAfter(at)).isPresent();
                    if (stake.remove(verdict.backup())) {
                        goes.put(verdict.backup(), dated ? verdict.until().orElseThrow() : at);
                        by.put(verdict.backup(), dated ? Verdict.Keeper.TIME : Verdict.Keeper.COUNT);
                    }
                    there.removeIf(item -> item.id().equals(verdict.backup()));
                }
            }
        }
    }
}
