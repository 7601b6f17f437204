package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.console.MovableClock;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V12: the trash for whole vaults, and for backups. */
class VaultTrashTest {
    @TempDir
    private Path root;

    private final MovableClock clock = new MovableClock();

    private static void awaitAll(TestHome home) throws InterruptedException {
        for (Task task : home.console().tasks().list(TaskFilter.ALL, 0, 100)) {
            home.console().tasks().await(task.id());
        }
    }

    @Test
    void theNameMustBeTypedAndNothingMayRun() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            VaultTrash trash = home.console().trash();
            assertThat(Refusals.code(() -> trash.delete(vault.id(), "vault_A"))).isEqualTo("vault.name-mismatch");
            assertThat(Refusals.code(() -> trash.delete(vault.id(), ""))).isEqualTo("vault.name-mismatch");
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                assertThat(Refusals.code(() -> trash.delete(vault.id(), "vault_a")))
                        .isEqualTo("vault.busy");
            }
            home.done(task);
            trash.delete(vault.id(), "vault_a");
            assertThat(home.console().vaults().list(VaultFilter.ALL)).isEmpty();
            assertThat(home.console().vaults().list(VaultFilter.TRASH)).hasSize(1);
            assertThat(home.console().backups().count(BackupFilter.ALL)).isZero();
            assertThat(Refusals.code(() -> home.tryBackUp(vault, disk, "two"))).isEqualTo("vault.trashed");
        }
    }

    @Test
    void aVaultTakenBackIsWholeAndDisksBoundElsewhereMeanwhileStayThere() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk moved = home.image("moved", 2);
            Disk stayed = home.image("stayed", 2);
            byte[] before = Files.readAllBytes(moved.path());
            Vault vault = home.vault("vault_a", moved, stayed);
            Backup one = home.backUp(vault, moved, "one");
            home.console().trash().delete(vault.id(), "vault_a");
            Vault other = home.vault("vault_b", moved);
            home.console().trash().restore(vault.id());
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            assertThat(home.again(vault).disks()).containsExactly(stayed.id());
            assertThat(home.again(other).disks()).containsExactly(moved.id());
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(before);
            assertThat(Refusals.code(() -> home.console().trash().restore(vault.id())))
                    .isEqualTo("vault.not-trashed");
            assertThat(Refusals.code(() -> home.console().trash().purge(vault.id())))
                    .isEqualTo("vault.not-trashed");
        }
    }

    @Test
    void purgingRemovesEveryObjectAndTheKey() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Path objects = home.objects(vault);
            home.console().trash().delete(vault.id(), "vault_a");
            home.done(home.console().trash().purge(vault.id()));
            if (Files.exists(objects)) {
                try (var left = Files.walk(objects)) {
                    assertThat(left.filter(Files::isRegularFile)).isEmpty();
                }
            }
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
            assertThat(home.vault("vault_a", disk).disks()).containsExactly(disk.id());
        }
    }

    @Test
    void aVaultGoesAfterFourteenDaysOnWhichCofferRan() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Vault vault = home.vault("vault_a");
            home.console().trash().delete(vault.id(), "vault_a");
            home.console().trash().housekeeping();
            for (int day = 1; day <= 13; day++) {
                clock.push(Duration.ofDays(1));
                home.console().trash().housekeeping();
                home.console().trash().housekeeping();
                awaitAll(home);
                assertThat(home.console().vaults().find(vault.id()))
                        .as("day " + day)
                        .isPresent();
            }
            home.restart();
            clock.push(Duration.ofDays(1));
            home.console().trash().housekeeping();
            awaitAll(home);
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
        }
    }

    @Test
    void aClockThatJumpsAYearAheadDeletesNothingEarly() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault whole = home.vault("vault_whole");
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console().deletion().trash().put(List.of(one.id()));
            home.console().trash().delete(whole.id(), "vault_whole");
            home.console().trash().housekeeping();
            for (long jump : new long[] {365, -365, 700, -700}) {
                clock.push(Duration.ofDays(jump));
                home.console().trash().housekeeping();
            }
            awaitAll(home);
            assertThat(home.console().vaults().find(whole.id())).isPresent();
            assertThat(home.console().backups().find(one.id())).isPresent();
            home.console().trash().restore(whole.id());
            home.console().deletion().trash().takeBack(one.id());
            home.restore(one, new Target.NewFile(root.resolve("copy.img")));
        }
    }

    /** A vault, and a backup that is not the last of its disk, both in the trash. */
    private static Backup trashed(TestHome home, Vault whole) throws Exception {
        Disk disk = home.image("web", 2);
        Vault vault = home.vault("vault_a", disk);
        Backup one = home.backUp(vault, disk, "one");
        home.backUp(vault, disk, "two");
        home.console().deletion().trash().put(List.of(one.id()));
        home.console().trash().delete(whole.id(), whole.name());
        home.console().trash().housekeeping();
        return one;
    }

    private void day(TestHome home, long later) throws InterruptedException {
        clock.push(Duration.ofDays(later));
        home.console().trash().housekeeping();
        awaitAll(home);
    }

    @Test
    void aDayThatAClockShowsAgainIsNotCountedAgain() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Vault whole = home.vault("vault_whole");
            Backup one = trashed(home, whole);
            for (int swing = 0; swing < 20; swing++) {
                day(home, 1);
                day(home, -1);
            }
            assertThat(home.console().vaults().find(whole.id())).isPresent();
            assertThat(home.console().backups().find(one.id())).isPresent();
            for (int day = 1; day <= 14; day++) {
                day(home, 1);
            }
            assertThat(home.console().vaults().find(whole.id())).isEmpty();
            assertThat(home.console().backups().find(one.id())).isEmpty();
        }
    }

    @Test
    void nothingGoesFromTheTrashWhileTheClockIsNotBelieved() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Vault whole = home.vault("vault_whole");
            Backup one = trashed(home, whole);
            for (int day = 1; day <= 13; day++) {
                day(home, 1);
            }
            day(home, 365);
            day(home, 1);
            assertThat(home.console().vaults().find(whole.id())).isPresent();
            assertThat(home.console().backups().find(one.id())).isPresent();
            day(home, -365);
            assertThat(home.console().vaults().find(whole.id()))
                    .as("the fourteenth day, of a clock that is right again")
                    .isEmpty();
            assertThat(home.console().backups().find(one.id())).isEmpty();
        }
    }

    @Test
    void aBackupInTheTrashGoesAfterFourteenDaysToo() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.backUp(vault, disk, "two");
            home.console().deletion().trash().put(List.of(one.id()));
            assertThat(home.console().backups().count(BackupFilter.ALL)).isEqualTo(1);
            assertThat(home.console().backups().count(BackupFilter.ALL.inTrash()))
                    .isEqualTo(1);
            for (int day = 0; day <= 13; day++) {
                home.console().trash().housekeeping();
                clock.push(Duration.ofDays(1));
            }
            awaitAll(home);
            assertThat(home.console().backups().find(one.id())).isPresent();
            home.console().trash().housekeeping();
            awaitAll(home);
            assertThat(home.console().backups().find(one.id())).isEmpty();
        }
    }

    private void fortnights(TestHome home) throws InterruptedException {
        for (int day = 0; day <= 30; day++) {
            home.console().trash().housekeeping();
            awaitAll(home);
            clock.push(Duration.ofDays(1));
        }
    }

    @Test
    void theLastGoodBackupOfADiskIsNeverPurgedByTheTrashItself() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup older = home.backUp(vault, disk, "older");
            Backup newer = home.backUp(vault, disk, "newer");
            home.console().deletion().trash().put(List.of(older.id(), newer.id()));
            fortnights(home);
            assertThat(home.console().backups().find(older.id())).isEmpty();
            assertThat(home.console().backups().find(newer.id())).isPresent();
            home.restore(restored(home, newer), new Target.NewFile(root.resolve("copy.img")));
            home.console().deletion().trash().put(List.of(newer.id()));
            home.delete(newer);
            assertThat(home.console().backups().find(newer.id())).as("by hand").isEmpty();
        }
    }

    private static Backup restored(TestHome home, Backup backup) {
        home.console().deletion().trash().takeBack(backup.id());
        return home.again(backup.id());
    }

    @Test
    void aVaultWithTheLastGoodBackupOfADiskRestsUntilThereIsANewerOneElsewhere() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            home.console().trash().delete(vault.id(), "vault_a");
            fortnights(home);
            assertThat(home.console().vaults().find(vault.id())).isPresent();
            Vault other = home.vault("vault_b", disk);
            home.backUp(other, disk, "two");
            fortnights(home);
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
        }
    }

    @Test
    void whatCannotBeReachedRestsInTheTrashUntilItCan() throws Exception {
        try (TestHome home = new TestHome(root, clock)) {
            Vault vault = home.vault("vault_a");
            home.console().trash().delete(vault.id(), "vault_a");
            Files.move(root.resolve("place"), root.resolve("away"));
            for (int day = 0; day <= 20; day++) {
                home.console().trash().housekeeping();
                clock.push(Duration.ofDays(1));
            }
            awaitAll(home);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);
            assertThat(Refusals.code(() -> home.console().trash().purge(vault.id())))
                    .isEqualTo("location.unreachable");
            Files.move(root.resolve("away"), root.resolve("place"));
            home.console().trash().housekeeping();
            awaitAll(home);
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
        }
    }

    private static NewTask about(Vault vault, TaskType type, Map<String, Object> parameters) {
        return new NewTask(type, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), parameters);
    }

    @Test
    void aVaultThatSomebodyWorksWithIsNotPurged() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            home.console().trash().delete(vault.id(), "vault_a");
            home.console().tasks().create(about(vault, TaskType.RESTORE, Map.of()));
            assertThat(Refusals.code(() -> home.console().trash().purge(vault.id())))
                    .isEqualTo("vault.busy");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void aPurgeThatComesTooLateTouchesNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Task purge = home.console().tasks().create(about(vault, TaskType.DELETE, Map.of("wholeVault", true)));
            home.console().tasks().launch(purge);
            assertThat(home.failed(purge).code()).isEqualTo("vault.not-trashed");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            home.restore(one, new Target.NewFile(root.resolve("copy.img")));
        }
    }

    @Test
    void ofTakingBackAndPurgingOneWaitsForTheOther() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            home.console().trash().delete(vault.id(), "vault_a");
            AtomicReference<String> refused = new AtomicReference<>("");
            Thread purge = Thread.ofPlatform()
                    .unstarted(() -> refused.set(
                            Refusals.code(() -> home.console().trash().purge(vault.id()))));
            home.console().backups().leases().take(() -> {
                purge.start();
                while (purge.isAlive() && purge.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                home.console().vaults().trashed(vault.id(), false);
                return vault;
            });
            purge.join();
            assertThat(refused.get()).isEqualTo("vault.not-trashed");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void twoWhoPurgeAtOnceHaveItDoneOnce() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            home.console().trash().delete(vault.id(), "vault_a");
            List<Task> begun = new CopyOnWriteArrayList<>();
            List<String> refused = new CopyOnWriteArrayList<>();
            Runnable purge = () -> {
                try {
                    begun.add(home.console().trash().purge(vault.id()));
                } catch (ProblemException e) {
                    refused.add(Refusals.spoken(e.problem()).code());
                }
            };
            List<Thread> both = List.of(
                    Thread.ofPlatform().unstarted(purge), Thread.ofPlatform().unstarted(purge));
            // Both have come to the door before either is let in.
            home.console().backups().leases().take(() -> {
                for (Thread each : both) {
                    each.start();
                    while (each.isAlive() && each.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                return vault;
            });
            for (Thread each : both) {
                each.join();
            }
            assertThat(begun).hasSize(1);
            // The other one sees it being done, or that it is done already.
            assertThat(refused).singleElement().asString().isIn("vault.busy", "vault.unknown");
            home.done(begun.getFirst());
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
            assertThat(home.objects(vault)).satisfies(folder -> {
                try (var left = Files.walk(folder)) {
                    assertThat(left.filter(Files::isRegularFile)).isEmpty();
                }
            });
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 100))
                    .filteredOn(line -> line.event() == AuditEvent.PURGE_VAULT)
                    .hasSize(1);
        }
    }
}
