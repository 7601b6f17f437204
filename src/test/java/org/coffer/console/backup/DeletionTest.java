package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.event.Event;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B9, B10, V14: deleting backups, and what becomes of them when their disk is unbound. */
class DeletionTest {
    @TempDir
    private Path root;

    private static Deletion.Preview preview(TestHome home, Backup... backups) {
        return home.console()
                .deletion()
                .preview(List.of(backups).stream().map(Backup::id).toList());
    }

    @Test
    void thePreviewPromisesWhatDeletingReallyFrees() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 20_000_000, 1);
            Backup two = home.backUp(vault, disk, "two");
            Deletion.Preview before = preview(home, one);
            assertThat(before.others()).isEqualTo(1);
            assertThat(before.problems()).isEmpty();
            assertThat(before.frees().orElseThrow().now()).isGreaterThan(10_000_000);
            long used = home.again(vault).used();
            home.delete(one);
            long freed = used - home.again(vault).used();
            assertThat(freed).isCloseTo(before.frees().orElseThrow().now(), Percentage.withPercentage(5));
            assertThat(preview(home, two).others()).isZero();
            assertThat(preview(home, two).frees().orElseThrow().now()).isGreaterThan(19_000_000);
        }
    }

    @Test
    void aBackupThatSharesEverythingFreesNextToNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, disk, "two");
            assertThat(preview(home, one).frees().orElseThrow().now()).isLessThan(100_000);
            assertThat(preview(home, one, two).frees().orElseThrow().now()).isGreaterThan(9_000_000);
        }
    }

    @Test
    void severalAreDeletedTogetherAndTheOthersStillRestore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 10);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 1_000_000, 300_000, 1);
            Backup two = home.backUp(vault, disk, "two");
            byte[] right = Files.readAllBytes(disk.path());
            home.change(disk, 2_000_000, 300_000, 2);
            Backup three = home.backUp(vault, disk, "three");
            home.delete(one, three);
            assertThat(home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 9))
                    .extracting(Backup::id)
                    .containsExactly(two.id());
            home.done(home.console().restores().start(new NewRestore(two.id(), new Target.Original(), true, false)));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(right);
            home.delete(home.again(two.id()));
            assertThat(home.again(vault).used()).as("an empty vault").isLessThan(100_000);
            assertThat(home.backUp(vault, disk, "four").kind()).isEqualTo(Kind.FULL);
        }
    }

    @Test
    void aBackupThatIsBeingRestoredIsHeldByThatTask() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Task restore;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                restore = home.console()
                        .restores()
                        .start(new NewRestore(one.id(), new Target.NewFile(root.resolve("copy.img")), true));
                assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.RESTORING);
                assertThat(Refusals.problem(() -> home.console().deletion().delete(List.of(one.id())))
                                .args())
                        .containsEntry("task", restore.id().toString().substring(0, 8));
                assertThat(Refusals.code(() -> home.console().deletion().trash().put(List.of(one.id()))))
                        .isEqualTo("backup.held");
                assertThat(preview(home, one).problems()).containsOnlyKeys(one.id());
            }
            home.done(restore);
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            home.delete(one);
        }
    }

    @Test
    void aBackupThatIsBeingMadeCannotBeDeleted() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                UUID made = task.subject().backupId().orElseThrow();
                assertThat(home.again(made).status()).isEqualTo(BackupStatus.CREATING);
                assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(made))))
                        .isEqualTo("backup.held");
            }
            home.done(task);
        }
    }

    @Test
    void ofSeveralNoneIsDeletedIfOneCannotBe() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 30);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "two", true);
                UUID made = task.subject().backupId().orElseThrow();
                assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(one.id(), made))))
                        .isEqualTo("backup.held");
                assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            }
            home.done(task);
        }
    }

    @Test
    void aDeletionThatIsCalledOffBeforeItsTurnLeavesTheBackupAsItWas() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Disk first = home.image("first", 60);
            Disk second = home.image("second", 60);
            Vault vault = home.vault("vault_a", disk, first, second);
            Backup one = home.backUp(vault, disk, "one");
            List<Task> busy;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                busy = home.console()
                        .backups()
                        .start(new NewBackup(vault.id(), List.of(first.id(), second.id()), "busy", "", false));
                Task deletion =
                        home.console().deletion().delete(List.of(one.id())).getFirst();
                home.console().tasks().cancel(deletion.id());
                Task ended = home.console().tasks().await(deletion.id());
                assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
                assertThat(ended.started()).as("before its turn").isEmpty();
                assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            }
            for (Task task : busy) {
                home.done(task);
            }
        }
    }

    private static Task dies(TestHome home, Vault vault, Backup backup) throws Exception {
        UUID task = UUID.randomUUID();
        home.edit(
                "update backup set status = 'DELETING' where id = '" + backup.id() + "'",
                TestHome.openTask(task, "DELETE", vault, "{\"backups\":[\"" + backup.id() + "\"]}"));
        return home.console().tasks().find(task).orElseThrow();
    }

    @Test
    void aDeletionThatDiedBeforeItBeganLeavesTheBackupAvailable() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            assertThat(dies(home, vault, one).status()).isEqualTo(TaskStatus.FAILED);
            Backup left = home.again(one.id());
            assertThat(left.status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(left.problem()).isEmpty();
            assertThat(left.finishedAt()).isEqualTo(one.finishedAt());
            home.restore(left, new Target.NewFile(root.resolve("copy.img")));
            assertThat(Files.mismatch(disk.path(), root.resolve("copy.img"))).isEqualTo(-1);
        }
    }

    @Test
    void aDeletionThatDiedAfterItsFinalMarkerIsDone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console()
                    .cleaning()
                    .purge(vault.id(), SessionId.of(one.session().orElseThrow()));
            assertThat(dies(home, vault, one).status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(home.console().backups().find(one.id())).isEmpty();
        }
    }

    @Test
    void aDeletionThatDiedIsJudgedWhenItsVaultCanBeAskedAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Files.move(root.resolve("place"), root.resolve("away"));
            dies(home, vault, one);
            Backup unknown = home.again(one.id());
            assertThat(unknown.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(unknown.problem().map(Refusals::spoken).orElseThrow().code())
                    .isEqualTo("backup.deletion-failed");
            Files.move(root.resolve("away"), root.resolve("place"));
            home.console().vaults().open().get(vault.id());
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
        }
    }

    @Test
    void damageLeavesTheSizesUnknownAndHindersNoDeleting() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 500_000, 1);
            Backup two = home.backUp(vault, disk, "two");
            home.change(disk, 0, 500_000, 2);
            Backup three = home.backUp(vault, disk, "three");
            Path objects = home.objects(vault);
            home.restart(() -> {
                try (var packs = Files.walk(objects.resolve("map"))) {
                    for (Path pack : packs.filter(Files::isRegularFile)
                            .filter(path ->
                                    path.toString().contains(two.session().orElseThrow()))
                            .toList()) {
                        TestHome.flip(pack, Files.size(pack) / 2);
                    }
                }
            });
            home.failed(home.console()
                    .restores()
                    .start(new NewRestore(two.id(), new Target.NewFile(root.resolve("two.img")), true)));
            assertThat(home.again(two.id()).damaged()).isTrue();
            Deletion.Preview before = preview(home, one);
            assertThat(before.frees()).isEmpty();
            assertThat(before.problems()).isEmpty();
            assertThat(before.others()).as("three, and not the damaged one").isEqualTo(1);
            home.delete(two);
            assertThat(preview(home, one).frees()).isPresent();
            home.restore(three, new Target.NewFile(root.resolve("three.img")));
        }
    }

    @Test
    void unbindingKeepsTheBackupsUnlessAskedOtherwise() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk kept = home.image("kept", 2);
            Disk trashed = home.image("trashed", 2);
            Disk deleted = home.image("deleted", 2);
            Vault vault = home.vault("vault_a", kept, trashed, deleted);
            Backup a = home.backUp(vault, kept, "a");
            Backup b = home.backUp(vault, trashed, "b");
            Backup c = home.backUp(vault, deleted, "c");
            Deletion deletion = home.console().deletion();
            assertThat(home.console().unbinding().unbind(vault.id(), List.of(kept.id()), Unbinding.Fate.KEEP))
                    .isEmpty();
            assertThat(home.console().unbinding().unbind(vault.id(), List.of(trashed.id()), Unbinding.Fate.TRASH))
                    .isEmpty();
            home.done(home.console()
                    .unbinding()
                    .unbind(vault.id(), List.of(deleted.id()), Unbinding.Fate.DELETE)
                    .orElseThrow());
            assertThat(home.again(vault).disks()).isEmpty();
            assertThat(home.again(a.id()).trashedAt()).isEmpty();
            assertThat(home.again(b.id()).trashedAt()).isPresent();
            assertThat(home.console().backups().find(c.id())).isEmpty();
            assertThat(Refusals.code(() -> home.console()
                            .restores()
                            .start(new NewRestore(b.id(), new Target.NewFile(root.resolve("b.img")), true))))
                    .isEqualTo("backup.trashed");
            deletion.trash().takeBack(b.id());
            home.restore(b, new Target.NewFile(root.resolve("b.img")));
            home.restore(a, new Target.NewFile(root.resolve("a.img")));
        }
    }

    @Test
    void aRunningBackupFinishesAlthoughItsDiskIsUnbound() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 2_000_000);
                home.console().unbinding().unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.DELETE);
                assertThat(home.backup(task).status()).isEqualTo(BackupStatus.CREATING);
            }
            assertThat(home.backup(home.done(task)).status()).isEqualTo(BackupStatus.AVAILABLE);
        }
    }

    @Test
    void aFrozenVaultUnbindsOnlyWhatKeepsItsBackups() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Files.move(root.resolve("place"), root.resolve("away"));
            for (Unbinding.Fate fate : List.of(Unbinding.Fate.TRASH, Unbinding.Fate.DELETE)) {
                assertThat(Refusals.code(() -> home.console().unbinding().unbind(vault.id(), List.of(disk.id()), fate)))
                        .isEqualTo("location.unreachable");
                assertThat(home.again(vault).disks()).as("nothing half done").containsExactly(disk.id());
            }
            home.console().unbinding().unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
            assertThat(home.again(vault).disks()).isEmpty();
            Files.move(root.resolve("away"), root.resolve("place"));
        }
    }

    @Test
    void unbindingIsRefusedAsAWholeWhileOneOfTheBackupsIsBeingRestored() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, disk, "two");
            try (var _ = home.slowed(vault)) {
                Task restoring = home.console()
                        .restores()
                        .start(new NewRestore(two.id(), new Target.NewFile(root.resolve("two.img")), true));
                for (Unbinding.Fate fate : List.of(Unbinding.Fate.TRASH, Unbinding.Fate.DELETE)) {
                    assertThat(Refusals.code(
                                    () -> home.console().unbinding().unbind(vault.id(), List.of(disk.id()), fate)))
                            .isEqualTo("backup.held");
                }
                assertThat(home.again(vault).disks()).containsExactly(disk.id());
                assertThat(home.again(one.id()).trashedAt()).isEmpty();
                home.console().tasks().cancel(restoring.id());
            }
        }
    }

    @Test
    void theNextBackupIsShownAsFullAlsoWhereADeletionWasKilled() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, disk, "two");
            assertThat(two.kind()).isEqualTo(Kind.INCREMENTAL);
            home.console()
                    .cleaning()
                    .purge(vault.id(), SessionId.of(one.session().orElseThrow()));
            home.edit(
                    "update backup set status = 'DELETING' where id = '" + one.id() + "'",
                    TestHome.openTask(UUID.randomUUID(), "DELETE", vault, "{\"backups\":[\"" + one.id() + "\"]}"));
            assertThat(home.console().backups().find(one.id())).isEmpty();
            assertThat(home.again(two.id()).kind()).isEqualTo(Kind.FULL);
        }
    }

    @Test
    void nobodyComesBetweenUnbindingADiskAndDeletingItsBackups() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            NewTask verify = new NewTask(
                    TaskType.VERIFY,
                    new Task.Subject(
                            "one",
                            Optional.of(vault.id()),
                            "vault_a",
                            Optional.of(disk.id()),
                            "web",
                            Optional.of(one.id()),
                            Optional.empty()),
                    Map.of());
            // Whoever hears that the disk is unbound takes the backup: too late by then.
            home.console().events().subscribe(event -> {
                if (event instanceof Event.ResourcesChanged) {
                    home.console().tasks().create(verify);
                }
            });
            Task task = home.console()
                    .unbinding()
                    .unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.DELETE)
                    .orElseThrow();
            home.done(task);
            assertThat(home.again(vault).disks()).isEmpty();
            assertThat(home.console().backups().find(one.id())).isEmpty();
        }
    }
}
