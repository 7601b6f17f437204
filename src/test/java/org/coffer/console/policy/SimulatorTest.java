package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foretold is what happens (P7, P15). It is Monday 2 November 2026, 10:00. */
class SimulatorTest {
    @TempDir
    private Path root;

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(PolicyHome.ZONE).toInstant();
    }

    private static List<String> there(Simulation simulation) {
        return simulation.entries().stream()
                .filter(entry -> entry.there(simulation.asOf()))
                .map(entry -> PolicyHome.local(entry.created()))
                .toList();
    }

    private static List<String> local(List<Backup> backups) {
        return backups.stream()
                .map(backup -> PolicyHome.local(backup.createdAt()))
                .sorted()
                .toList();
    }

    private static List<UUID> ids(List<Backup> backups) {
        return backups.stream().map(Backup::id).toList();
    }

    @Test
    void nothingInATrashedVaultIsSaidToGoByItsDate() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault trashed = home.vault("a");
            Vault there = home.vault("b");
            PolicyPlan plan = PolicyHome.plan("dated", new Retention.ByDays(2), "02:00");
            Policy policy = home.bound(plan, trashed, there);
            home.at("2026-11-03T02:00");
            home.policies().enable(policy.id(), false);
            home.home.console().trash().delete(trashed.id(), trashed.name());
            home.at("2026-11-07T10:00");
            Simulator simulator = home.home.console().simulator();
            EditEffect on = simulator.effect(policy.id(), plan);
            assertThat(on.atOnce()).extracting(Backup::vaultId).containsExactly(there.id());
            assertThat(on.afterNext()).isEmpty();
            home.policies().enable(policy.id(), true);
            Farewell farewell = simulator.farewell(policy.id());
            assertThat(farewell.dated()).extracting(Backup::vaultId).containsExactly(there.id());
            home.at("2026-11-08T00:00");
            home.home.console().trash().restore(trashed.id());
            home.at("2026-11-09T00:00");
            assertThat(home.rows())
                    .as("as foretold")
                    .extracting(Backup::vaultId)
                    .contains(trashed.id());
        }
    }

    @Test
    void whatACountTakesOnceAVaultIsTakenBackIsSaidBefore() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.plan("nightly", new Retention.ByDays(2), "02:00"), vault);
            for (String day : List.of("03", "04", "05")) {
                home.at("2026-11-" + day + "T01:59");
                home.at("2026-11-" + day + "T02:00");
            }
            List<String> all = home.backups();
            home.home.console().trash().delete(vault.id(), vault.name());
            home.clock.set("2026-11-06T10:00");
            EditEffect edit = home.home.console().simulator().effect(policy.id(), PolicyHome.nightly(1));
            assertThat(local(edit.afterNext()))
                    .as("their dates go as the vault comes back")
                    .isEqualTo(all);
            home.policies().edit(policy.id(), PolicyHome.nightly(1), false);
            home.home.console().trash().restore(vault.id());
            home.at("2026-11-07T02:00");
            assertThat(home.backups()).containsExactly("07T02:00");
        }
    }

    @Test
    void believingAClockIsNotSaidToTakeWhatRestsInATrashedVault() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault trashed = home.vault("a");
            Vault there = home.vault("b");
            home.bound(PolicyHome.plan("dated", new Retention.ByDays(30), "02:00"), trashed, there);
            home.at("2026-11-03T02:00");
            home.home.console().trash().delete(trashed.id(), trashed.name());
            home.at("2027-11-03T01:00");
            assertThat(home.home
                            .console()
                            .simulator()
                            .clockDoubt()
                            .orElseThrow()
                            .gone())
                    .extracting(Backup::vaultId)
                    .containsExactly(there.id());
        }
    }

    /** The vault comes back with the date, because by the trusted time it did not come yet; once the clock is believed it has. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletingAPolicyUnderADoubtedClockSaysWhatBecomesOfWhatRestsInATrashedVault(boolean enabled) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault trashed = home.vault("a");
            Policy policy = home.bound(PolicyHome.plan("dated", new Retention.ByDays(30), "02:00"), trashed);
            home.at("2026-11-03T02:00");
            List<UUID> made = ids(home.rows());
            home.policies().enable(policy.id(), enabled);
            home.home.console().trash().delete(trashed.id(), trashed.name());
            home.at("2027-11-03T01:00");
            assertThat(home.home.console().clockWatch().suspected()).isPresent();
            Farewell farewell = home.home.console().simulator().farewell(policy.id());
            assertThat(ids(farewell.dated())).as("of one that is on").isEqualTo(enabled ? made : List.of());
            assertThat(ids(farewell.staying())).as("of one that is off").isEqualTo(enabled ? List.of() : made);
            home.policies().delete(policy.id());
            home.home.console().trash().restore(trashed.id());
            home.home.console().clockWatch().believe();
            home.at("2027-11-04T00:00");
            assertThat(ids(home.rows())).as("as foretold").isEqualTo(ids(farewell.staying()));
        }
    }

    @Test
    void whatIsSaidToGoWhenAClockIsBelievedIsWhatGoes() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("vault_a", disk);
            home.bound(PolicyHome.plan("dated", new Retention.ByDays(5), "02:00"), vault);
            home.bound(PolicyHome.plan("counted", PolicyHome.newest(9), "02:00"), home.vault("b"));
            Simulator simulator = home.home.console().simulator();
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.home
                    .console()
                    .backups()
                    .expire(home.home.backUp(vault, disk, "by_hand").id(), Optional.of(at("2026-12-24T00:00")));
            home.home.backUp(vault, disk, "for_ever");
            assertThat(simulator.clockDoubt()).isEmpty();
            home.at("2026-11-20T02:00");
            ClockDoubt month = simulator.clockDoubt().orElseThrow();
            assertThat(local(month.gone())).containsExactly("03T02:00", "04T02:00");
            assertThat(month.frees()).isNotNegative();
            home.at("2027-01-20T02:00");
            ClockDoubt months = simulator.clockDoubt().orElseThrow();
            assertThat(months.trusted()).isEqualTo(at("2026-11-04T02:00"));
            assertThat(local(months.gone()))
                    .as("and the one by hand, and what the clock of November dated")
                    .containsExactly("03T02:00", "04T02:00", "04T02:00", "20T02:00");
            List<UUID> gone = new ArrayList<>(ids(home.rows()));
            home.home.console().clockWatch().believe();
            assertThat(simulator.clockDoubt()).isEmpty();
            home.at("2027-01-21T00:00");
            gone.removeAll(ids(home.rows()));
            assertThat(gone).containsExactlyInAnyOrderElementsOf(ids(months.gone()));
        }
    }

    @Test
    void foretellsWhatIsThereLaterUnderAnEditedPolicyToo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("vault_a", disk);
            PolicyPlan plan = PolicyHome.plan("nightly", new Retention.ByDays(5), "02:00");
            Policy policy = home.bound(plan, vault);
            home.at("2026-11-03T02:00");
            home.clock.set("2026-11-03T09:00");
            home.home.backUp(vault, disk, "by_hand");
            home.at("2026-11-04T02:00");
            home.clock.set("2026-11-04T10:00");
            PolicyPlan weekly = plan.keeping(new Retention.ByCount(2, new Retention.Periods(0, 1, 0, 0)));
            Simulator simulator = home.home.console().simulator();
            Simulation foretold = simulator.look(policy.id(), weekly, vault.id(), disk.id(), at("2026-11-07T10:00"));
            assertThat(simulator.effect(policy.id(), weekly).count())
                    .as("two of three, counting the next, are kept")
                    .isEqualTo(1);

            home.policies().edit(policy.id(), weekly, false);
            for (int day = 5; day <= 7; day++) {
                home.at("2026-11-0" + day + "T00:00");
                home.at("2026-11-0" + day + "T02:00");
            }
            home.clock.set("2026-11-07T10:00");
            assertThat(there(foretold)).isEqualTo(home.backups()).containsExactly("03T09:00", "06T02:00", "07T02:00");
            assertThat(foretold.gone()).as("real ones that went").hasSize(2);
            assertThat(foretold.entries().getLast().goesAt()).contains(at("2026-11-09T02:00"));
        }
    }

    @Test
    void anEditNamesWhatItLetsGo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00");
            Policy policy = home.bound(plan, vault);
            for (int day = 3; day <= 6; day++) {
                home.at("2026-11-0" + day + "T02:00");
            }
            home.clock.set("2026-11-06T10:00");
            Simulator simulator = home.home.console().simulator();
            assertThat(simulator.effect(policy.id(), plan).count())
                    .as("no edit")
                    .isZero();
            assertThat(simulator
                            .effect(policy.id(), plan.keeping(new Retention.ByDays(1)))
                            .count())
                    .as("old ones are left alone")
                    .isZero();
            EditEffect two = simulator.effect(policy.id(), plan.keeping(PolicyHome.newest(2)));
            assertThat(two.atOnce()).isEmpty();
            assertThat(local(two.afterNext())).containsExactly("03T02:00", "04T02:00", "05T02:00");
            home.policies().edit(policy.id(), plan.keeping(PolicyHome.newest(2)), false);
            home.at("2026-11-07T00:00");
            assertThat(home.backups()).as("not before the next one").hasSize(4);
            home.at("2026-11-07T02:00");
            assertThat(home.backups()).containsExactly("06T02:00", "07T02:00");
        }
    }

    /** The button counts what goes of all disks after their next backup; a calendar is of one disk, up to the moment that is shown. */
    @Test
    void whatAnEditDeletesIsTheSumOfWhatTheCalendarsOfItsDisksLose() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 1);
            Disk mail = home.home.image("mail", 1);
            Disk books = home.home.image("books", 1);
            Vault one = home.home.vault("vault_a", web, mail);
            Vault other = home.home.vault("vault_b", books);
            PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(4), "02:00");
            Policy policy = home.bound(plan, one);
            home.at("2026-11-03T02:00");
            home.policies().bind(policy.id(), other.id());
            for (int day = 4; day <= 7; day++) {
                home.at("2026-11-0" + day + "T02:00");
            }
            home.clock.set("2026-11-07T10:00");
            PolicyPlan edit = plan.keeping(PolicyHome.newest(2));
            Simulator simulator = home.home.console().simulator();
            EditEffect effect = simulator.effect(policy.id(), edit);
            long sum = 0;
            for (Disk disk : List.of(web, mail, books)) {
                UUID vault = disk.equals(books) ? other.id() : one.id();
                Simulation before = simulator.look(policy.id(), plan, vault, disk.id(), at("2026-11-08T02:00"));
                Simulation after = simulator.look(policy.id(), edit, vault, disk.id(), at("2026-11-08T02:00"));
                assertThat(List.of(before, after)).allSatisfy(shown -> {
                    assertThat(shown.there()).as("now").isEqualTo(4);
                    assertThat(shown.kept() - shown.made() + shown.gone().size())
                            .isEqualTo(shown.there());
                    assertThat(shown.made()).isEqualTo(1);
                });
                List<UUID> lost = new ArrayList<>(ids(after.gone()));
                lost.removeAll(ids(before.gone()));
                assertThat(effect.all().filter(backup -> backup.diskId().equals(disk.id())))
                        .as(disk.name())
                        .extracting(Backup::id)
                        .containsExactlyInAnyOrderElementsOf(lost);
                sum += lost.size();
            }
            assertThat(sum).isEqualTo(effect.count()).isEqualTo(6);
            Simulation later = simulator.look(policy.id(), edit, one.id(), web.id(), at("2026-11-10T02:00"));
            assertThat(later.gone()).as("runs after the next take the rest").hasSize(4);
            assertThat(later.kept()).isEqualTo(later.made()).isEqualTo(2);
        }
    }

    @Test
    void switchingOnNamesWhatRanOutMeanwhile() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            PolicyPlan plan = PolicyHome.plan("nightly", new Retention.ByDays(2), "02:00");
            Policy policy = home.bound(plan, vault);
            home.at("2026-11-03T02:00");
            home.policies().enable(policy.id(), false);
            home.at("2026-11-06T02:00");
            EditEffect on = home.home.console().simulator().effect(policy.id(), plan);
            assertThat(local(on.atOnce())).containsExactly("03T02:00");
        }
    }

    @Test
    void whatIsDamagedOrCouldNotBeDeletedIsShownAndTakesNoPlace() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("vault_a", disk);
            PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00");
            Policy policy = home.bound(plan, vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            Backup stuck = home.rows().getFirst();
            home.sql("update backup set status = 'ERROR' where id = '" + stuck.id() + "'");
            home.at("2026-11-05T02:00");
            home.clock.set("2026-11-05T10:00");
            Backup damaged = home.rows().getLast();
            home.home.console().backups().damaged(damaged.id(), Problem.of("backup.damaged", "backup", damaged.name()));
            Simulation foretold = home.home
                    .console()
                    .simulator()
                    .look(policy.id(), plan, vault.id(), disk.id(), at("2026-11-08T10:00"));
            assertThat(there(foretold)).containsExactly("03T02:00", "04T02:00", "07T02:00", "08T02:00");
            assertThat(foretold.entries().getFirst().reasons())
                    .containsExactly(new Verdict.Reason(Verdict.Keeper.DAMAGED, ""));
            assertThat(foretold.entries().get(1).reasons())
                    .containsExactly(new Verdict.Reason(Verdict.Keeper.UNDELETED, ""));
            assertThat(foretold.entries().subList(0, 2))
                    .allMatch(entry -> entry.goesAt().isEmpty());
            assertThat(foretold.broken()).isEqualTo(2);
        }
    }

    @Test
    void aDiskWithoutBackupsShowsThoseToCome() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("vault_a", disk);
            PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(2), "02:00");
            Policy policy = home.bound(plan, vault);
            Simulation foretold = home.home
                    .console()
                    .simulator()
                    .look(policy.id(), plan, vault.id(), disk.id(), at("2026-11-06T10:00"));
            assertThat(there(foretold)).containsExactly("05T02:00", "06T02:00");
            assertThat(foretold.entries()).allMatch(entry -> entry.backup().isEmpty());
            assertThat(foretold.kept()).isEqualTo(2);
        }
    }

    @Test
    void aYearOfHourlyRunsIsForetoldToItsEnd() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            String[] hours = IntStream.range(0, 24)
                    .mapToObj(hour -> String.format("%02d:00", hour))
                    .toArray(String[]::new);
            Simulator simulator = home.home.console().simulator();
            Instant inAYear = home.clock.instant().plus(Duration.ofDays(365));
            assertThat(simulator
                            .imagine(PolicyHome.plan("long", new Retention.ByDays(400), hours), inAYear)
                            .kept())
                    .as("nothing goes within 400 days")
                    .isEqualTo(365 * 24);
            assertThat(simulator
                            .imagine(PolicyHome.plan("week", new Retention.ByDays(7), hours), inAYear)
                            .kept())
                    .isEqualTo(7 * 24);
            Simulation counted = simulator.imagine(PolicyHome.plan("many", PolicyHome.newest(9000), hours), inAYear);
            assertThat(counted.kept()).isEqualTo(365 * 24);
            assertThat(counted.entries().getLast().created()).isEqualTo(inAYear);
            assertThat(counted.entries().getFirst().goesAt())
                    .as("the run after the 9,000th pushes the first one out")
                    .contains(home.clock.instant().plus(Duration.ofHours(9001)));
        }
    }
}
