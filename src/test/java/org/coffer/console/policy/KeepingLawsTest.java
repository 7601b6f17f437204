package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whole lives of one disk against {@link NaiveLife}, which keeps state where {@link Keeping} only looks. */
class KeepingLawsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** One thing that happens, some hours after the one before. */
    record Happening(int hours, What what, Retention retention) {
        enum What {
            AUTOMATIC,
            AUTOMATIC_TOO,
            AUTOMATIC_AGAIN,
            MANUAL,
            FAILED,
            IMAGE,
            NO_IMAGE,
            EDIT,
            ON,
            OFF,
            BIND,
            UNBIND,
            MIDNIGHT
        }
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void keepsWhatTheNaiveLifeKeeps(
            @ForAll("zones") ZoneId zone,
            @ForAll("retentions") Retention first,
            @ForAll("lives") List<Happening> life) {
        NaiveLife naive = new NaiveLife(zone, first);
        List<Item> there = new ArrayList<>();
        Rule rule = Rule.of(first, zone, START);
        Instant now = START;
        for (Happening next : life) {
            now = now.plus(Duration.ofHours(next.hours()));
            UUID id = UUID.randomUUID();
            switch (next.what()) {
                case AUTOMATIC, AUTOMATIC_TOO, AUTOMATIC_AGAIN -> {
                    there.add(item(id, true, true, now, rule.retention().expiry(now, zone)));
                    naive.made(id, now);
                }
                case MANUAL -> {
                    there.add(item(id, false, true, now, Optional.empty()));
                    naive.madeByHand(id);
                }
                case FAILED -> {
                    there.add(item(id, true, false, now, Optional.empty()));
                    naive.failed(id, now);
                }
                case IMAGE -> image(there, naive, true);
                case NO_IMAGE -> image(there, naive, false);
                case EDIT -> {
                    rule = new Rule(next.retention(), zone, now.plusMillis(1), rule.enabled(), rule.bound());
                    naive.edited(next.retention());
                }
                case ON, OFF -> {
                    boolean on = next.what() == Happening.What.ON;
                    rule = new Rule(rule.retention(), zone, rule.since(), on, rule.bound());
                    naive.enabled = on;
                }
                case BIND, UNBIND -> {
                    boolean bind = next.what() == Happening.What.BIND;
                    boolean fresh = bind && !rule.bound();
                    Instant since = fresh ? now.plusMillis(1) : rule.since();
                    if (fresh) {
                        there.replaceAll(KeepingLawsTest::left);
                    }
                    rule = new Rule(rule.retention(), zone, since, rule.enabled(), bind);
                    naive.bind(bind);
                }
                case MIDNIGHT -> {}
            }
            Set<UUID> due = Keeping.judge(there, rule, now).stream()
                    .filter(Verdict::due)
                    .map(Verdict::backup)
                    .collect(Collectors.toSet());
            there.removeIf(item -> due.contains(item.id()));
            naive.clean(now);
            assertThat(there.stream().map(Item::id).collect(Collectors.toSet()))
                    .as("after %s at %s", next, now)
                    .isEqualTo(naive.there());
        }
    }

    private static Item item(UUID id, boolean automatic, boolean good, Instant now, Optional<Instant> expires) {
        return new Item(
                id, automatic, good ? Item.Health.GOOD : Item.Health.FAILED, now, now, expires, false, false, false);
    }

    private static Item left(Item item) {
        return new Item(
                item.id(),
                item.automatic(),
                item.health(),
                item.created(),
                item.finished(),
                item.expires(),
                true,
                item.safety(),
                item.image());
    }

    private static void image(List<Item> there, NaiveLife naive, boolean on) {
        there.stream()
                .filter(item -> item.good() && item.image() != on)
                .findFirst()
                .ifPresent(item -> {
                    there.set(
                            there.indexOf(item),
                            new Item(
                                    item.id(),
                                    item.automatic(),
                                    item.health(),
                                    item.created(),
                                    item.finished(),
                                    item.expires(),
                                    item.left(),
                                    item.safety(),
                                    on));
                    naive.image(item.id(), on);
                });
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<List<Happening>> lives() {
        Arbitrary<Integer> hours = Arbitraries.oneOf(
                Arbitraries.of(1, 12, 24, 24, 24, 24), Arbitraries.integers().between(1, 24 * 40));
        return Combinators.combine(hours, Arbitraries.of(Happening.What.class), retentions())
                .as(Happening::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Retention> retentions() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 4);
        Arbitrary<Retention.Periods> periods =
                Combinators.combine(few, few, few, few).as(Retention.Periods::new);
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.integers().between(1, 8), periods)
                        .as(Retention.ByCount::new),
                Arbitraries.integers().between(1, 8).map(n -> new Retention.ByCount(n, Retention.Periods.NONE)),
                Arbitraries.integers().between(1, 90).map(Retention.ByDays::new),
                Arbitraries.of(1, 3, 6, 12).map(Retention.ByMonths::new),
                Arbitraries.just(new Retention.Forever()));
    }

    /** ISO weeks, by counting days from a Monday. */
    static long week(LocalDate day) {
        return Math.floorDiv(day.toEpochDay() + 3, 7L);
    }
}
