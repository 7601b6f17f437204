package org.coffer.text.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;

/** Schedules in the two lines that a row of the list of policies has for them. */
class PolicyWordsTest {
    private static final Days DAILY = new Days.Every(1, LocalDate.EPOCH);
    private static final Days FORTNIGHTLY = new Days.OfMonth(15);
    private static final Days ODD =
            new Days.Weekly(EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY, DayOfWeek.SUNDAY));

    private static List<String> lines(Language language, Days days, int... hours) {
        var words = new PolicyWords(Text.of(language, Clock.systemUTC()));
        List<LocalTime> times =
                Arrays.stream(hours).mapToObj(hour -> LocalTime.of(hour, 0)).toList();
        PolicyWords.Lines lines = words.lines(new Schedule(ZoneOffset.UTC, times, days));
        return List.of(lines.days(), lines.times());
    }

    @Test
    void aShortScheduleStandsInTheFirstLine() {
        assertThat(lines(Language.ENGLISH, DAILY, 2, 14)).containsExactly("Every day 02:00, 14:00", "");
        assertThat(lines(Language.CHINESE, DAILY, 2, 14)).containsExactly("每天 02:00、14:00", "");
        assertThat(lines(Language.ENGLISH, DAILY, IntStream.range(0, 24).toArray()))
                .containsExactly("Every day 24× 00:00–23:00", "");
    }

    @Test
    void theTimesOfALongOneBeginTheSecond() {
        assertThat(lines(Language.ENGLISH, FORTNIGHTLY, 2)).containsExactly("Every 15 days from each 1st", "02:00");
        assertThat(lines(Language.CHINESE, FORTNIGHTLY, 2, 14)).containsExactly("每月 1 日起每 15 天", "02:00、14:00");
        assertThat(lines(Language.ENGLISH, DAILY, 2, 8, 14)).containsExactly("Every day", "02:00, 08:00, 14:00");
        assertThat(lines(Language.ENGLISH, ODD, 2)).containsExactly("Mon, Wed, Fri, Sun 02:00", "");
        assertThat(lines(Language.ENGLISH, ODD, 2, 14)).containsExactly("Mon, Wed, Fri, Sun", "02:00, 14:00");
    }

    @Test
    void timesThatFillMoreThanALineAreCounted() {
        assertThat(lines(Language.ENGLISH, ODD, 1, 5, 9, 13, 21))
                .containsExactly("Mon, Wed, Fri, Sun", "5× 01:00–21:00");
        assertThat(lines(Language.CHINESE, ODD, 1, 5, 9, 13, 21)).containsExactly("周一、周三、周五、周日", "5×01:00–21:00");
    }

    /** Cards break their lines where there is a space; {@code ␣} is one at which no line ends. */
    @Test
    void inACardANumberAndItsUnitStayTogether() {
        assertThat(card(Language.ENGLISH, new Retention.ByCount(48, new Retention.Periods(7, 4, 0, 0))))
                .isEqualTo("Every 15␣days from each 1st 02:00 · Newest 48␣per disk, 7␣d, 4␣w");
        assertThat(card(Language.ENGLISH, new Retention.ByDays(90))).endsWith(" · 90␣days");
        assertThat(card(Language.CHINESE, new Retention.ByDays(90))).endsWith(" · 保留 90␣天");
    }

    private static String card(Language language, Retention retention) {
        var schedule = new Schedule(ZoneOffset.UTC, List.of(LocalTime.of(2, 0)), FORTNIGHTLY);
        var plan = new PolicyPlan("p", true, schedule, retention, OptionalInt.empty(), Missed.ONCE, Conditions.NONE);
        return new PolicyWords(Text.of(language, Clock.systemUTC()))
                .briefLine(plan)
                .replace('\u00a0', '␣');
    }

    /** In the calendar the first day of a month names it. */
    @Test
    void aMonthIsNamedAsItsLanguageDoes() {
        Text english = Text.of(Language.ENGLISH, Clock.systemUTC());
        Text chinese = Text.of(Language.CHINESE, Clock.systemUTC());
        assertThat(english.get("policy.form.stays.first", "month", new PolicyWords(english).month(Month.APRIL)))
                .isEqualTo("1 Apr");
        assertThat(chinese.get("policy.form.stays.first", "month", new PolicyWords(chinese).month(Month.APRIL)))
                .isEqualTo("4月1日");
    }
}
