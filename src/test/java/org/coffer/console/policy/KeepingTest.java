package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.coffer.console.policy.Retention.ByCount;
import org.coffer.console.policy.Retention.ByDays;
import org.coffer.console.policy.Retention.ByMonths;
import org.coffer.console.policy.Retention.Forever;
import org.coffer.console.policy.Retention.Periods;
import org.coffer.console.policy.Verdict.Keeper;
import org.junit.jupiter.api.Test;

/**
 * What retention keeps (P5 to P8, P12), told as the life of one disk: a clock, a policy, and what is made and goes.
 * Backups are named by the day on which they were made.
 */
class KeepingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final List<Item> there = new ArrayList<>();
    private Retention retention = new Forever();
    private Instant edited = at("2026-01-01T00:00");
    private boolean enabled = true;
    private boolean bound = true;

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    private void edit(String when, Retention other) {
        retention = other;
        edited = at(when);
    }

    private List<Verdict> judge(Instant now) {
        return Keeping.judge(there, new Rule(retention, ZONE, edited, enabled, bound), now);
    }

    private void clean(Instant now) {
        List<UUID> due =
                judge(now).stream().filter(Verdict::due).map(Verdict::backup).toList();
        there.removeIf(item -> due.contains(item.id()));
    }

    private void clean(String when) {
        clean(at(when));
    }

    private void make(String when, boolean automatic) {
        there.add(item(when, automatic, true, automatic ? retention.expiry(at(when), ZONE) : Optional.empty()));
        clean(when);
    }

    private void fail(String when) {
        there.add(item(when, true, false, Optional.empty()));
        clean(when);
    }

    private static Item item(String when, boolean automatic, boolean good, Optional<Instant> expires) {
        return new Item(
                UUID.randomUUID(),
                automatic,
                good ? Item.Health.GOOD : Item.Health.FAILED,
                at(when),
                at(when),
                expires,
                false,
                false,
                false);
    }

    /** Makes one backup at 02:00 on each day, and cleans at midnight too. */
    private void nightly(String month, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(day -> {
            clean(String.format("%s-%02dT00:00", month, day));
            make(String.format("%s-%02dT02:00", month, day), true);
        });
    }

    private String days() {
        return there.stream()
                .sorted(java.util.Comparator.comparing(Item::created))
                .map(item -> LocalDateTime.ofInstant(item.created(), ZONE))
                .map(moment -> Integer.toString(moment.getDayOfMonth()))
                .collect(Collectors.joining(" "));
    }

    private Verdict verdict(int index, String now) {
        return judge(at(now)).get(index);
    }

    // ---- the four edits of the seeds (001, section 14.5.2)

    @Test
    void countToCountActsOnOldBackupsAfterTheNextOneAndSparesManualOnes() {
        edit("2026-08-03T10:00", new ByCount(3, Periods.NONE));
        nightly("2026-08", 4, 6);
        edit("2026-08-06T10:00", new ByCount(1, Periods.NONE));
        clean("2026-08-07T00:00");
        assertThat(days()).as("not by the edit itself").isEqualTo("4 5 6");
        assertThat(verdict(0, "2026-08-07T00:00").keptBy(Keeper.NEXT_BACKUP)).isTrue();
        make("2026-08-07T01:00", false);
        assertThat(days()).as("after a manual one, which does not count").isEqualTo("6 7");
        make("2026-08-07T02:00", true);
        assertThat(days()).isEqualTo("7 7");
        assertThat(there).filteredOn(Item::automatic).hasSize(1);
    }

    @Test
    void countToTimeLeavesOldBackupsForEver() {
        edit("2026-08-03T10:00", new ByCount(3, Periods.NONE));
        nightly("2026-08", 4, 6);
        edit("2026-08-06T10:00", new ByMonths(1));
        nightly("2026-08", 7, 9);
        assertThat(days()).isEqualTo("4 5 6 7 8 9");
        assertThat(verdict(0, "2026-08-09T10:00").keptBy(Keeper.LEFT)).isTrue();
        clean("2026-09-08T10:00");
        assertThat(days()).as("new ones go after a month, old ones do not").isEqualTo("4 5 6 9");
        clean("2036-01-01T00:00");
        assertThat(days()).isEqualTo("4 5 6");
    }

    @Test
    void timeToTimeKeepsTheOldDates() {
        edit("2026-08-05T10:00", new ByMonths(1));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new ByMonths(3));
        nightly("2026-08", 9, 9);
        clean("2026-09-06T01:59");
        assertThat(days()).isEqualTo("6 7 8 9");
        clean("2026-09-06T02:00");
        assertThat(days()).as("that of 6 August at its old date").isEqualTo("7 8 9");
        clean("2026-11-09T01:59");
        assertThat(days()).isEqualTo("9");
        clean("2026-11-09T02:00");
        assertThat(days()).isEmpty();
    }

    @Test
    void timeToCountTakesOldBackupsByTheNewCount() {
        edit("2026-08-05T10:00", new ByMonths(1));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new ByCount(7, Periods.NONE));
        nightly("2026-08", 9, 15);
        assertThat(days()).isEqualTo("9 10 11 12 13 14 15");
    }

    @Test
    void timeToCountTakesOldBackupsByTheirOldDates() {
        edit("2026-08-05T10:00", new ByDays(3));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new ByCount(7, Periods.NONE));
        nightly("2026-08", 9, 10);
        clean("2026-08-10T10:00");
        assertThat(days()).isEqualTo("8 9 10");
    }

    // ---- the rest of the table of edits (P7)

    @Test
    void timeToForeverKeepsTheOldDates() {
        edit("2026-08-05T10:00", new ByDays(3));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new Forever());
        nightly("2026-08", 9, 9);
        clean("2027-08-09T10:00");
        assertThat(days()).isEqualTo("9");
        assertThat(verdict(0, "2027-08-09T10:00").keptBy(Keeper.FOREVER)).isTrue();
    }

    @Test
    void countToForeverLeavesOldBackups() {
        edit("2026-08-05T10:00", new ByCount(2, Periods.NONE));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new Forever());
        nightly("2026-08", 9, 11);
        assertThat(days()).isEqualTo("7 8 9 10 11");
    }

    @Test
    void foreverToCountCountsOldBackupsAfterTheNextOne() {
        edit("2026-08-05T10:00", new Forever());
        nightly("2026-08", 6, 10);
        edit("2026-08-10T10:00", new ByCount(2, Periods.NONE));
        clean("2026-08-11T00:00");
        assertThat(days()).isEqualTo("6 7 8 9 10");
        make("2026-08-11T02:00", true);
        assertThat(days()).isEqualTo("10 11");
    }

    @Test
    void foreverToTimeLeavesOldBackups() {
        edit("2026-08-05T10:00", new Forever());
        nightly("2026-08", 6, 7);
        edit("2026-08-07T10:00", new ByDays(1));
        nightly("2026-08", 8, 10);
        assertThat(days()).isEqualTo("6 7 10");
    }

    // ---- days, weeks, months, years (P5)

    @Test
    void dailyFiveAndWeeklyOneKeepExactlyFive() {
        edit("2026-11-01T10:00", new ByCount(1, new Periods(5, 1, 0, 0)));
        nightly("2026-11", 2, 22);
        assertThat(days()).isEqualTo("18 19 20 21 22");
        assertThat(verdict(there.size() - 1, "2026-11-22T10:00").reasons())
                .extracting(reason -> reason.keeper() + " " + reason.detail())
                .containsExactly("COUNT 1", "DAILY 2026-11-22", "WEEKLY 2026-W47");
    }

    @Test
    void keepsTheNewestOfEachWeekFromMonday() {
        edit("2026-11-01T10:00", new ByCount(2, new Periods(0, 3, 0, 0)));
        nightly("2026-11", 2, 24);
        assertThat(days()).as("Sundays 15 and 22, and the newest").isEqualTo("15 22 23 24");
    }

    @Test
    void keepsTheNewestOfEachMonthAndYear() {
        edit("2026-01-01T10:00", new ByCount(1, new Periods(0, 0, 3, 2)));
        nightly("2026-11", 28, 30);
        nightly("2026-12", 30, 31);
        nightly("2027-01", 1, 3);
        assertThat(days())
                .as("3 January, 31 December (also of 2026), 30 November")
                .isEqualTo("30 31 3");
    }

    @Test
    void aDayWithSeveralKeepsItsLastAndOneWithoutIsNoDay() {
        edit("2026-11-01T10:00", new ByCount(1, new Periods(2, 0, 0, 0)));
        make("2026-11-02T02:00", true);
        make("2026-11-09T02:00", true);
        make("2026-11-09T14:00", true);
        make("2026-11-09T20:00", true);
        assertThat(days()).isEqualTo("2 9");
        assertThat(there.getLast().created()).isEqualTo(at("2026-11-09T20:00"));
    }

    @Test
    void threeOfANightlyOnSaturdayMorningAreThursdayToSaturday() {
        edit("2026-11-15T10:00", new ByCount(3, Periods.NONE));
        nightly("2026-11", 16, 21);
        clean("2026-11-21T11:00");
        assertThat(days()).isEqualTo("19 20 21");
    }

    @Test
    void aMonthEndsOnTheLastDayOfAShorterOne() {
        edit("2026-01-01T10:00", new ByMonths(1));
        make("2026-01-31T02:00", true);
        assertThat(verdict(0, "2026-02-01T00:00").until()).contains(at("2026-02-28T02:00"));
    }

    // ---- what retention does not touch (P6, P8), and failed runs (P12)

    @Test
    void aBackupWithAnImageLeavesTheCountAndStays() {
        edit("2026-08-05T10:00", new ByCount(2, Periods.NONE));
        nightly("2026-08", 6, 6);
        Item first = there.removeFirst();
        there.add(new Item(
                first.id(),
                true,
                first.health(),
                first.created(),
                first.finished(),
                first.expires(),
                false,
                false,
                true));
        nightly("2026-08", 7, 9);
        assertThat(days()).isEqualTo("6 8 9");
        assertThat(verdict(0, "2026-08-09T10:00").keptBy(Keeper.IMAGE)).isTrue();
    }

    @Test
    void aManualBackupGoesOnlyByADateGivenByHand() {
        edit("2026-08-05T10:00", new ByDays(1));
        make("2026-08-06T02:00", false);
        there.add(item("2026-08-07T02:00", false, true, Optional.of(at("2026-08-20T00:00"))));
        clean("2026-08-19T10:00");
        assertThat(days()).isEqualTo("6 7");
        clean("2026-08-20T00:00");
        assertThat(days()).isEqualTo("6");
        assertThat(verdict(0, "2030-08-09T10:00").keptBy(Keeper.MANUAL)).isTrue();
    }

    @Test
    void aPolicyThatIsOffDeletesNothingUntilItIsOnAgain() {
        edit("2026-08-05T10:00", new ByDays(3));
        nightly("2026-08", 6, 8);
        enabled = false;
        clean("2026-09-05T10:00");
        assertThat(days()).isEqualTo("6 7 8");
        assertThat(verdict(0, "2026-09-05T10:00").keptBy(Keeper.DISABLED)).isTrue();
        enabled = true;
        clean("2026-09-05T10:00");
        assertThat(days()).isEmpty();
    }

    @Test
    void whatIsNotBoundAnyMoreGoesByItsDateAndNotByCount() {
        edit("2026-08-05T10:00", new ByDays(30));
        nightly("2026-08", 6, 8);
        edit("2026-08-08T10:00", new ByCount(2, Periods.NONE));
        bound = false;
        nightly("2026-08", 9, 9);
        assertThat(days()).isEqualTo("6 7 8 9");
        clean("2026-12-01T00:00");
        assertThat(days()).as("dated ones went, the counted one stays").isEqualTo("9");
        assertThat(verdict(0, "2026-12-01T00:00").keptBy(Keeper.LEFT)).isTrue();
    }

    @Test
    void whatWasLeftIsNotCountedOnceItsPolicyIsBoundAgain() {
        edit("2026-08-05T10:00", new ByCount(3, Periods.NONE));
        nightly("2026-08", 6, 8);
        bound = false;
        edit("2026-08-08T10:00", new ByCount(1, Periods.NONE));
        clean("2026-08-08T11:00");
        there.replaceAll(item -> new Item(
                item.id(), true, item.health(), item.created(), item.finished(), item.expires(), true, false, false));
        bound = true;
        nightly("2026-08", 9, 11);
        assertThat(days()).isEqualTo("6 7 8 11");
        assertThat(verdict(0, "2026-08-11T10:00").keptBy(Keeper.LEFT)).isTrue();
    }

    @Test
    void whatWasFinishedUnderAClockThatRanAheadLetsNoEditAct() {
        edit("2026-08-05T10:00", new ByCount(3, Periods.NONE));
        nightly("2026-08", 6, 8);
        make("2027-08-08T02:00", false);
        edit("2026-08-08T10:00", new ByCount(1, Periods.NONE));
        clean("2026-08-09T00:00");
        assertThat(days()).isEqualTo("6 7 8 8");
        nightly("2026-08", 9, 9);
        assertThat(days()).as("and the one from the future").isEqualTo("9 8");
    }

    @Test
    void tenFailedRunsAreKeptForAMonth() {
        edit("2026-08-01T10:00", new ByCount(1, Periods.NONE));
        IntStream.rangeClosed(2, 13).forEach(day -> fail(String.format("2026-08-%02dT02:00", day)));
        assertThat(days()).isEqualTo("4 5 6 7 8 9 10 11 12 13");
        make("2026-08-14T02:00", true);
        assertThat(days()).as("failed ones are not counted").isEqualTo("4 5 6 7 8 9 10 11 12 13 14");
        clean("2026-09-10T02:00");
        assertThat(days()).isEqualTo("11 12 13 14");
    }

    @Test
    void whatAWrongClockDatedAheadPushesNothingOut() {
        edit("2026-08-01T10:00", new ByCount(2, Periods.NONE));
        make("2027-08-02T02:00", true);
        make("2027-08-03T02:00", true);
        nightly("2026-08", 4, 6);
        assertThat(days()).isEqualTo("5 6 2 3");
        assertThat(verdict(0, "2026-08-06T03:00").keptBy(Keeper.FUTURE)).isTrue();
    }
}
