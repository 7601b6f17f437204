package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Kind;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs store everything afresh (P4), with real backups. It is Monday 2 November 2026, 10:00. */
class FullBackupsTest {
    @TempDir
    private Path root;

    /** Every night, a full backup after so many incremental ones. */
    private static PolicyPlan after(int incrementals, Retention retention) {
        PolicyPlan plan = PolicyHome.plan("nightly", retention, "02:00");
        return new PolicyPlan(
                "nightly",
                true,
                plan.schedule(),
                retention,
                OptionalInt.of(incrementals),
                Missed.ONCE,
                Conditions.NONE);
    }

    private static List<Boolean> storedFull(PolicyHome home) {
        return home.rows().reversed().stream().map(Backup::storedFull).toList();
    }

    @Test
    void aFullBackupThatWasMadeUpForLateIsAsOldAsItReallyIs() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(after(0, PolicyHome.newest(9)), home.vault("a"));
            home.at("2026-11-03T20:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            assertThat(home.rows().reversed())
                    .extracting(Backup::kind)
                    .as("six hours later, and 30")
                    .containsExactly(Kind.FULL, Kind.INCREMENTAL, Kind.FULL);
        }
    }

    @Test
    void aFullBackupDatedAheadDoesNotPutOffTheNext() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(0, PolicyHome.newest(9)), vault);
            home.at("2026-11-03T02:00");
            home.clock.set("2027-11-03T09:00");
            Disk disk = home.home.console().disks().get(vault.disks().getFirst());
            home.home.done(home.home.begin(vault, disk, "by_hand", true));
            home.at("2026-11-03T10:00");
            home.at("2026-11-04T02:00");
            assertThat(home.rows())
                    .extracting(Backup::kind)
                    .containsOnly(Kind.FULL)
                    .hasSize(3);
        }
    }

    @Test
    void aFullBackupComesAfterSoManyIncrementalOnes() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(2, PolicyHome.newest(9)), vault);
            for (int day = 3; day <= 8; day++) {
                home.at("2026-11-0" + day + "T02:00");
            }
            home.clock.set("2026-11-08T20:00");
            Disk disk = home.home.console().disks().get(vault.disks().getFirst());
            home.home.done(home.home.begin(vault, disk, "by_hand", true));
            home.at("2026-11-09T02:00");
            assertThat(home.rows().reversed())
                    .extracting(Backup::kind)
                    .as("on the 3rd and the 6th, by hand on the 8th")
                    .containsExactly(
                            Kind.FULL,
                            Kind.INCREMENTAL,
                            Kind.INCREMENTAL,
                            Kind.FULL,
                            Kind.INCREMENTAL,
                            Kind.INCREMENTAL,
                            Kind.FULL,
                            Kind.INCREMENTAL);
        }
    }

    @Test
    void whatIsShownAsFullSinceTheFullOneWentIsNotCountedFrom() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(2, new Retention.ByDays(4)), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            Path image =
                    home.home.console().disks().get(vault.disks().getFirst()).path();
            Path away = Files.move(image, root.resolve("away.img"));
            home.at("2026-11-06T02:00");
            home.at("2026-11-07T02:00");
            home.at("2026-11-08T00:00");
            Files.move(away, image);
            List<Backup> left =
                    home.rows().stream().filter(Backup::restorable).toList().reversed();
            assertThat(left).extracting(Backup::kind).containsExactly(Kind.FULL, Kind.INCREMENTAL);
            assertThat(left).extracting(Backup::storedFull).containsExactly(false, false);
            home.at("2026-11-08T02:00");
            assertThat(home.rows().getFirst().storedFull()).as("overdue").isTrue();
        }
    }

    @Test
    void aFullBackupThatSomebodyDeletedIsMadeAgainNoSoonerThanADayLater() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(5, PolicyHome.newest(9)), vault);
            home.at("2026-11-03T02:00");
            Disk disk = home.home.console().disks().get(vault.disks().getFirst());
            home.clock.set("2026-11-03T10:00");
            home.home.backUp(vault, disk, "by_hand");
            home.home.console().deletion().delete(List.of(home.rows().getLast().id()));
            home.settle();
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            home.at("2026-11-06T02:00");
            assertThat(storedFull(home)).containsExactly(false, false, true, false);
        }
    }

    @Test
    void noFullBackupFollowsWithinADayOfOneThatSomebodyPutIntoTheTrash() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(0, PolicyHome.newest(9)), vault);
            home.at("2026-11-03T02:00");
            home.clock.set("2026-11-03T20:00");
            Disk disk = home.home.console().disks().get(vault.disks().getFirst());
            home.home.done(home.home.begin(vault, disk, "by_hand", true));
            home.home
                    .console()
                    .deletion()
                    .trash()
                    .put(List.of(home.rows().getFirst().id()));
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:00");
            assertThat(storedFull(home))
                    .as("six hours after the one in the trash, and 30")
                    .containsExactly(true, false, true);
        }
    }

    @Test
    void noFullBackupFollowsWithinADayOfOneThatSomebodyDeletedForEver() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(after(0, PolicyHome.newest(9)), vault);
            home.at("2026-11-03T02:00");
            home.clock.set("2026-11-03T20:00");
            Disk disk = home.home.console().disks().get(vault.disks().getFirst());
            home.home.done(home.home.begin(vault, disk, "by_hand", true));
            home.home.delete(home.rows().getFirst());
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T02:01");
            home.home.delete(home.rows().getFirst());
            home.at("2026-11-06T02:00");
            assertThat(storedFull(home))
                    .as("six hours after the one deleted, and 30; 24 after the slot of another")
                    .containsExactly(true, false, true);
        }
    }

    @Test
    void nothingIsCountedFromAFullBackupInTheTrash() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(after(5, PolicyHome.newest(9)), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.home
                    .console()
                    .deletion()
                    .trash()
                    .put(List.of(home.rows().getLast().id()));
            home.at("2026-11-05T02:00");
            home.at("2026-11-06T02:00");
            assertThat(storedFull(home)).as("a day after the oldest one left").containsExactly(false, true, false);
        }
    }

    @Test
    void whatWasStoredInFullIsPutRightByTheVault() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(after(9, PolicyHome.newest(20)), home.vault("a"));
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.home.edit("update backup set stored_full = not stored_full");
            home.at("2026-11-05T02:00");
            assertThat(storedFull(home)).containsExactly(true, false, false);
        }
    }
}
