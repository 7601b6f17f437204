package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.coffer.console.Refusals;
import org.coffer.console.location.Location;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and at which field (P1 to P5). */
class PolicyRulesTest {
    private static final Days DAILY = new Days.Every(1, LocalDate.parse("2026-11-02"));

    static PolicyPlan plan(List<LocalTime> times, Days days, Retention retention, OptionalInt full) {
        return new PolicyPlan(
                "Policy-7f3a",
                true,
                new Schedule(ZoneId.of("Asia/Shanghai"), times, days),
                retention,
                full,
                Missed.ONCE,
                Conditions.NONE);
    }

    private static List<LocalTime> times(String words) {
        return java.util.Arrays.stream(words.split(" ")).map(LocalTime::parse).toList();
    }

    private static String wrong(PolicyPlan plan) {
        return PolicyRules.problems(plan).entrySet().stream()
                .map(one -> one.getKey() + " " + Refusals.spoken(one.getValue()).code())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private static Retention count(int n) {
        return new Retention.ByCount(n, Retention.Periods.NONE);
    }

    private static String wrong(Days days) {
        return wrong(plan(times("02:00"), days, count(3), OptionalInt.empty()));
    }

    private static String wrong(Retention retention) {
        return wrong(plan(times("02:00"), DAILY, retention, OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            00:00 01:00,             ''
            00:00 23:00,             ''
            00:00 00:59,             times policy.times-close
            00:30 23:31,             times policy.times-close
            02:00 02:00,             times policy.times-close
            12:00,                   ''
            """)
    void timesAreAnHourApartAcrossMidnightToo(String times, String wrong) {
        assertThat(wrong(plan(times(times), DAILY, count(3), OptionalInt.empty())))
                .isEqualTo(wrong);
    }

    @Test
    void sayHowFarApartTheyAre() {
        Problem close =
                PolicyRules.problems(plan(times("00:30 23:31"), DAILY, count(3), OptionalInt.empty())).values().stream()
                        .findFirst()
                        .orElseThrow();
        assertThat(close.args())
                .containsEntry("first", "23:31")
                .containsEntry("second", "00:30")
                .containsEntry("n", 59L);
    }

    @Test
    void haveOneToTwentyFourTimes() {
        List<LocalTime> hours =
                IntStream.range(0, 24).mapToObj(hour -> LocalTime.of(hour, 30)).toList();
        assertThat(wrong(plan(hours, DAILY, count(3), OptionalInt.empty()))).isEmpty();
        List<LocalTime> more = java.util.stream.Stream.concat(
                        hours.stream(), java.util.stream.Stream.of(LocalTime.NOON))
                .toList();
        assertThat(wrong(plan(more, DAILY, count(3), OptionalInt.empty()))).isEqualTo("times policy.times-many");
        assertThat(wrong(plan(List.of(), DAILY, count(3), OptionalInt.empty()))).isEqualTo("times policy.times-none");
    }

    @Test
    void haveADayAndAnIntervalOfOneToThirty() {
        LocalDate anchor = LocalDate.parse("2026-11-02");
        assertThat(wrong(new Days.Weekly(Set.of()))).isEqualTo("days policy.days-none");
        assertThat(wrong(new Days.Weekly(Set.of(DayOfWeek.MONDAY)))).isEmpty();
        assertThat(wrong(new Days.Every(0, anchor))).isEqualTo("days policy.days-range");
        assertThat(wrong(new Days.Every(30, anchor))).isEmpty();
        assertThat(wrong(new Days.Every(31, anchor))).isEqualTo("days policy.days-range");
        assertThat(wrong(new Days.OfMonth(0))).isEqualTo("days policy.days-range");
        assertThat(wrong(new Days.OfMonth(31))).isEqualTo("days policy.days-range");
    }

    @Test
    void keepOneToNinetyNineThousandNineHundredAndNinetyNine() {
        assertThat(wrong(count(0))).isEqualTo("retention policy.keep-count");
        assertThat(wrong(count(99_999))).isEmpty();
        assertThat(wrong(count(100_000))).isEqualTo("retention policy.keep-count");
        assertThat(wrong(new Retention.ByDays(0))).isEqualTo("retention policy.keep-days");
        assertThat(wrong(new Retention.ByDays(100_000))).isEqualTo("retention policy.keep-days");
        assertThat(wrong(new Retention.ByMonths(2))).isEqualTo("retention policy.keep-months");
        assertThat(wrong(new Retention.ByMonths(12))).isEmpty();
        assertThat(wrong(new Retention.ByCount(1, new Retention.Periods(100, 100, 100, 100))))
                .isEmpty();
        assertThat(wrong(new Retention.ByCount(1, new Retention.Periods(0, 101, 0, 0))))
                .isEqualTo("retention policy.keep-periods");
        assertThat(wrong(new Retention.Forever())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # times,        N,   kept,  wrong
            02:00,          0,   1,     ''
            02:00,          29,  30,    ''
            02:00,          30,  30,    full policy.full-count
            02:00,          100, 101,   ''
            02:00,          101, 200,   full policy.full-range
            02:00,          -1,  200,   full policy.full-range
            00:00 12:00,    0,   30,    full policy.full-close
            00:00 12:00,    1,   30,    ''
            00:00 01:00,    22,  30,    full policy.full-close
            00:00 01:00,    23,  30,    ''
            """)
    void fullBackupsAreADayApartAndFewerThanWhatIsKept(String times, int n, int kept, String wrong) {
        assertThat(wrong(plan(times(times), DAILY, count(kept), OptionalInt.of(n))))
                .isEqualTo(wrong);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # times,        N,   days,  wrong
            02:00,          0,   1,     full policy.full-time
            02:00,          0,   2,     ''
            02:00,          28,  30,    ''
            02:00,          29,  30,    full policy.full-time
            00:00 12:00,    57,  30,    ''
            00:00 12:00,    59,  30,    full policy.full-time
            """)
    void aFullBackupIsStillThereWhenTheNextIsMade(String times, int n, int days, String wrong) {
        assertThat(wrong(plan(times(times), DAILY, new Retention.ByDays(days), OptionalInt.of(n))))
                .isEqualTo(wrong);
    }

    @Test
    void timesAreToTheMinute() {
        assertThat(wrong(plan(times("02:00:30"), DAILY, count(3), OptionalInt.empty())))
                .isEqualTo("times policy.times-minute");
    }

    @Test
    void namesAndHoursAreLookedAt() {
        PolicyPlan good = plan(times("02:00"), DAILY, count(3), OptionalInt.empty());
        assertThat(wrong(good.named("a b"))).isEqualTo("name name.invalid");
        var never =
                new Conditions(false, false, Optional.of(new Conditions.Hours(LocalTime.of(2, 0), LocalTime.of(2, 0))));
        assertThat(wrong(new PolicyPlan(
                        "p", true, good.schedule(), good.retention(), good.fullEvery(), Missed.SKIP, never)))
                .isEqualTo("conditions policy.hours-none");
        for (long limit : new long[] {-1, Location.MOST_LIMIT + 1}) {
            assertThat(wrong(PolicyHome.with(good, Conditions.NONE.limited(limit))))
                    .isEqualTo("limit location.limit");
        }
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThat(Refusals.code(() -> PolicyRules.zone("Mars/Olympus"))).isEqualTo("policy.zone");
        assertThat(PolicyRules.zone("Europe/Berlin")).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void hoursMayGoAcrossMidnight() {
        var night = new Conditions.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0));
        assertThat(night.include(LocalTime.of(22, 0))).isTrue();
        assertThat(night.include(LocalTime.of(5, 59))).isTrue();
        assertThat(night.include(LocalTime.of(6, 0))).isFalse();
        var day = new Conditions.Hours(LocalTime.of(6, 0), LocalTime.of(22, 0));
        assertThat(day.include(LocalTime.of(6, 0))).isTrue();
        assertThat(day.include(LocalTime.of(22, 0))).isFalse();
    }
}
