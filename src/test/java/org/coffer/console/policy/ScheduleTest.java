package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When policies run (P2, P3). Times are those of the wall clock unless they end in Z. */
class ScheduleTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate CREATED = LocalDate.parse("2026-11-02"); // a Monday

    private static Schedule daily(ZoneId zone, String... times) {
        return new Schedule(zone, times(times), new Days.Every(1, CREATED));
    }

    private static List<LocalTime> times(String... times) {
        return Arrays.stream(times).map(LocalTime::parse).toList();
    }

    private static List<String> runs(Schedule schedule, String since, int n) {
        Instant from = LocalDateTime.parse(since).atZone(schedule.zone()).toInstant();
        return schedule.after(from)
                .limit(n)
                .map(slot -> LocalDateTime.ofInstant(slot.at(), schedule.zone()).toString())
                .toList();
    }

    @Test
    void countsDaysFromTheDayOfCreation() {
        var schedule = new Schedule(SHANGHAI, times("02:00"), new Days.Every(3, CREATED));
        assertThat(runs(schedule, "2026-11-02T01:00", 3))
                .containsExactly("2026-11-02T02:00", "2026-11-05T02:00", "2026-11-08T02:00");
        assertThat(runs(schedule, "2026-11-02T10:00", 1))
                .as("all of today's times have passed: the next cycle")
                .containsExactly("2026-11-05T02:00");
    }

    @Test
    void anEditedIntervalKeepsItsBase() {
        var weekly = new Schedule(SHANGHAI, times("02:00"), new Days.Every(7, CREATED));
        var everyFive = new Schedule(SHANGHAI, times("02:00"), new Days.Every(5, CREATED));
        assertThat(runs(weekly, "2026-11-05T10:00", 1)).containsExactly("2026-11-09T02:00");
        assertThat(runs(everyFive, "2026-11-05T10:00", 2))
                .as("edited on day 3: in two days")
                .containsExactly("2026-11-07T02:00", "2026-11-12T02:00");
    }

    @Test
    void countsDaysFromTheFirstOfEachMonth() {
        var schedule = new Schedule(SHANGHAI, times("02:00"), new Days.OfMonth(3));
        assertThat(runs(schedule, "2026-12-02T10:00", 2))
                .as("created on the 2nd: first on the 4th")
                .containsExactly("2026-12-04T02:00", "2026-12-07T02:00");
        assertThat(runs(schedule, "2026-12-29T10:00", 3))
                .as("the 31st, then the 1st")
                .containsExactly("2026-12-31T02:00", "2027-01-01T02:00", "2027-01-04T02:00");
    }

    @Test
    void runsOnWeekdays() {
        var schedule = new Schedule(
                SHANGHAI, times("23:30", "11:00"), new Days.Weekly(Set.of(DayOfWeek.SATURDAY, DayOfWeek.TUESDAY)));
        assertThat(runs(schedule, "2026-11-22T10:00", 4))
                .containsExactly("2026-11-24T11:00", "2026-11-24T23:30", "2026-11-28T11:00", "2026-11-28T23:30");
    }

    @Test
    void aRunAtTheGivenMomentIsPast() {
        assertThat(runs(daily(SHANGHAI, "02:00"), "2026-11-05T02:00", 1)).containsExactly("2026-11-06T02:00");
    }

    @Test
    void aTimeThatDoesNotExistRunsAtTheNextThatDoesAndOnlyOnce() {
        // In Berlin 02:00 becomes 03:00 on 29 March 2026.
        var schedule = daily(BERLIN, "02:30", "03:30");
        List<Slot> slots =
                schedule.after(Instant.parse("2026-03-28T12:00:00Z")).limit(2).toList();
        assertThat(slots.getFirst().at()).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(slots.getFirst().shifted()).isTrue();
        assertThat(slots.getLast().at()).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(slots.getLast().shifted()).isFalse();
        assertThat(runs(daily(BERLIN, "02:00", "03:00"), "2026-03-28T12:00", 2))
                .as("both fall on one moment")
                .containsExactly("2026-03-29T03:00", "2026-03-30T02:00");
    }

    @Test
    void aTimeThatComesTwiceRunsTheFirstTime() {
        // In Berlin 03:00 becomes 02:00 on 25 October 2026.
        List<Slot> slots = daily(BERLIN, "02:30")
                .after(Instant.parse("2026-10-24T12:00:00Z"))
                .limit(2)
                .toList();
        assertThat(slots)
                .extracting(Slot::at)
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void aDayThatAZoneLeftOutIsMadeUpForOnce() {
        // Samoa went from 29 to 31 December 2011.
        var schedule = daily(ZoneId.of("Pacific/Apia"), "08:00", "20:00");
        assertThat(runs(schedule, "2011-12-29T21:00", 3))
                .containsExactly("2011-12-31T00:00", "2011-12-31T08:00", "2011-12-31T20:00");
    }

    @Test
    void neverRunsWithoutTimesOrDays() {
        assertThat(runs(daily(SHANGHAI), "2026-11-05T02:00", 1)).isEmpty();
        assertThat(runs(new Schedule(SHANGHAI, times("02:00"), new Days.Weekly(Set.of())), "2026-11-05T02:00", 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # days,           times,       hours
            every 1,          02:00,       24
            every 1,          02:00 14:00, 12
            every 1,          02:00 23:00, 3
            every 2,          02:00 23:00, 21
            of month 3,       02:00,       24
            of month 30,      02:00,       24
            of month 7,       02:00,       24
            of month 5,       02:00,       24
            of month 8,       02:00,       96
            MONDAY,           02:00,       168
            MONDAY THURSDAY,  02:00,       72
            SUNDAY MONDAY,    06:00 22:00, 8
            """)
    void knowsItsShortestSpacing(String days, String times, long hours) {
        String[] words = days.split(" ");
        Days which = switch (words[0]) {
            case "every" -> new Days.Every(Integer.parseInt(words[1]), CREATED);
            case "of" -> new Days.OfMonth(Integer.parseInt(words[2]));
            default ->
                new Days.Weekly(
                        Set.of(Arrays.stream(words).map(DayOfWeek::valueOf).toArray(DayOfWeek[]::new)));
        };
        var schedule = new Schedule(ZoneId.of("UTC"), times(times.split(" ")), which);
        assertThat(schedule.shortestSpacing()).isEqualTo(Duration.ofHours(hours));
    }
}
