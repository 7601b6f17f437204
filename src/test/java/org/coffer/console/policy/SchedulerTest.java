package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.coffer.console.Refusals;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Origin;
import org.coffer.console.overview.Attention;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies under a clock of their own, with real backups (P10, P11, P13). It is Monday 2 November 2026, 10:00. */
class SchedulerTest {
    @TempDir
    private Path root;

    @Test
    void backsUpAtEachSlotAndKeepsTheNewest() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00"), home.vault("a"));
            home.tick();
            assertThat(home.backups()).as("today's time has passed").isEmpty();
            home.at("2026-11-03T01:59");
            assertThat(home.backups()).isEmpty();
            home.at("2026-11-03T02:00");
            home.at("2026-11-03T02:00");
            home.at("2026-11-03T02:01");
            assertThat(home.backups()).as("once").containsExactly("03T02:00");
            Backup first = home.rows().getFirst();
            assertThat(first.name()).matches("autobk_[0-9a-f]{4}");
            assertThat(first.origin()).isEqualTo(Origin.AUTOMATIC);
            assertThat(first.automatic().map(Backup.Automatic::policy)).contains(policy.id());
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            assertThat(home.backups()).as("the oldest went").containsExactly("04T02:00", "05T02:00");
            assertThat(home.scheduler().last(policy.id(), 5)).hasSize(3);
        }
    }

    @Test
    void aSlotWhoseDiskIsBeingBackedUpIsSkippedWithTheReason() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 24);
            Vault vault = home.home.vault("vault_a", disk);
            home.bound(PolicyHome.plan("hourly", PolicyHome.newest(9), "00:00", "01:00", "02:00"), vault);
            home.home.console().locations().limit(vault.locationId(), 1);
            home.clock.set("2026-11-03T00:00");
            home.look();
            Task running = home.home.console().tasks().open().getFirst();
            home.home.awaitStep(running, "reading");
            home.clock.set("2026-11-03T01:00");
            home.look();
            assertThat(home.tasks()).contains("skipped backup.busy");
            home.home.console().locations().limit(vault.locationId(), 0);
            home.clock.set("2026-11-03T01:30");
            home.settle();
            home.at("2026-11-03T02:00");
            assertThat(home.tasks()).containsExactlyInAnyOrder("succeeded", "skipped backup.busy", "succeeded");
            assertThat(home.backups()).containsExactly("03T00:00", "03T02:00");
        }
    }

    @Test
    void aSlotAtWhichSomebodyBacksUpByHandIsSkipped() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 24);
            Vault vault = home.home.vault("vault_a", disk);
            home.bound(PolicyHome.nightly(9), vault);
            home.clock.set("2026-11-03T01:59");
            home.home.console().locations().limit(vault.locationId(), 1);
            Task running = home.home.begin(vault, disk, "by_hand", false);
            home.home.awaitStep(running, "reading");
            home.clock.set("2026-11-03T02:00");
            home.look();
            home.home.console().locations().limit(vault.locationId(), 0);
            home.home.done(running);
            home.tick();
            assertThat(home.tasks()).containsExactlyInAnyOrder("succeeded", "skipped backup.busy");
            assertThat(home.rows()).extracting(Backup::name).containsExactly("by_hand");
        }
    }

    @Test
    void ofMissedSlotsTheLastIsMadeUpForOnReturn() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-06T09:00");
            assertThat(home.backups()).containsExactly("03T02:00", "06T09:00");
            assertThat(home.rows().getFirst().automatic().map(from -> PolicyHome.local(from.slot())))
                    .as("for its slot")
                    .contains("06T02:00");
            assertThat(home.tasks())
                    .containsExactlyInAnyOrder(
                            "succeeded", "skipped policy.missed", "skipped policy.missed", "succeeded");
        }
    }

    @Test
    void missedSlotsCanBeSkipped() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            PolicyPlan plan = PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), Missed.SKIP);
            home.bound(plan, home.vault("a"));
            home.at("2026-11-03T02:04");
            assertThat(home.backups()).as("a little late is in time").containsExactly("03T02:04");
            home.at("2026-11-04T02:06");
            assertThat(home.backups()).containsExactly("03T02:04");
            assertThat(home.tasks()).containsExactly("succeeded", "skipped policy.missed");
        }
    }

    @Test
    void missedSlotsCanBeAskedAbout() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            PolicyPlan plan = PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), Missed.ASK);
            Policy policy = home.bound(plan, home.vault("a"));
            home.at("2026-11-04T09:00");
            assertThat(home.backups()).isEmpty();
            List<SlotRun> asked = home.scheduler().open();
            assertThat(asked).extracting(SlotRun::fate).containsExactly(SlotFate.ASKED);
            home.scheduler().answer(asked.getFirst(), true);
            home.scheduler().answer(asked.getFirst(), true);
            home.settle();
            assertThat(home.backups()).as("once").containsExactly("04T09:00");

            home.at("2026-11-06T09:00");
            home.scheduler().answer(home.scheduler().open().getFirst(), false);
            home.at("2026-11-07T09:00");
            home.at("2026-11-08T02:00");
            assertThat(home.scheduler().open())
                    .as("the next slot ends the question")
                    .isEmpty();
            assertThat(home.backups()).containsExactly("04T09:00", "08T02:00");
            assertThat(home.scheduler().last(policy.id(), 10))
                    .extracting(SlotRun::fate)
                    .containsExactly(
                            SlotFate.STARTED,
                            SlotFate.SKIPPED,
                            SlotFate.SKIPPED,
                            SlotFate.SKIPPED,
                            SlotFate.STARTED,
                            SlotFate.SKIPPED);
        }
    }

    @Test
    void waitsForALocationThatIsAwayAndGivesUpAtTheNextSlot() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("twice", PolicyHome.newest(9), "02:00", "09:00"), home.vault("a"));
            Path away = root.resolve("away");
            Files.move(root.resolve("place"), away);
            home.at("2026-11-03T02:00");
            home.at("2026-11-03T02:30");
            assertThat(home.tasks()).isEmpty();
            assertThat(home.scheduler().open()).extracting(SlotRun::fate).containsExactly(SlotFate.WAITING);
            home.at("2026-11-03T09:00");
            assertThat(home.tasks())
                    .as("the first is skipped, the second waits")
                    .hasSize(1);
            assertThat(home.tasks().getFirst()).startsWith("skipped location.");
            Files.move(away, root.resolve("place"));
            home.at("2026-11-03T10:00");
            assertThat(home.backups()).containsExactly("03T10:00");
            assertThat(home.scheduler().open()).isEmpty();
        }
    }

    @Test
    void triesEverMoreSeldomAndAtOnceWhenTheLocationComesBack() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(9), vault);
            Path away = root.resolve("away");
            Files.move(root.resolve("place"), away);
            home.at("2026-11-03T02:00");
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Instant next = home.scheduler().open().getFirst().nextTry();
                pauses.add(Duration.between(home.clock.instant(), next).toMinutes());
                home.at(next);
            }
            assertThat(pauses).as("minutes").containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
            home.clock.push(Duration.ofMinutes(1));
            home.tick();
            assertThat(home.backups()).isEmpty();
            Files.move(away, root.resolve("place"));
            home.home.console().locations().list();
            home.tick();
            assertThat(home.backups()).as("29 minutes before its next try").hasSize(1);
        }
    }

    @Test
    void startsOnlyWithinTheAllowedHours() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            var night = new Conditions(
                    false, false, Optional.of(new Conditions.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))));
            PolicyPlan plan = PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), night);
            home.bound(plan, home.vault("a"));
            home.at("2026-11-03T09:00");
            assertThat(home.backups())
                    .as("missed, and made up for only at night")
                    .isEmpty();
            assertThat(Refusals.spoken(
                                    home.scheduler().open().getFirst().problem().orElseThrow())
                            .code())
                    .isEqualTo("policy.hours");
            home.at("2026-11-03T21:00");
            assertThat(home.backups()).isEmpty();
            home.at("2026-11-03T22:00");
            assertThat(home.backups()).containsExactly("03T22:00");
        }
    }

    @Test
    void noPauseBetweenTriesStepsOverShortAllowedHours() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            var brief = new Conditions(
                    true, false, Optional.of(new Conditions.Hours(LocalTime.of(22, 5), LocalTime.of(22, 20))));
            home.bound(PolicyHome.with(PolicyHome.plan("noon", PolicyHome.newest(9), "12:00"), brief), home.vault("a"));
            eachMinute(home, "2026-11-02T12:00", "2026-11-02T22:04");
            assertThat(home.backups()).isEmpty();
            eachMinute(home, "2026-11-02T22:05", "2026-11-02T22:06");
            assertThat(home.backups()).as("as soon as they begin").containsExactly("02T22:05");

            home.surroundings.battery(true);
            eachMinute(home, "2026-11-03T12:00", "2026-11-03T22:12");
            assertThat(home.backups()).hasSize(1);
            home.surroundings.battery(false);
            eachMinute(home, "2026-11-03T22:13", "2026-11-03T22:14");
            assertThat(home.backups()).as("as soon as all holds").containsExactly("02T22:05", "03T22:13");
        }
    }

    private static void eachMinute(PolicyHome home, String from, String until) throws Exception {
        home.clock.set(until);
        Instant last = home.clock.instant();
        for (home.clock.set(from); !home.clock.instant().isAfter(last); home.clock.push(Duration.ofMinutes(1))) {
            home.look();
        }
        home.settle();
    }

    private static String waitsFor(PolicyHome home) {
        return home.scheduler().open().stream()
                .map(run -> run.fate() + " " + run.problem().map(Problem::code).orElse(""))
                .collect(Collectors.joining());
    }

    @Test
    void waitsOnBatteryAndRunsOnceThereIsMainsPower() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            var mains = new Conditions(true, false, Optional.empty());
            home.bound(PolicyHome.with(PolicyHome.nightly(9), mains), home.vault("a"));
            home.surroundings.metered(true);
            home.at("2026-11-03T02:00");
            assertThat(home.backups()).as("nobody can tell of a battery").containsExactly("03T02:00");
            home.surroundings.battery(true);
            home.at("2026-11-04T02:00");
            home.at("2026-11-04T09:00");
            assertThat(home.backups()).hasSize(1);
            assertThat(waitsFor(home)).isEqualTo("WAITING policy.battery");
            home.surroundings.battery(false);
            home.at("2026-11-04T09:30");
            assertThat(home.backups()).as("and no later than half an hour").containsExactly("03T02:00", "04T09:30");
            home.surroundings.battery(true);
            home.at("2026-11-05T02:00");
            home.at("2026-11-06T02:00");
            assertThat(home.tasks())
                    .as("the next slot came first")
                    .containsExactly("succeeded", "succeeded", "skipped policy.battery");
            assertThat(waitsFor(home)).isEqualTo("WAITING policy.battery");
        }
    }

    @Test
    void waitsOnAMeteredNetworkAndRunsOnceThereIsAnother() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            var free = new Conditions(false, true, Optional.empty());
            home.bound(PolicyHome.with(PolicyHome.nightly(9), free), home.vault("a"));
            home.surroundings.battery(true);
            home.at("2026-11-03T02:00");
            assertThat(home.backups()).as("nobody can tell of a network").containsExactly("03T02:00");
            home.surroundings.metered(true);
            home.at("2026-11-04T02:00");
            assertThat(waitsFor(home)).isEqualTo("WAITING policy.metered");
            home.surroundings.metered(false);
            home.at("2026-11-04T02:01");
            assertThat(home.backups()).as("tried again after a minute").containsExactly("03T02:00", "04T02:01");
        }
    }

    /** By a count nothing goes that was made before the jump, but for what is made after it, slot by slot, as always. */
    @Test
    void aClockSetAheadAYearLetsACountTakeNoMoreThanOneForOne() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(3), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2027-11-04T09:00");
            home.at("2027-11-04T10:00");
            home.at("2027-11-05T00:00");
            assertThat(home.backups())
                    .as("364 missed, one made up for")
                    .containsExactly("03T02:00", "04T02:00", "04T09:00");
            home.at("2026-11-04T10:00");
            home.at("2026-11-05T00:00");
            assertThat(home.backups()).as("put right").hasSize(3);
            home.at("2026-11-05T02:00");
            home.at("2026-11-06T02:00");
            assertThat(home.backups())
                    .as("the newest three in their time; the one from the future takes no place, and stays")
                    .containsExactly("04T02:00", "05T02:00", "06T02:00", "04T09:00");
        }
    }

    @Test
    void whatWasMadeUnderAClockThatWasAheadPushesNothingOutWhenItsDateComes() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(2), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-08T09:00");
            home.at("2026-11-09T02:00");
            home.at("2026-11-10T02:00");
            home.at("2026-11-06T09:00");
            home.at("2026-11-07T02:00");
            assertThat(home.backups()).contains("07T02:00");
            home.at("2026-11-11T02:00");
            home.at("2026-11-12T00:00");
            assertThat(home.backups())
                    .as("the newest two by what is in them, and what is left")
                    .containsExactlyInAnyOrder("07T02:00", "11T02:00", "09T02:00", "10T02:00");
            assertThat(home.tasks())
                    .as("the slots of the 8th, 9th and 10th ran before")
                    .filteredOn("skipped policy.ran-ahead"::equals)
                    .hasSize(3);
        }
    }

    @Test
    void whatWasMadeUnderAClockThatWasAheadWhenCofferWasLeftPushesNothingOutEither() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("often", PolicyHome.newest(1), "02:00", "03:00"), home.vault("a"));
            home.at("2026-11-03T01:55");
            home.at("2026-11-03T02:01"); // Not yet noted: that is done every ten minutes.
            home.clock.set("2026-11-03T01:57");
            home.home.restart();
            home.tick();
            home.at("2026-11-03T02:01");
            home.at("2026-11-03T03:00");
            assertThat(home.backups()).containsExactly("03T02:01", "03T03:00");
        }
    }

    @Test
    void whatWasMadeUnderAClockThatIsNotBelievedPushesNothingOutHoweverItIsPutRight() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(2), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-13T02:00");
            home.at("2026-10-01T10:00"); // Far behind, before it is set right:
            home.at("2026-11-03T10:00");
            assertThat(home.home.console().clockWatch().suspected()).isEmpty();
            for (int day = 4; day <= 14; day++) {
                home.at(String.format("2026-11-%02dT02:00", day));
            }
            assertThat(home.backups())
                    .as("the newest two by what is in them, and what is left")
                    .containsExactly("12T02:00", "13T02:00", "14T02:00");
            assertThat(home.tasks()).contains("skipped policy.ran-ahead");
        }
    }

    @Test
    void aClockSetAheadAYearLetsPeriodsTakeNothingUnasked() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            var kept = new Retention.ByCount(1, new Retention.Periods(2, 0, 0, 0));
            home.bound(PolicyHome.plan("nightly", kept, "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2027-11-05T00:00");
            assertThat(home.backups()).as("of two days, as before").containsExactly("04T02:00", "05T00:00");
            home.at("2026-11-04T10:00");
            home.at("2026-11-05T02:00");
            assertThat(home.backups()).containsExactly("04T02:00", "05T02:00", "05T00:00");
        }
    }

    @Test
    void aRestartNeitherRunsASlotTwiceNorForgetsOne() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.home.restart();
            home.tick();
            home.at("2026-11-03T02:02");
            assertThat(home.backups()).containsExactly("03T02:00");
            home.clock.set("2026-11-04T02:02");
            home.home.restart();
            home.tick();
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:02");
        }
    }

    @Test
    void aClockThatRanAheadHidesNoFailureOnceItIsPutRight() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            home.bound(PolicyHome.nightly(9), home.home.vault("vault_a", disk));
            home.at("2026-11-03T02:00");
            home.at("2027-11-04T02:00");
            home.at("2026-11-04T01:00");
            assertThat(home.home.console().overviews().now().oldestGood())
                    .as("the last good backup is none of next year")
                    .map(PolicyHome::local)
                    .contains("03T02:00");
            Files.delete(disk.path());
            home.at("2026-11-05T02:00");
            assertThat(home.home.console().overviews().now().needs())
                    .extracting(Attention::kind)
                    .contains(Attention.Kind.BACKUP_FAILED);
        }
    }

    @Test
    void aClockSetBackRunsNothingTwice() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-03T01:00");
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00");
            assertThat(home.tasks())
                    .as("each slot that did not run is told of")
                    .containsExactlyInAnyOrder(
                            "succeeded", "succeeded", "skipped policy.ran-ahead", "skipped policy.ran-ahead");
            home.at("2026-11-05T02:00");
            assertThat(home.backups())
                    .as("nobody can tell whether the clock was ahead or is behind: what is dated ahead stays")
                    .containsExactly("03T02:00", "04T02:00", "05T02:00");
            home.home.restart();
            home.at("2026-11-03T01:00");
            home.at("2026-11-03T02:00");
            home.at("2026-11-06T02:00");
            assertThat(home.tasks())
                    .as("set back again")
                    .filteredOn("skipped policy.ran-ahead"::equals)
                    .hasSize(2 + 3);
            home.at("2026-11-07T02:00");
            home.at("2026-11-08T02:00");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00", "08T02:00");
        }
    }

    @Test
    void aClockSetAheadAYearDeletesNothingAndRunsOnce() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("nightly", new Retention.ByDays(30), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2027-11-04T09:00");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "04T09:00");
            assertThat(home.home.console().clockWatch().suspected()).isPresent();
            assertThat(home.tasks())
                    .as("364 missed: 50 one by one, the others together")
                    .hasSize(2 + 51 + 1);

            home.at("2026-11-04T10:00");
            assertThat(home.home.console().clockWatch().suspected()).isEmpty();
            home.at("2026-11-05T02:00");
            for (String day : List.of("11-11", "11-17", "11-23", "11-29", "12-05")) {
                home.at("2026-" + day + "T01:00");
            }
            assertThat(home.backups())
                    .as("back in its time: the two oldest went by their dates, the one from the future stays")
                    .containsExactly(
                            "05T02:00", "11T01:00", "17T01:00", "23T01:00", "29T01:00", "05T01:00", "04T09:00");
        }
    }

    @Test
    void aClockThatStaysAheadLetsNothingGoBeforeItsTime() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.plan("nightly", new Retention.ByDays(4), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            for (String day : List.of("03", "04", "05", "06")) {
                home.at("2027-12-" + day + "T02:00");
            }
            assertThat(home.backups())
                    .as("on the fourth day of a year that is not believed")
                    .containsExactly("03T02:00", "03T02:00", "04T02:00", "05T02:00", "06T02:00");
            home.at("2027-12-07T02:00");
            home.at("2027-12-08T02:00");
            assertThat(home.backups())
                    .as("after four days of running, also those made since, by their own clock")
                    .containsExactly("05T02:00", "06T02:00", "07T02:00", "08T02:00");
            home.at("2026-11-10T02:00");
            assertThat(home.home.console().clockWatch().suspected())
                    .as("about where it would be")
                    .isEmpty();
        }
    }

    @Test
    void theEleventhFailedRunRemovesTheOldestAtOnce() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), vault);
            Path image =
                    home.home.console().disks().get(vault.disks().getFirst()).path();
            Files.delete(image);
            for (int day = 3; day <= 13; day++) {
                home.at(String.format("2026-11-%02dT02:00", day));
            }
            assertThat(home.backups()).hasSize(10).startsWith("04T02:00");
        }
    }

    @Test
    void aPolicyThatIsOffStartsAndDeletesNothing() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.plan("nightly", new Retention.ByDays(2), "02:00"), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.policies().enable(policy.id(), false);
            home.at("2026-11-06T02:00");
            assertThat(home.backups()).containsExactly("03T02:00");
            home.at("2026-11-07T10:00");
            home.policies().enable(policy.id(), true);
            home.tick();
            assertThat(home.backups()).as("nothing was missed while it was off").containsExactly("03T02:00");
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).as("what ran out meanwhile").isEmpty();
        }
    }

    @Test
    void anEmptyVaultSaysThatThereIsNothing() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("vault_a");
            home.bound(PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00"), vault);
            home.at("2026-11-03T02:00");
            assertThat(home.tasks()).containsExactly("skipped backup.nothing");
        }
    }

    @Test
    void disksThatMatchBindThemselvesAtTheNextRun() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Disk mine = home.home.image("Data-1", 1);
            home.home.image("other", 1);
            Disk taken = home.home.image("data-2", 1);
            home.home.vault("vault_b", taken);
            var rule = new AutoBindRule("data-?", root.toString());
            var binding = home.home.console().vaults().autoBinding();
            assertThat(binding.matches(vault.id(), rule)).extracting(Disk::name).containsExactly("Data-1");
            assertThat(binding.matches(vault.id(), new AutoBindRule("data-?", "/elsewhere")))
                    .isEmpty();
            assertThat(Refusals.code(() -> binding.set(vault.id(), Optional.of(new AutoBindRule(" ", "")))))
                    .isEqualTo("auto-bind.pattern");
            binding.set(vault.id(), Optional.of(rule));
            Policy policy = home.bound(PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00"), vault);
            home.at("2026-11-03T02:00");
            assertThat(home.home.again(vault).disks()).hasSize(2).contains(mine.id());
            assertThat(home.backups()).containsExactly("03T02:00", "03T02:00");
            assertThat(home.policies().agenda().upcoming(3))
                    .extracting(run -> run.vault().name() + " " + PolicyHome.local(run.at()))
                    .containsExactly("vault_a 04T02:00", "vault_a 05T02:00", "vault_a 06T02:00");
            assertThat(home.policies()
                            .agenda()
                            .busyHours(vault.locationId(), PolicyHome.ZONE, Optional.empty())
                            .get(2))
                    .as("two disks on seven days")
                    .isEqualTo(14);
            assertThat(home.policies()
                            .agenda()
                            .busyHours(vault.locationId(), PolicyHome.ZONE, Optional.of(policy.id()))
                            .get(2))
                    .as("without the one that is edited")
                    .isZero();
        }
    }
}
