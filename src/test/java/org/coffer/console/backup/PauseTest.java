package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.SmallDisk;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holding backups and restores still, and going on with them, also in another process (B7). */
class PauseTest {
    /** MB a second: the images, half of them noise, are too large to be read before anything of them is stored. */
    private static final long SLOW = 20;

    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    private Path root;

    private static TaskStatus status(TestHome home, Task task) {
        return home.console().tasks().find(task.id()).orElseThrow().status();
    }

    /** Starts a backup that takes seconds, and pauses it when some of it is stored. */
    private static Task paused(TestHome home, Vault vault, Disk disk, String name) throws Exception {
        home.console().locations().limit(vault.locationId(), SLOW);
        Task task = home.begin(vault, disk, name);
        home.awaitStep(task, "reading");
        home.awaitStored(vault, task, 1_000_000);
        assertThat(home.console().tasks().pause(task.id()).status()).isEqualTo(TaskStatus.PAUSED);
        return task;
    }

    private void restores(TestHome home, Backup backup, Disk disk) throws Exception {
        Path copy = root.resolve("copy.img");
        Files.deleteIfExists(copy);
        home.restore(backup, new Target.NewFile(copy));
        assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
    }

    @Test
    void aPausedBackupHoldsItsDiskAndGoesOn() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            Task task = paused(home, vault, disk, "one");
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.CREATING);
            assertThat(home.console().backups().busy(disk.id()).map(Refusals::spoken))
                    .isPresent();
            assertThat(Refusals.code(() -> home.console().tasks().pause(task.id())))
                    .as("twice")
                    .isEqualTo("task.not-pausable");

            home.console().locations().limit(vault.locationId(), 0);
            assertThat(home.console().tasks().resume(task.id()).status().ended())
                    .isFalse();
            home.done(task);
            restores(home, home.backup(task), disk);
            assertThat(Refusals.code(() -> home.console().tasks().pause(task.id())))
                    .isEqualTo("task.not-pausable");
            assertThat(Refusals.code(() -> home.console().tasks().resume(task.id())))
                    .isEqualTo("task.not-paused");
        }
    }

    @Test
    void aBackupThatWasPausedIsStillPausedInTheNextProcessAndCopiesNothingTwice() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), SLOW);
            Task task = home.begin(vault, disk, "one");
            home.awaitPack(vault, task);
            home.console().tasks().pause(task.id());

            home.restart();
            assertThat(status(home, task)).isEqualTo(TaskStatus.PAUSED);
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.CREATING);
            assertThat(home.console().backups().busy(disk.id())).isPresent();
            home.restart();
            assertThat(status(home, task)).as("after another start").isEqualTo(TaskStatus.PAUSED);
            home.console().locations().limit(vault.locationId(), 0);

            home.console().tasks().resume(task.id());
            home.done(task);
            Backup made = home.backup(task);
            assertThat(made.sizes().added())
                    .as("what was stored before is not stored again")
                    .isLessThan(made.sizes().logical() * 9 / 10);
            restores(home, made, disk);
        }
    }

    @Test
    void aBackupThatIsPausedWhileItsLastPacksAreOnTheirWayIsNotPublishedBeforeItGoesOn() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), 1);
            Task task = home.begin(vault, disk, "one");
            while (home.console()
                            .tasks()
                            .find(task.id())
                            .orElseThrow()
                            .progress()
                            .stage()
                    != Stage.PUBLISHING) {
                assertThat(status(home, task).ended()).isFalse();
                Thread.sleep(1);
            }
            home.console().tasks().pause(task.id());
            home.console().locations().limit(vault.locationId(), 0);
            // All that it refers to is there before it would be published, and stays alone.
            Path objects = home.objects(vault);
            while (!Files.exists(objects.resolve("uses"))) {
                Thread.sleep(1);
            }
            Thread.sleep(300);
            assertThat(status(home, task)).isEqualTo(TaskStatus.PAUSED);
            assertThat(objects.resolve("commit")).doesNotExist();
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.CREATING);

            home.console().tasks().resume(task.id());
            home.done(task);
            restores(home, home.backup(task), disk);
        }
    }

    @Test
    void whatAPausedBackupStoredOutlivesACleanUpUntilItIsCanceled() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), SLOW);
            Task task = home.begin(vault, disk, "one");
            home.awaitPack(vault, task);
            home.awaitStored(vault, task, 60_000_000);
            home.console().tasks().pause(task.id());
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            assertThat(freed(home, vault)).isLessThan(1_000_000);

            home.console().locations().limit(vault.locationId(), SLOW);
            home.console().tasks().resume(task.id());
            home.awaitStored(vault, task, 80_000_000);
            home.console().tasks().pause(task.id());
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            assertThat(freed(home, vault))
                    .as("of the one whose packs it took over")
                    .isLessThan(1_000_000);

            home.console().tasks().resume(task.id());
            home.done(task);
            Backup made = home.backup(task);
            assertThat(made.sizes().added()).isLessThan(made.sizes().logical() / 2);
            restores(home, made, disk);
        }
    }

    @Test
    void whatAKilledBackupStoredOutlivesACleanUpUntilItIsTriedAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), SLOW);
            Task task = home.begin(vault, disk, "one");
            home.awaitPack(vault, task);
            home.awaitStored(vault, task, 60_000_000);
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.ERROR);
            Task clean = cleanUp(home, vault);
            assertThat(bytes(clean.outcome().get("freed"))).isLessThan(1_000_000);
            assertThat(held(home, clean)).as("said to be kept").isGreaterThan(50_000_000);

            Task again = home.console().tasks().retry(task.id());
            home.done(again);
            Backup made = home.backup(again);
            assertThat(made.sizes().added()).isLessThan(made.sizes().logical() / 2);
            restores(home, made, disk);
            assertThat(held(home, cleanUp(home, vault))).as("gone on with").isZero();
        }
    }

    @Test
    void whatAKilledBackupStoredIsKeptForAWeekAfterItWasKilledHoweverLongItHadRun() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 120);
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), SLOW);
            Task task = home.begin(vault, disk, "one");
            home.awaitPack(vault, task);
            home.awaitStored(vault, task, 40_000_000);
            home.restart();
            home.edit("update backup set created_at = created_at - " + 9 * DAY);
            assertThat(held(home, cleanUp(home, vault))).isGreaterThan(30_000_000);

            home.edit("update task set ended_at = ended_at - " + 8 * DAY);
            assertThat(freed(home, vault)).isGreaterThan(30_000_000);
        }
    }

    /** Its session names the one before it, which is still that of the disk's run. */
    @Test
    void whatAPausedBackupStoredIsNotTakenOverWhereGoingOnFailsWhileItBegins() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Disk other = home.image("other", 4);
            Vault vault = home.vault("vault_a", disk, other);
            home.console().locations().limit(vault.locationId(), SLOW);
            Task task = home.begin(vault, disk, "one");
            home.awaitPack(vault, task);
            home.awaitStored(vault, task, 60_000_000);
            home.console().tasks().pause(task.id());
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            Path condemned = Files.createFile(home.objects(vault).resolve("condemned"));
            home.console().tasks().resume(task.id());
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.FAILED);
            Files.delete(condemned);
            home.backUp(vault, other, "other");

            Task again = home.console().tasks().retry(task.id());
            home.done(again);
            Backup made = home.backup(again);
            assertThat(made.sizes().added()).isLessThan(made.sizes().logical() / 2);
            restores(home, made, disk);
        }
    }

    @Test
    void whatAPausedOrKilledBackupStoredIsNotTakenOverByTheNextBackupOfAnotherDisk() throws Exception {
        for (boolean killed : new boolean[] {false, true}) {
            try (TestHome home = new TestHome(Files.createDirectory(root.resolve("killed-" + killed)))) {
                Disk disk = home.image("web", 240);
                Disk other = home.image("other", 4);
                Vault vault = home.vault("vault_a", disk, other);
                home.console().locations().limit(vault.locationId(), SLOW);
                Task task = home.begin(vault, disk, "one");
                home.awaitPack(vault, task);
                home.awaitStored(vault, task, 60_000_000);
                if (!killed) {
                    home.console().tasks().pause(task.id());
                }
                home.restart();
                home.console().locations().limit(vault.locationId(), 0);
                home.backUp(vault, other, "other");
                assertThat(freed(home, vault)).isLessThan(1_000_000);

                Task goesOn = killed
                        ? home.console().tasks().retry(task.id())
                        : home.console().tasks().resume(task.id());
                home.done(goesOn);
                Backup made = home.backup(goesOn);
                assertThat(made.sizes().added())
                        .as("killed: %s", killed)
                        .isLessThan(made.sizes().logical() / 2);
                restores(home, made, disk);
            }
        }
    }

    @Test
    void whatABackupStoredThatFoundNoRoomGoesSoThatOthersHaveIt() throws Exception {
        try (SmallDisk drive = SmallDisk.make(Files.createDirectory(root.resolve("drive")), 200);
                TestHome home = new TestHome(Files.createDirectory(root.resolve("home")))) {
            Disk large = home.image("large", 500);
            Disk small = home.image("small", 40);
            Path place = Files.createDirectory(drive.path().resolve("place"));
            Vault vault = home.console()
                    .vaults()
                    .create(new NewVault(
                            "vault_a",
                            "",
                            home.console()
                                    .locations()
                                    .add(new NewLocation("drive", place, ""))
                                    .id(),
                            100,
                            List.of(large.id(), small.id()),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            Map.of()));
            Task full = home.tryBackUp(vault, large, "large");
            assertThat(full.problem().map(Problem::code)).contains("location.full");
            freed(home, vault);
            assertThat(home.again(vault).used()).isLessThan(10_000_000);
            restores(home, home.backUp(vault, small, "small"), small);
        }
    }

    @Test
    void whatACanceledBackupStoredGoesWithTheNextCleanUp() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            Task task = paused(home, vault, disk, "one");
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            home.console().tasks().cancel(task.id());
            home.console().tasks().await(task.id());
            assertThat(freed(home, vault)).isPositive();
        }
    }

    private static long freed(TestHome home, Vault vault) throws InterruptedException {
        return bytes(cleanUp(home, vault).outcome().get("freed"));
    }

    private static Task cleanUp(TestHome home, Vault vault) throws InterruptedException {
        Task clean = home.console()
                .tasks()
                .await(home.console().cleaning().start(vault.id()).id());
        assertThat(clean.status()).isEqualTo(TaskStatus.SUCCEEDED);
        return clean;
    }

    /** Bytes that a clean-up says it left to those who go on. */
    private static long held(TestHome home, Task clean) {
        return home.console().tasks().steps(clean.id()).stream()
                .filter(step -> step.key().equals("collected-held"))
                .mapToLong(step -> bytes(step.args().get("bytes")))
                .sum();
    }

    private static long bytes(@Nullable Object of) {
        return of instanceof Number number ? number.longValue() : 0;
    }

    @Test
    void aBackupThatWasPausedInAnotherProcessCanBeCanceled() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            Task task = paused(home, vault, disk, "one");
            home.restart();
            home.console().locations().limit(vault.locationId(), 0);
            home.console().tasks().cancel(task.id());
            home.console().tasks().await(task.id());
            assertThat(status(home, task)).isEqualTo(TaskStatus.CANCELED);
            assertThat(home.console().backups().busy(disk.id())).isEmpty();
            restores(home, home.backUp(vault, disk, "two"), disk);
        }
    }

    @Test
    void pausedTasksLetOthersHaveTheirPlaces() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk a = home.image("a", 240);
            Disk b = home.image("b", 240);
            Disk c = home.image("c", 2);
            Vault vault = home.vault("vault_a", a, b, c);
            Task first = paused(home, vault, a, "one");
            Task second = paused(home, vault, b, "two");
            home.console().locations().limit(vault.locationId(), 0);

            home.backUp(vault, c, "three");

            assertThat(status(home, first)).isEqualTo(TaskStatus.PAUSED);
            home.console().tasks().resume(first.id());
            home.console().tasks().resume(second.id());
            home.done(first);
            home.done(second);
            restores(home, home.backup(second), b);
        }
    }

    @Test
    void aRestoreThatWasPausedGoesOnInTheNextProcess() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 240);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console().locations().limit(vault.locationId(), SLOW);
            Path copy = root.resolve("copy.img");
            Task task = home.console().restores().start(new NewRestore(one.id(), new Target.NewFile(copy), true));
            while (home.console()
                            .tasks()
                            .find(task.id())
                            .orElseThrow()
                            .progress()
                            .done()
                    == 0) {
                Thread.onSpinWait();
            }
            home.console().tasks().pause(task.id());
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.RESTORING);
            home.restart();
            assertThat(status(home, task)).isEqualTo(TaskStatus.PAUSED);
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.RESTORING);
            home.console().locations().limit(vault.locationId(), 0);

            home.console().tasks().resume(task.id());
            home.done(task);

            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
        }
    }
}
