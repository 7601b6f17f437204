package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.SlotFate;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P11, T4: a process that is killed with SIGKILL in the middle of a policy's run. */
class KilledRunTest {
    @TempDir
    private Path root;

    private static List<Backup> backups(TestHome home) {
        return home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 100);
    }

    @Test
    void itsSlotDoesNotRunAgainAndSaysWhatHappened() throws Exception {
        Disk disk;
        Vault vault;
        Policy policy;
        var yesterday = new MovableClock();
        yesterday.push(Duration.ofHours(-25));
        try (TestHome home = new TestHome(root, yesterday)) {
            disk = home.image("web", 4);
            vault = home.vault("vault_a", disk);
            policy = home.console().policies().list().getFirst();
            home.console().policies().bind(policy.id(), vault.id());
        }
        Victim.killedWhenBegun(root, "policy", "-");
        try (TestHome home = new TestHome(root)) {
            assertThat(backups(home)).hasSize(1);
            Backup left = backups(home).getFirst();
            assertThat(left.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(Refusals.spoken(left.problem().orElseThrow()).code()).isEqualTo("task.interrupted");

            home.console().scheduler().tick();
            home.console().scheduler().await();
            assertThat(home.console().tasks().open()).as("the slot was taken").isEmpty();
            assertThat(home.console()
                            .scheduler()
                            .last(policy.id(), 1)
                            .getFirst()
                            .fate())
                    .isEqualTo(SlotFate.STARTED);
            var failed = new TaskFilter(
                    Set.of(TaskType.BACKUP),
                    Set.of(TaskStatus.FAILED),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "");
            assertThat(home.console().tasks().list(failed, 0, 10)).hasSize(1);

            Task again = home.console()
                    .tasks()
                    .retry(home.console().tasks().list(failed, 0, 1).getFirst().id());
            home.done(again);
            assertThat(home.restored(home.backup(again))).isEqualTo(Files.readAllBytes(disk.path()));
            assertThat(home.backup(again).name()).startsWith("manualbk_");
        }
    }

    @Test
    void aSlotThatWasNoticedAndNotBegunRunsOnceAtTheNextStart() throws Exception {
        Policy policy;
        var yesterday = new MovableClock();
        yesterday.push(Duration.ofHours(-25));
        try (TestHome home = new TestHome(root, yesterday)) {
            Vault vault = home.vault("vault_a", home.image("web", 4));
            policy = home.console().policies().list().getFirst();
            home.console().policies().bind(policy.id(), vault.id());
        }
        assertThat(Victim.killed(root, "noticed", "-", () -> true)).isTrue();
        try (TestHome home = new TestHome(root)) {
            assertThat(backups(home)).as("nothing was begun").isEmpty();
            assertThat(home.console().scheduler().last(policy.id(), 9)).isEmpty();
            for (int looks = 0; looks < 3; looks++) {
                home.console().scheduler().tick();
                home.console().scheduler().await();
                for (Task task : home.console().tasks().open()) {
                    home.done(task);
                }
            }
            assertThat(backups(home))
                    .singleElement()
                    .satisfies(only -> assertThat(only.status()).isEqualTo(BackupStatus.AVAILABLE));
            assertThat(home.console().scheduler().last(policy.id(), 9))
                    .extracting(SlotRun::fate)
                    .contains(SlotFate.STARTED)
                    .as("at most the one before it was missed")
                    .hasSizeLessThanOrEqualTo(2);
        }
        try (TestHome home = new TestHome(root)) {
            home.console().scheduler().tick();
            home.console().scheduler().await();
            assertThat(backups(home)).as("and never again").hasSize(1);
        }
    }

    @Test
    void aCopyOfABackupMadeByHandIsThePolicysUntilItIsThere() throws Exception {
        Policy policy;
        Vault far;
        var yesterday = new MovableClock();
        yesterday.push(Duration.ofHours(-25));
        try (TestHome home = new TestHome(root, yesterday)) {
            Disk disk = home.image("web", 16);
            Vault near = home.vault("vault_a", disk);
            far = home.elsewhere("far");
            home.backUp(near, disk, "by_hand");
            PolicyPlan plan = home.console().policies().list().getFirst().plan();
            policy = home.console().policies().create(plan.named("away").replicatingTo(far.id()));
            home.console().policies().bind(policy.id(), near.id());
            home.console()
                    .locations()
                    .limit(far.locationId(), 1); // The map waits for the blocks: it is being published.
        }
        Path packs = root.resolve("place-of-far").resolve("vault-" + far.id()).resolve("data");
        assertThat(Victim.killed(root, "policy", "-", () -> !Victim.names(packs).isEmpty()))
                .isTrue();
        try (TestHome home = new TestHome(root)) {
            assertThat(home.console().backups().ofVault(far.id()))
                    .singleElement()
                    .satisfies(left -> {
                        assertThat(left.status()).isEqualTo(BackupStatus.ERROR);
                        assertThat(left.automatic().map(Backup.Automatic::policy))
                                .as("so it goes as failed runs do (P12)")
                                .contains(policy.id());
                    });
        }
    }
}
