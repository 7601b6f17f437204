package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B1, B3, B4, B5, B6: making backups by hand. */
class BackupsTest {
    private static final long BLOCK = 65_536;

    @TempDir
    private Path root;

    private static Map<String, String> codes(TestHome home, NewBackup wanted) {
        Map<String, String> codes = new java.util.LinkedHashMap<>();
        home.console()
                .backups()
                .problems(wanted)
                .forEach((field, problem) ->
                        codes.put(field, Refusals.spoken(problem).code()));
        return codes;
    }

    private static NewBackup named(Vault vault, String name, Disk... disks) {
        return new NewBackup(vault.id(), List.of(disks).stream().map(Disk::id).toList(), name, "", false);
    }

    @Test
    void aBackupAfterFewChangesAddsThoseBlocksAndAMapAndNoMore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Vault vault = home.vault("vault_a", disk);
            Backup first = home.backUp(vault, disk, "one");
            assertThat(first.sizes().added()).isBetween(20_000_000L, 21_500_000L);
            assertThat(first.sizes().logical()).isBetween(20_000_000L, 20_000_000L + BLOCK);
            assertThat(first.sizes().capacity()).isEqualTo(40_000_000);

            int changed = 10;
            Random random = new Random(1);
            for (int i = 0; i < changed; i++) {
                home.change(disk, i * 30L * BLOCK + random.nextInt(30_000), 4096, i);
            }
            long before = home.again(vault).used();
            Backup second = home.backUp(vault, disk, "two");
            assertThat(second.kind()).isEqualTo(Kind.INCREMENTAL);
            assertThat(second.sizes().added()).isBetween(1L, changed * BLOCK + 65_536);
            assertThat(home.again(vault).used() - before).isLessThan(changed * BLOCK + 131_072);

            Backup third = home.backUp(vault, disk, "three");
            assertThat(third.sizes().added()).isLessThan(65_536);
        }
    }

    @Test
    void holesAndZerosTakeNoRoom() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.sparse("hollow", 5_000_000_000L);
            try (RandomAccessFile out = new RandomAccessFile(disk.path().toFile(), "rw")) {
                out.write(new byte[4_000_000]);
            }
            home.change(disk, 2_500_000_000L, 100_000, 1);
            Vault vault = home.vault("vault_a", disk);
            Backup backup = home.backUp(vault, disk, "one");
            assertThat(backup.sizes().logical()).isBetween(100_000L, 3 * BLOCK);
            assertThat(backup.sizes().added()).isLessThan(3 * BLOCK + 65_536);
        }
    }

    @Test
    void aTickedFullBackupSharesNothingWithEarlierOnes() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Task task = home.console()
                    .backups()
                    .start(new NewBackup(vault.id(), List.of(disk.id()), "two", "", true))
                    .getFirst();
            Backup full = home.backup(home.done(task));
            assertThat(full.kind()).isEqualTo(Kind.FULL);
            assertThat(full.sizes().added()).isBetween(10_000_000L, 11_000_000L);
            // Damage in the first cannot reach it: every data pack of the first is thrown away.
            Path packs = home.objects(vault).resolve("data");
            String mine = full.session().orElseThrow();
            home.restart(() -> {
                try (var folders = Files.list(packs)) {
                    for (Path folder : folders.toList()) {
                        if (!folder.getFileName().toString().equals(mine)) {
                            TestHome.erase(folder);
                        }
                    }
                }
            });
            byte[] before = Files.readAllBytes(disk.path());
            Path copy = root.resolve("copy.img");
            home.restore(full, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        }
    }

    @Test
    void whenTheFullBackupIsDeletedTheNextIsShownAsFullAlsoOverARestart() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 8);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 1);
            byte[] second = Files.readAllBytes(disk.path());
            Backup two = home.backUp(vault, disk, "two");
            home.change(disk, 200_000, 100_000, 2);
            Backup three = home.backUp(vault, disk, "three");
            home.delete(one);
            home.restart();
            assertThat(home.again(two.id()).kind()).isEqualTo(Kind.FULL);
            assertThat(home.again(three.id()).kind()).isEqualTo(Kind.INCREMENTAL);
            home.restore(two, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(second);
        }
    }

    @Test
    void namesKeepTheRulesAndDoNotPretendToBeAutomatic() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 1);
            Disk two = home.image("two", 1);
            Disk other = home.image("other", 1);
            Vault vault = home.vault("vault_a", one, two);
            assertThat(codes(home, named(vault, "", one))).isEqualTo(Map.of("name", "name.empty"));
            assertThat(codes(home, named(vault, "a b", one))).isEqualTo(Map.of("name", "name.invalid"));
            assertThat(codes(home, named(vault, "autobk_1", one))).isEqualTo(Map.of("name", "backup.name-automatic"));
            assertThat(codes(home, named(vault, "AutoBK_1", one))).isEqualTo(Map.of("name", "backup.name-automatic"));
            assertThat(codes(home, named(vault, "宝".repeat(64), one))).isEmpty();
            assertThat(codes(home, named(vault, "宝".repeat(60), one, two))).isEqualTo(Map.of("name", "name.long"));
            assertThat(codes(home, named(vault, "宝".repeat(59), one, two))).isEmpty();
            assertThat(codes(home, named(vault, "a", other))).isEqualTo(Map.of("disks", "backup.not-bound"));
            assertThat(codes(home, named(home.vault("vault_b"), "a"))).isEqualTo(Map.of("disks", "backup.nothing"));
            assertThat(codes(home, new NewBackup(vault.id(), List.of(), "a", "x".repeat(256), false)))
                    .isEqualTo(Map.of("description", "description.long"));
        }
    }

    @Test
    void severalAtOnceGetNumbersAndOneThatFailsFailsAlone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 2);
            Disk lost = home.image("lost", 2);
            Disk three = home.image("three", 2);
            Vault vault = home.vault("vault_a", one, lost, three);
            Files.delete(lost.path());
            List<Task> tasks = home.console().backups().start(named(vault, "nightly", one, lost, three));
            assertThat(tasks)
                    .extracting(task -> home.backup(task).name())
                    .containsExactly("nightly-0001", "nightly-0002", "nightly-0003");
            home.done(tasks.get(0));
            assertThat(home.failed(tasks.get(1)).code()).isEqualTo("disk.missing");
            home.done(tasks.get(2));
            Backup failed = home.backup(tasks.get(1));
            assertThat(failed.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(failed.problem().map(Refusals::spoken).orElseThrow().code())
                    .isEqualTo("disk.missing");
        }
    }

    @Test
    void aBackupIsCreatingWhileItRunsAndAvailableAfterwards() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                assertThat(home.backup(task).status()).isEqualTo(BackupStatus.CREATING);
            }
            Task ended = home.done(task);
            Backup backup = home.backup(task);
            assertThat(backup.status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(backup.finishedAt()).isPresent();
            assertThat(backup.taskId()).contains(task.id());
            assertThat(ended.progress().stage()).isEqualTo(Stage.PUBLISHING);
            assertThat(ended.outcome()).containsKeys("added", "logical", "used", "kind", "consistency");
            assertThat(home.console().tasks().steps(task.id()))
                    .extracting(step -> step.key())
                    .containsExactly("reading", "published");
        }
    }

    @Test
    void aSecondRequestForTheSameDiskIsRefusedAndNamesTheRunningTask() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Disk other = home.image("other", 1);
            Vault vault = home.vault("vault_a", disk, other);
            Task first;
            List<Task> both;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                first = home.begin(vault, disk, "one");
                var refused = Refusals.problem(() -> home.begin(vault, disk, "two"));
                assertThat(refused.code()).isEqualTo("backup.busy");
                assertThat(refused.args())
                        .containsEntry("task", first.id().toString().substring(0, 8));
                both = home.console().backups().start(named(vault, "both", disk, other));
                assertThat(home.failed(both.get(0)).code()).isEqualTo("backup.busy");
            }
            home.done(both.get(1));
            home.done(first);
            home.backUp(vault, disk, "three");
        }
    }

    @Test
    void aFailedRunLeavesAnErrorWithItsCauseAndTheOlderOnesRestorable() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 8);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path away = root.resolve("away.img");
            Files.move(disk.path(), away);
            Task failed = home.tryBackUp(vault, disk, "two");
            assertThat(home.failed(failed).code()).isEqualTo("disk.missing");
            Backup two = home.backup(failed);
            assertThat(two.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(Refusals.code(() -> home.console()
                            .restores()
                            .start(new NewRestore(two.id(), new Target.NewFile(root.resolve("x.img")), true))))
                    .isEqualTo("disk.missing");
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(before);
            home.delete(two);
            assertThat(home.console().backups().find(two.id())).isEmpty();
            Files.move(away, disk.path());
            home.backUp(vault, disk, "three");
        }
    }

    @Test
    void aCanceledBackupLeavesNothingAndTheNextOneWorks() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 100);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.console().tasks().cancel(task.id());
            }
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(home.console().backups().count(BackupFilter.ALL)).isZero();
            assertThat(home.backUp(vault, disk, "two").kind()).isEqualTo(Kind.FULL);
        }
    }

    @Test
    void whatACanceledRunStoredIsCounted() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image(
                    "web", 200); // Several packs: each waits for the one before, so it is canceled in between.
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitPack(vault, task);
                home.console().tasks().cancel(task.id());
            }
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(home.again(vault).used()).isGreaterThan(2_000_000);
        }
    }

    @Test
    void aBackupWhoseEndWasNotKnownIsFoundAtTheNextContact() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            byte[] content = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Path sessions = home.objects(vault).resolve("session");
            Task task;
            Path session;
            byte[] object;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 1_000_000);
                try (var running = Files.list(sessions)) {
                    session = running.findFirst().orElseThrow();
                }
                object = Files.readAllBytes(session);
            }
            Backup one = home.backup(home.done(task));
            // As a location leaves it that is lost between the commit and the tidying: commit and session are both
            // there.
            Files.createDirectories(sessions);
            Files.write(session, object);
            home.console().backups().store().delete(List.of(one.id()));
            home.backUp(vault, disk, "two");
            Backup found =
                    home.console().backups().list(BackupFilter.ALL.withText("one"), BackupSort.NEWEST, 0, 9).stream()
                            .findFirst()
                            .orElseThrow();
            assertThat(found.session()).isEqualTo(one.session());
            assertThat(found.status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(home.restored(found)).isEqualTo(content);
        }
    }

    @Test
    void aBackupCanceledWhileItWaitsForItsTurnLeavesNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 60);
            Disk two = home.image("two", 60);
            Disk three = home.image("three", 60);
            Vault vault = home.vault("vault_a", one, two, three);
            List<Task> tasks;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                tasks = home.console().backups().start(named(vault, "all", one, two, three));
                Task waiting = tasks.get(2);
                home.console().tasks().cancel(waiting.id());
                Task ended = home.console().tasks().await(waiting.id());
                assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
                assertThat(ended.started()).as("before its turn").isEmpty();
                assertThat(home.console()
                                .backups()
                                .find(waiting.subject().backupId().orElseThrow()))
                        .isEmpty();
            }
            home.done(tasks.get(0));
            home.done(tasks.get(1));
            home.backUp(vault, three, "again");
        }
    }

    @Test
    void aVaultThatCannotBeDescribedAfterTheCommitHasItsBackupAllTheSame() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 1);
            // Where the descriptions are put after each backup there is a file: the vault cannot be described any more.
            Path descriptions = home.objects(vault).resolve("desc");
            TestHome.erase(descriptions);
            Files.writeString(descriptions, "in the way");
            byte[] content = Files.readAllBytes(disk.path());
            Backup two = home.backUp(vault, disk, "two");
            assertThat(descriptions).isRegularFile();
            assertThat(two.status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(two.problem()).isEmpty();
            home.restart();
            assertThat(home.restored(home.again(two.id()))).isEqualTo(content);
            Files.delete(descriptions);
            home.backUp(vault, disk, "three");
            assertThat(descriptions).isDirectory();
        }
    }
}
