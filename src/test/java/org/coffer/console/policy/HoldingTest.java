package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are under way when their allowed hours, 22:00 to 06:00, end, or another condition (P11). The run of 02:00 stands in the middle,
 * because its location takes 1 MB a second.
 */
class HoldingTest {
    @TempDir
    private Path root;

    private PolicyHome home;
    private Disk disk;
    private Vault vault;
    private Policy policy;
    private Task run;

    @BeforeEach
    void aRunAtNight() throws Exception {
        home = new PolicyHome(root);
        disk = home.home.image(
                "web", 200); // Three packs: each but the first of a process waits half a minute for the one before.
        vault = home.home.vault("vault_a", disk);
        var night =
                new Conditions(true, true, Optional.of(new Conditions.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))));
        policy = home.policies()
                .create(PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), night));
        home.policies().bind(policy.id(), vault.id());
        home.home.console().locations().limit(vault.locationId(), 1);
        at("2026-11-03T02:00");
        run = home.home.console().tasks().open().getFirst();
        home.home.awaitPack(vault, run);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void at(String local) throws InterruptedException {
        home.clock.set(local);
        home.look();
    }

    private TaskStatus status() {
        return home.home.console().tasks().find(run.id()).orElseThrow().status();
    }

    private void ended() throws Exception {
        home.home.console().locations().limit(vault.locationId(), 0);
        home.home.done(run);
    }

    @Test
    void aRunIsHeldStillWhenItsHoursEndAndGoesOnWhenTheyBeginAgain() throws Exception {
        at("2026-11-03T05:59");
        assertThat(status()).isEqualTo(TaskStatus.RUNNING);
        at("2026-11-03T06:00");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        at("2026-11-03T21:59");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        at("2026-11-03T22:00");
        assertThat(status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(home.home.console().tasks().steps(run.id()))
                .extracting(TaskStep::key)
                .containsSubsequence("held-hours", "goes-on");
        ended();
        assertThat(home.home.restored(home.home.backup(run))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aRunIsHeldStillWhileTheComputerIsOnBatteryOrOnAMeteredNetwork() throws Exception {
        home.surroundings.battery(true);
        at("2026-11-03T02:01");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        home.surroundings.battery(false);
        at("2026-11-03T02:02");
        assertThat(status()).isEqualTo(TaskStatus.RUNNING);
        home.surroundings.metered(true);
        at("2026-11-03T02:03");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        home.surroundings.metered(false);
        at("2026-11-03T02:04");
        assertThat(home.home.console().tasks().steps(run.id()))
                .extracting(TaskStep::key)
                .containsSubsequence("held-battery", "goes-on", "held-metered", "goes-on");
        ended();
        assertThat(home.home.restored(home.home.backup(run))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void whoLetsARunGoOnByHandWantsItNow() throws Exception {
        at("2026-11-03T06:00");
        home.home.console().tasks().resume(run.id());
        at("2026-11-03T06:01");
        at("2026-11-03T06:02");
        assertThat(status()).isEqualTo(TaskStatus.RUNNING);
        ended();
    }

    @Test
    void whatSomebodyPausedStaysSoWhenTheHoursBegin() throws Exception {
        home.home.console().tasks().pause(run.id());
        at("2026-11-03T06:00");
        at("2026-11-03T22:00");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        home.home.console().tasks().resume(run.id());
        ended();
    }

    @Test
    void aPolicyThatIsSwitchedOffLetsItsRunGoOn() throws Exception {
        at("2026-11-03T06:00");
        // A change of the policy is written into the vault too, which would wait for the pack.
        home.home.console().locations().limit(vault.locationId(), 0);
        home.policies().enable(policy.id(), false);
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        at("2026-11-03T06:01");
        home.home.done(run);
    }

    @Test
    void aRunThatIsHeldStillGoesOnAtTheNextStartAndIsHeldAgain() throws Exception {
        at("2026-11-03T06:00");
        TestHome restarted = home.home;
        restarted.restart();
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        restarted.console().tasks().goOn();
        restarted.awaitStep(run, "held-hours");
        while (status() != TaskStatus.RUNNING) {
            Thread.onSpinWait();
        }
        at("2026-11-03T06:01");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        at("2026-11-03T22:00");
        ended();
        assertThat(home.backups()).containsExactly("03T02:00");
    }

    @Test
    void aRunThatWasHeldStillForLongerThanItsBackupIsKeptLeavesOne() throws Exception {
        ended();
        PolicyPlan kept = PolicyHome.plan("nightly", new Retention.ByDays(1), "02:00");
        home.policies().edit(policy.id(), PolicyHome.with(kept, policy.plan().conditions()), false);
        home.home.change(disk, 0, 8_000_000, 9);
        home.home.console().locations().limit(vault.locationId(), 1);
        at("2026-11-04T02:00");
        run = home.home.console().tasks().open().getFirst();
        home.home.awaitStep(run, "reading");
        at("2026-11-04T06:00");
        assertThat(status()).isEqualTo(TaskStatus.PAUSED);
        at("2026-11-06T22:00");
        ended();
        home.settle();
        Backup made = home.home.backup(run);
        assertThat(made.expiresAt())
                .contains(LocalDateTime.parse("2026-11-07T22:00")
                        .atZone(PolicyHome.ZONE)
                        .toInstant());
        home.at("2026-11-07T21:59");
        assertThat(home.backups()).as("a day from when it was there").contains("04T02:00");
        assertThat(home.home.restored(made)).isEqualTo(Files.readAllBytes(disk.path()));
    }
}
