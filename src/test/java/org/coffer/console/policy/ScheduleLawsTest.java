package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The schedule against a second implementation that knows nothing of offsets and changes: it walks minute by minute, looks
 * at the wall clock, and runs what the clock has reached for the first time.
 */
class ScheduleLawsTest {
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void runsWhenTheWallClockReachesATimeForTheFirstTime(
            @ForAll("schedules") Schedule schedule, @ForAll("moments") Instant since) {
        Instant until = since.plus(Duration.ofDays(2L + schedule.days().closest()));
        assertThat(schedule.between(since, until)).isEqualTo(walk(schedule, since, until));
    }

    /** What {@link Schedule#between} says, the slow way. */
    static List<Slot> walk(Schedule schedule, Instant since, Instant until) {
        List<Slot> runs = new ArrayList<>();
        LocalDateTime reached = LocalDateTime.MIN;
        for (Instant at = since.minus(Duration.ofDays(3)); !at.isAfter(until); at = at.plus(1, ChronoUnit.MINUTES)) {
            LocalDateTime clock = LocalDateTime.ofInstant(at, schedule.zone());
            LocalDateTime planned = null;
            if (reached.equals(LocalDateTime.MIN)) {
                reached = clock;
            }
            while (reached.isBefore(clock)) {
                reached = reached.plusMinutes(1);
                boolean due =
                        schedule.times().contains(reached.toLocalTime()) && on(schedule.days(), reached.toLocalDate());
                planned = planned == null && due ? reached : planned;
            }
            if (planned != null && at.isAfter(since)) {
                // What the clock left out is shown as planned, and as shifted to a minute that the clock shows.
                runs.add(new Slot(at, planned, !planned.equals(clock)));
            }
        }
        return runs;
    }

    private static boolean on(Days days, LocalDate day) {
        return switch (days) {
            case Days.Weekly(Set<DayOfWeek> weekdays) -> weekdays.contains(day.getDayOfWeek());
            case Days.Every(int n, LocalDate anchor) -> {
                LocalDate run = anchor;
                while (run.isBefore(day)) {
                    run = run.plusDays(n);
                }
                while (run.isAfter(day)) {
                    run = run.minusDays(n);
                }
                yield run.equals(day);
            }
            case Days.OfMonth(int n) -> {
                LocalDate run = day.withDayOfMonth(1);
                while (run.isBefore(day)) {
                    run = run.plusDays(n);
                }
                yield run.equals(day);
            }
        };
    }

    @Provide
    Arbitrary<Instant> moments() {
        // Within days of a change of the clock, more often than not: at the ends of March, September, October.
        Arbitrary<LocalDate> near = Combinators.combine(
                        Arbitraries.integers().between(1990, 2037),
                        Arbitraries.of(3, 4, 9, 10, 11),
                        Arbitraries.integers().between(1, 30))
                .as(LocalDate::of);
        return Combinators.combine(near, Arbitraries.integers().between(0, 24 * 60))
                .as((day, minute) ->
                        day.atStartOfDay(ZoneId.of("UTC")).toInstant().plus(minute, ChronoUnit.MINUTES));
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "UTC",
                        "Asia/Shanghai",
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "America/Sao_Paulo",
                        "Asia/Kathmandu",
                        "Pacific/Apia",
                        "Africa/Cairo",
                        "Pacific/Chatham",
                        "America/Caracas")
                .map(ZoneId::of);
        return Combinators.combine(zones, times(), days()).as(Schedule::new);
    }

    private static Arbitrary<List<LocalTime>> times() {
        Arbitrary<LocalTime> one =
                Arbitraries.integers().between(0, 24 * 60 - 1).map(m -> LocalTime.of(m / 60, m % 60));
        Arbitrary<LocalTime> early = Arbitraries.integers().between(0, 239).map(m -> LocalTime.of(m / 60, m % 60));
        return Arbitraries.oneOf(one, early).list().ofMinSize(1).ofMaxSize(24).map(all -> {
            List<LocalTime> apart = new ArrayList<>();
            for (LocalTime time : new TreeSet<>(all)) {
                boolean close = !apart.isEmpty()
                        && Duration.between(apart.getLast(), time).compareTo(Schedule.CLOSEST) < 0;
                if (!close) {
                    apart.add(time);
                }
            }
            return apart;
        });
    }

    private static Arbitrary<Days> days() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(1, 30)
                        .flatMap(n -> Arbitraries.integers().between(0, 20000).map(day ->
                                (Days) new Days.Every(n, LocalDate.ofEpochDay(day)))),
                Arbitraries.integers().between(1, 30).map(Days.OfMonth::new),
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).map(Days.Weekly::new));
    }
}
