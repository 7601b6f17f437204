package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Slots and clean-ups at which something goes wrong, and clocks that do (P8, P11, P13). It is Monday 2 November 2026, 10:00.
 */
class TroubledSlotsTest {
    @TempDir
    private Path root;

    private static List<Backup> of(PolicyHome home, Vault vault) {
        return home.home.console().backups().ofVault(vault.id());
    }

    // ---- errors

    @Test
    void aBugAtASlotFailsThatSlotWithATaskAndLeavesOtherVaultsAlone() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault broken = home.vault("a");
            Vault well = home.vault("b");
            Policy policy = home.bound(PolicyHome.nightly(9), broken, well);
            home.at("2026-11-03T02:00");
            home.sql("update backup set origin = 'NONSENSE' where vault_id = '" + broken.id() + "'");
            home.at("2026-11-04T02:00");
            assertThat(home.tasks()).containsExactlyInAnyOrder("succeeded", "succeeded", "failed bug", "succeeded");
            home.sql("update backup set origin = 'AUTOMATIC' where vault_id = '" + broken.id() + "'");
            home.at("2026-11-04T02:01");
            assertThat(of(home, broken)).as("not tried again").hasSize(1);
            assertThat(home.scheduler().last(policy.id(), 2))
                    .extracting(SlotRun::fate)
                    .containsExactlyInAnyOrder(SlotFate.SKIPPED, SlotFate.STARTED);
            home.at("2026-11-05T02:00");
            assertThat(of(home, broken)).as("the next slot runs").hasSize(2);
            assertThat(of(home, well)).hasSize(3);
        }
    }

    @Test
    void aSlotThatCannotEvenBeWrittenDownIsLookedAtAgain() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault broken = home.vault("a");
            Vault well = home.vault("b");
            home.bound(PolicyHome.nightly(9), broken, well);
            home.sql("alter table policy_slot add constraint refused check (vault_id <> '" + broken.id() + "')");
            home.at("2026-11-03T02:00");
            home.at("2026-11-03T02:20");
            assertThat(of(home, broken)).isEmpty();
            assertThat(of(home, well)).as("one trouble is no other's").hasSize(1);
            home.sql("alter table policy_slot drop constraint refused");
            home.home.restart();
            home.at("2026-11-03T02:40");
            home.at("2026-11-03T02:41");
            assertThat(of(home, broken)).as("made up for, once").hasSize(1);
            assertThat(of(home, well)).hasSize(1);
        }
    }

    @Test
    void twoNamesOfOneImageInAVaultAreBackedUpOnce() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 1);
            Path link = Files.createLink(root.resolve("other.img"), web.path());
            Disk other = home.home.console().disks().addImage(new NewImage(link, Optional.of("other"), Disk.Role.DATA));
            home.bound(PolicyHome.nightly(9), home.home.vault("vault_a", web, other, home.home.image("db", 1)));
            home.at("2026-11-03T02:00");
            assertThat(home.tasks()).containsExactlyInAnyOrder("succeeded", "skipped backup.busy", "succeeded");
        }
    }

    // ---- what a rule deletes and cannot

    /** Keeps the markers of deleted backups from being written, whoever runs the tests. */
    private Path shut(PolicyHome home, Vault vault) throws Exception {
        Path gone = Files.createDirectories(home.home.objects(vault).resolve("gone"));
        immutable(gone, "+i");
        return gone;
    }

    private static void open(Path gone) throws Exception {
        immutable(gone, "-i");
    }

    private static void immutable(Path folder, String flag) throws Exception {
        Process chattr = new ProcessBuilder("chattr", flag, folder.toString())
                .inheritIO()
                .start();
        assertThat(chattr.waitFor()).as("chattr %s", flag).isZero();
    }

    private static Stream<Task> deletions(PolicyHome home) {
        return home.home.console().tasks().list(TaskFilter.ALL, 0, 100).stream()
                .filter(task -> task.type() == TaskType.DELETE);
    }

    @Test
    void whatARuleCannotDeleteStaysDueAndGoesTheNextTime() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(2), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            Path gone = shut(home, vault);
            home.at("2026-11-05T02:00");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00");
            assertThat(home.rows()).extracting(Backup::status).containsOnly(BackupStatus.AVAILABLE);
            assertThat(home.verdicts(vault).get(home.rows().getLast().id()))
                    .satisfies(oldest -> assertThat(oldest.due()).isTrue());
            assertThat(deletions(home).flatMap(task -> task.problem().stream()).toList())
                    .as("and a task says why")
                    .hasSize(1);
            home.at("2026-11-06T00:00");
            assertThat(deletions(home).count()).as("tried again at midnight").isEqualTo(2);
            home.at("2026-11-06T02:00");
            assertThat(home.rows()).as("before and after a backup too").hasSize(4);
            open(gone);
            home.at("2026-11-07T00:00");
            assertThat(home.backups()).containsExactly("05T02:00", "06T02:00");
        }
    }

    @Test
    void damagedBackupsHoldNoPlaceInACountAndAreLetGoByNoRule() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(2), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            Backup newest = home.rows().getFirst();
            Backup oldest = home.rows().getLast();
            home.home.console().backups().damaged(newest.id(), Problem.of("backup.damaged", "backup", newest.name()));
            assertThat(home.reasons(vault, oldest))
                    .as("the first of two places")
                    .containsExactly(new Verdict.Reason(Verdict.Keeper.COUNT, "1"));
            assertThat(home.reasons(vault, newest)).containsExactly(new Verdict.Reason(Verdict.Keeper.DAMAGED, ""));
        }
    }

    @Test
    void noDateTakesWhatIsDamagedOrCouldNotBeDeletedAndNoQuestionSaysSo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.plan("dated", new Retention.ByDays(3), "02:00"), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            List<Backup> rows = home.rows();
            Problem damage = Problem.of("backup.damaged", "backup", "one");
            home.home.console().backups().damaged(rows.getLast().id(), damage);
            home.sql("update backup set status = 'ERROR' where id = '"
                    + rows.get(1).id() + "'");
            Farewell farewell = home.home.console().simulator().farewell(policy.id());
            assertThat(farewell.dated()).containsExactly(rows.getFirst());
            assertThat(farewell.staying()).hasSize(2);
            home.policies().delete(policy.id());
            home.at("2026-12-09T00:00");
            home.home.console().clockWatch().believe();
            home.at("2026-12-10T00:00");
            assertThat(home.verdicts(vault))
                    .containsOnlyKeys(rows.getLast().id(), rows.get(1).id());
        }
    }

    // ---- deleting a policy

    @Test
    void whatRanOutWhileAPolicyWasOffStaysWhenItIsDeleted() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.plan("dated", new Retention.ByDays(3), "02:00"), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            home.policies().enable(policy.id(), false);
            home.at("2026-11-07T10:00");
            assertThat(home.backups()).as("off: nothing goes").hasSize(3);
            Farewell farewell = home.home.console().simulator().farewell(policy.id());
            assertThat(farewell.staying()).as("ran out on the 6th and the 7th").hasSize(2);
            assertThat(farewell.dated()).hasSize(1);
            assertThat(farewell.first().map(PolicyHome::local)).contains("08T02:00");
            home.policies().delete(policy.id());
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).hasSize(3);
            home.at("2026-11-09T00:00");
            assertThat(home.backups()).as("one date was still to come").containsExactly("03T02:00", "04T02:00");
        }
    }

    @Test
    void aPolicyThatIsOnKeepsItsBackupsDatesWhenItIsDeleted() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.plan("dated", new Retention.ByDays(3), "02:00"), vault);
            home.at("2026-11-03T02:00");
            Farewell farewell = home.home.console().simulator().farewell(policy.id());
            assertThat(farewell.dated()).hasSize(1);
            home.policies().delete(policy.id());
            home.at("2026-11-07T00:00");
            assertThat(home.backups()).isEmpty();
        }
    }

    @Test
    void anEditCountsBackupsInVaultsThatThePolicyServesNoLonger() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault left = home.vault("a");
            Vault served = home.vault("b");
            PolicyPlan plan = PolicyHome.plan("dated", new Retention.ByDays(3), "02:00");
            Policy policy = home.bound(plan, left, served);
            home.at("2026-11-03T02:00");
            home.policies().unbind(left.id());
            home.policies().enable(policy.id(), false);
            home.at("2026-11-07T10:00");
            EditEffect on = home.home.console().simulator().effect(policy.id(), plan);
            assertThat(on.atOnce()).extracting(Backup::vaultId).containsExactlyInAnyOrder(left.id(), served.id());
            home.policies().enable(policy.id(), true);
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).as("as foretold").isEmpty();
        }
    }

    // ---- questions

    @Test
    void anAskedSlotIsNotRunOnceItsPolicyIsOffOrUnbound() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault a = home.vault("a");
            Vault b = home.vault("b");
            Policy policy = home.bound(PolicyHome.with(PolicyHome.nightly(9), Missed.ASK), a, b);
            home.at("2026-11-03T09:00");
            List<SlotRun> asked = home.scheduler().open();
            assertThat(asked).hasSize(2);
            home.policies().unbind(a.id());
            home.policies().enable(policy.id(), false);
            for (SlotRun slot : asked) {
                assertThat(home.scheduler().answer(slot, true).map(SlotRun::fate))
                        .contains(SlotFate.SKIPPED);
            }
            home.settle();
            assertThat(home.backups()).isEmpty();
        }
    }

    @Test
    void nobodyIsAskedAboutAPolicyThatIsOffUnboundOrGone() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault a = home.vault("a");
            Vault b = home.vault("b");
            Policy one = home.bound(PolicyHome.with(PolicyHome.nightly(9), Missed.ASK), a);
            Policy two = home.bound(
                    PolicyHome.with(PolicyHome.nightly(9), Missed.ASK).named("two"), b);
            home.at("2026-11-03T09:00");
            home.policies().unbind(a.id());
            home.policies().delete(two.id());
            home.at("2026-11-03T09:01");
            assertThat(home.scheduler().open()).isEmpty();
            assertThat(home.tasks()).containsExactly("skipped policy.missed", "skipped policy.missed");
            assertThat(home.scheduler().last(one.id(), 1))
                    .extracting(SlotRun::fate)
                    .containsExactly(SlotFate.SKIPPED);
        }
    }

    // ---- slots that passed unseen

    @Test
    void anEditThatIsRefusedEndsNoPlan() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.nightly(9), home.vault("a"));
            home.policies().create(PolicyHome.plan("taken", PolicyHome.newest(9), "05:00"));
            home.tick();
            home.clock.set("2026-11-03T02:00"); // Somebody edits before the scheduler looks.
            PolicyPlan refused = PolicyHome.plan("taken", PolicyHome.newest(9), "03:00");
            assertThat(Refusals.code(() -> home.policies().edit(policy.id(), refused, false)))
                    .isEqualTo("name.taken");
            home.tick();
            assertThat(home.backups()).containsExactly("03T02:00");
            assertThat(home.tasks()).containsExactly("succeeded");
        }
    }

    @Test
    void slotsThatPassedUnseenAreEnteredBeforeTheirPlanEnds() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault a = home.vault("a");
            Vault b = home.vault("b");
            Policy policy = home.bound(PolicyHome.nightly(9), a, b);
            home.tick();
            home.clock.set("2026-11-04T09:00"); // Neither a window nor a daemon ran.
            home.policies().unbind(a.id());
            assertThat(home.tasks()).containsExactly("skipped policy.missed", "skipped policy.missed");
            home.policies().edit(policy.id(), PolicyHome.nightly(5), false);
            assertThat(home.tasks())
                    .as("the same times: one is still made up for")
                    .hasSize(2);
            home.policies().enable(policy.id(), false);
            assertThat(home.tasks()).hasSize(4).containsOnly("skipped policy.missed");
            home.policies().enable(policy.id(), true);
            home.tick();
            assertThat(home.tasks()).hasSize(4);
        }
    }

    @Test
    void aRunThatPublishedItsBackupBeforeItsProcessDiedIsNotLetGoAsFailed() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.with(PolicyHome.nightly(9), Missed.SKIP), home.vault("a"));
            home.at("2026-11-03T02:00");
            for (String day : List.of("11-09", "11-15", "11-21", "11-27", "12-02")) {
                home.at("2026-" + day + "T10:00"); // A step of a month would not be believed.
            }
            home.clock.set("2026-12-04T00:00");
            home.home.edit("update backup set status = 'ERROR', finished_at = null");
            home.tick();
            assertThat(home.rows()).extracting(Backup::status).containsExactly(BackupStatus.AVAILABLE);
        }
    }

    // ---- clocks

    @Test
    void aClockThatRanFarAheadAndIsPutRightRunsNothingTwice() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(9), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2028-11-03T09:00");
            assertThat(home.backups()).containsExactly("03T02:00", "03T09:00");
            home.at("2026-11-03T01:00");
            home.at("2026-11-03T02:00");
            assertThat(home.backups()).as("2026 was not forgotten in 2028").hasSize(2);
            home.at("2026-11-04T02:00");
            assertThat(home.backups()).hasSize(3);
        }
    }

    @Test
    void aClockThatIsFarBehindRunsNothingAndMovesNoMomentUntilItIsPutRight() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            policy = home.policies().edit(policy.id(), PolicyHome.nightly(1), false);
            Bond bond = home.policies()
                    .store()
                    .bondOf(vault.id(), PolicyKind.BACKUP)
                    .orElseThrow();
            home.clock.set("2000-01-01T00:00"); // Its battery died.
            home.home.restart();
            home.tick();
            home.at("2000-01-01T02:00");
            home.at("2000-01-01T05:00");
            assertThat(home.home.console().clockWatch().behind()).isTrue();
            assertThat(home.policies().get(policy.id())).isEqualTo(policy);
            Policy edited = home.policies().edit(policy.id(), PolicyHome.nightly(2), false);
            assertThat(edited.keepsSince()).as("by the clock as it was").isAfterOrEqualTo(policy.keepsSince());
            home.at("2026-11-04T09:00");
            assertThat(home.home.console().clockWatch().suspected()).isEmpty();
            assertThat(home.policies().get(policy.id())).isEqualTo(edited);
            assertThat(home.policies().store().bondOf(vault.id(), PolicyKind.BACKUP))
                    .contains(bond);
            assertThat(home.tasks()).containsExactly("succeeded", "succeeded");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00");
            home.at("2026-11-05T02:00");
            assertThat(home.backups()).containsExactly("04T02:00", "05T02:00");
        }
    }

    @Test
    void aClockThatStaysFarBehindIsBelievedAfterSomeDaysOrWhenSomebodySaysSo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(9), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-09-03T02:00");
            home.at("2026-09-04T02:00");
            assertThat(home.backups()).hasSize(1);
            home.at("2026-09-05T01:00");
            home.at("2026-09-05T02:00");
            assertThat(home.backups()).containsExactly("05T02:00", "03T02:00");
            home.at("2026-08-05T01:00");
            home.home.console().clockWatch().believe();
            home.at("2026-08-05T01:30");
            home.at("2026-08-05T02:00");
            assertThat(home.backups()).containsExactly("05T02:00", "05T02:00", "03T02:00");
        }
    }

    /** A clock whose battery is dead comes to the same days at each start. No backups there would be worse than one more. */
    @Test
    void whereAClockIsBelievedThatIsFarBehindSlotsRunThatRanThereBefore() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(99), home.vault("a"));
            for (int day = 3; day <= 14; day++) {
                home.at(String.format("2026-11-%02dT02:00", day));
            }
            for (int day = 3; day <= 5; day++) {
                home.at(String.format("2026-11-%02dT01:00", day));
            }
            assertThat(home.backups()).as("behind, until it is believed").hasSize(12);
            home.at("2026-11-05T02:00");
            home.at("2026-11-06T02:00");
            assertThat(home.rows().stream().filter(backup -> backup.createdAt().isBefore(home.clock.instant())))
                    .as("those of the 3rd and the 4th, and two of the 5th")
                    .hasSize(4);
            assertThat(home.backups()).hasSize(14);
            home.at("2026-11-14T03:00");
            assertThat(home.backups())
                    .as("put right: what ran is not made up for")
                    .hasSize(14);
            assertThat(home.tasks()).as("nor was it missed").hasSize(14).containsOnly("succeeded");
        }
    }

    @Test
    void whatWasMadeUnderABelievedClockThatWasBehindIsNotPushedOutByOlderOnesWhenItIsPutRight() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(2), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-09-03T02:00");
            home.at("2026-09-04T02:00");
            home.at("2026-09-05T01:00");
            home.at("2026-09-05T02:00");
            home.at("2026-09-06T02:00");
            assertThat(home.backups()).containsExactlyInAnyOrder("05T02:00", "06T02:00", "03T02:00", "04T02:00");
            home.at("2026-11-20T01:00");
            home.at("2026-11-20T01:30");
            assertThat(home.backups())
                    .as("the newest two by what is in them, and what is left")
                    .containsExactlyInAnyOrder("20T01:00", "06T02:00", "03T02:00", "04T02:00");
        }
    }

    @Test
    void aPolicyMadeUnderAClockThatRanAheadRunsOnceThatIsPutRight() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.clock.set("2027-11-02T10:00");
            home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-02T10:00");
            home.at("2026-11-03T02:00");
            assertThat(home.backups()).containsExactly("03T02:00");
        }
    }

    @Test
    void afterACrashNoOlderSlotThanTheLastDecidedOneIsMadeUpFor() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            String[] hours = Stream.iterate(0, hour -> hour + 1)
                    .limit(24)
                    .map(hour -> String.format("%02d:00", hour))
                    .toArray(String[]::new);
            home.bound(PolicyHome.plan("hourly", PolicyHome.newest(99), hours), home.vault("a"));
            home.tick();
            long before = home.clock.instant().toEpochMilli();
            home.at("2026-11-05T10:30");
            assertThat(home.backups()).containsExactly("05T10:30");
            List<String> told = home.tasks();
            assertThat(told).as("the older ones together").contains("skipped policy.missed-many");
            home.home.edit("update clock_watch set slots_until = " + before); // As if killed before it was noted.
            home.tick();
            assertThat(home.backups()).containsExactly("05T10:30");
            assertThat(home.tasks()).as("and nothing is told twice").isEqualTo(told);
        }
    }
}
