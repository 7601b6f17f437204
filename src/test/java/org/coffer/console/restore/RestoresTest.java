package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Machine;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1, S3, S4: getting disks back. Needs root, for loop devices and mounts. */
class RestoresTest {
    @TempDir
    private Path root;

    private static List<String> blocking(TestHome home, Backup backup, Target target) {
        return codes(home.console()
                .restores()
                .plan(new NewRestore(backup.id(), target, true))
                .blocking());
    }

    private static List<String> warnings(TestHome home, Backup backup, Target target) {
        return codes(home.console()
                .restores()
                .plan(new NewRestore(backup.id(), target, true))
                .warnings());
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Refusals::spoken).map(Problem::code).toList();
    }

    private static Task start(TestHome home, Backup backup, Target target) {
        return home.console().restores().start(new NewRestore(backup.id(), target, true));
    }

    private static long number(Task task, String outcome) {
        return ((Number) task.outcome().getOrDefault(outcome, -1)).longValue();
    }

    @Test
    void onlyWhatDiffersIsWrittenAndHolesStayHoles() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 5_000_000, 400_000, 1);
            home.change(disk, 30_000_000, 4096, 2);
            long differing = home.console()
                    .restores()
                    .compare(new NewRestore(one.id(), new Target.Original(), true), Work.quiet())
                    .bytes();
            assertThat(differing).isBetween(404_096L, 600_000L);
            assertThat(blocks(disk.path())).isGreaterThan(20_000_000 / 512);
            Task task = home.restore(one, new Target.Original());
            assertThat(number(task, "written")).isLessThanOrEqualTo(600_000);
            assertThat(number(task, "verified")).isPositive();
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
            assertThat(blocks(disk.path()) * 512)
                    .as("the block in the hole is a hole again")
                    .isLessThan(20_300_000);
            Task again = home.restore(one, new Target.Original());
            assertThat(number(again, "written")).isZero();
        }
    }

    private static long blocks(Path file) {
        return Long.parseLong(Shell.run("stat", "-c", "%b", file.toString()));
    }

    @Test
    void aFlippedBitOnTheTargetIsFoundAndMended() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            TestHome.flip(disk.path(), 7_654_321);
            Task task = home.restore(one, new Target.Original());
            assertThat(number(task, "written")).isBetween(1L, 65_536L);
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
        }
    }

    @Test
    void aSmallerDiskIsRefusedAndOnALargerOneTheRestIsLeftAlone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 10);
            Disk smaller = home.image("smaller", 9);
            Disk larger = home.image("larger", 12);
            home.change(larger, 11_000_000, 1_000_000, 1);
            byte[] rest = Files.readAllBytes(larger.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            assertThat(blocking(home, one, new Target.OtherDisk(smaller.id()))).containsExactly("restore.small");
            assertThat(Refusals.code(() -> start(home, one, new Target.OtherDisk(smaller.id()))))
                    .isEqualTo("restore.small");
            assertThat(warnings(home, one, new Target.OtherDisk(larger.id())))
                    .containsExactly("restore.larger", "restore.other-disk");
            home.restore(one, new Target.OtherDisk(larger.id()));
            byte[] whole = Files.readAllBytes(larger.path());
            byte[] original = Files.readAllBytes(disk.path());
            assertThat(java.util.Arrays.copyOf(whole, original.length)).isEqualTo(original);
            assertThat(java.util.Arrays.copyOfRange(whole, original.length, whole.length))
                    .isEqualTo(java.util.Arrays.copyOfRange(rest, original.length, rest.length));
        }
    }

    @Test
    void aMountedDiskAndADataDisksWayOntoASystemDiskAreRefused() throws Exception {
        Path file = root.resolve("disk.raw");
        Shell.run("truncate", "-s", "16M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            try (LoopDevice.Mounted _ = loop.mount(point)) {
                assertThat(blocking(home, one, new Target.Original())).containsExactly("restore.mounted");
                assertThat(Refusals.problem(() -> start(home, one, new Target.Original()))
                                .args())
                        .containsEntry("path", List.of(point.toString()));
            }
            Files.copy(file, root.resolve("system.img"));
            Disk system = home.console()
                    .disks()
                    .addImage(new NewImage(root.resolve("system.img"), Optional.of("system"), Disk.Role.SYSTEM));
            assertThat(blocking(home, one, new Target.OtherDisk(system.id()))).containsExactly("restore.system");
            Vault other = home.vault("vault_b", system);
            Backup whole = home.backUp(other, system, "whole");
            assertThat(blocking(home, whole, new Target.Original())).isEmpty();
            assertThat(home.console()
                            .restores()
                            .plan(new NewRestore(whole.id(), new Target.Original(), true))
                            .overwritesSystem())
                    .isTrue();
            assertThat(warnings(home, whole, new Target.NewFile(root.resolve("copy.img"))))
                    .containsExactly("restore.system-copy");
        }
    }

    @Test
    void theDiskThatCarriesTheVaultIsNeverOverwrittenFromIt() throws Exception {
        Path file = root.resolve("carrier.raw");
        Shell.run("truncate", "-s", "256M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted _ = loop.mount(point)) {
            Location place = home.console().locations().add(new NewLocation("stick", point, ""));
            Disk disk = home.image("web", 2);
            NewVault plain = home.newVault("vault_a", disk);
            Vault vault = home.console()
                    .vaults()
                    .create(new NewVault(
                            "vault_a",
                            "",
                            place.id(),
                            100,
                            plain.disks(),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            java.util.Map.of()));
            Backup one = home.backUp(vault, disk, "one");
            Disk carrier = home.device(loop.path());
            assertThat(blocking(home, one, new Target.OtherDisk(carrier.id())))
                    .contains("restore.mounted", "restore.carries-vault");
        }
    }

    @Test
    void aNewFileIsSparseAndNothingIsOverwritten() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
            assertThat(blocks(copy) * 512).isLessThan(21_000_000);
            assertThat(blocking(home, one, new Target.NewFile(copy))).containsExactly("image.exists");
            assertThat(blocking(home, one, new Target.NewFile(root.resolve("none/copy.img"))))
                    .containsExactly("location.missing");
            try (var files = Files.list(root)) {
                assertThat(files).noneMatch(path -> path.toString().endsWith(RestoreWork.PART));
            }
        }
    }

    @Test
    void aNewFileThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path file = root.resolve("small.raw");
        Shell.run("truncate", "-s", "16M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted _ = loop.mount(point)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            assertThat(blocking(home, one, new Target.NewFile(point.resolve("copy.img"))))
                    .containsExactly("image.room");
            Shell.run("mount", "-o", "remount,ro", point.toString());
            assertThat(blocking(home, one, new Target.NewFile(point.resolve("copy.img"))))
                    .containsExactly("image.denied");
        }
    }

    @Test
    void anInterruptedRestoreMarksTheDiskUntilItIsFinished() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 80);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 40_000_000, 1);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = start(home, one, new Target.Original());
                while (home.console().disks().get(disk.id()).unfinishedRestore().isEmpty()) {
                    assertThat(home.console()
                                    .tasks()
                                    .find(task.id())
                                    .orElseThrow()
                                    .status())
                            .as("still before the middle")
                            .isIn(TaskStatus.WAITING, TaskStatus.RUNNING);
                }
                home.console().tasks().cancel(task.id());
            }
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);

            home.restart();
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .contains(task.id());
            assertThat(home.failed(home.tryBackUp(vault, disk, "two")).code()).isEqualTo("disk.unfinished");
            home.console()
                    .unbinding()
                    .unbind(vault.id(), List.of(disk.id()), org.coffer.console.backup.Unbinding.Fate.KEEP);
            assertThat(Refusals.code(() -> home.console().vaults().bindings().bind(vault.id(), List.of(disk.id()))))
                    .isEqualTo("disk.unfinished");

            home.restore(one, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
            home.console().vaults().bindings().bind(vault.id(), List.of(disk.id()));
            home.backUp(vault, disk, "three");
        }
    }

    @Test
    void aRestoreIntoAFileGoesOnWhereItStoppedAndAnotherBackupsRestIsThrownAway() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path copy = root.resolve("copy.img");
            Path part = root.resolve("copy.img" + RestoreWork.PART);
            Files.copy(disk.path(), part);
            home.change(
                    new Disk(
                            disk.id(),
                            "",
                            part,
                            true,
                            0,
                            "",
                            "",
                            Disk.Role.DATA,
                            Disk.State.AVAILABLE,
                            Optional.empty(),
                            List.of(),
                            Disk.Encryption.NONE,
                            Optional.empty(),
                            java.time.Instant.EPOCH),
                    8_000_000,
                    2_000_000,
                    1);
            Task task = home.restore(one, new Target.NewFile(copy));
            assertThat(number(task, "written")).isBetween(2_000_000L, 2_200_000L);
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
            assertThat(part).doesNotExist();

            Files.delete(copy);
            try (RandomAccessFile longer = new RandomAccessFile(part.toFile(), "rw")) {
                longer.setLength(25_000_000);
            }
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }

    @Test
    void theMarkIsMadeBeforeTheFirstByteChangesAndNotWhileOnlyComparing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            List<byte[]> whenMarked = new java.util.concurrent.CopyOnWriteArrayList<>();
            home.console().events().subscribe(event -> {
                if (home.console().disks().get(disk.id()).unfinishedRestore().isPresent()) {
                    whenMarked.add(bytes(disk.path()));
                }
            });
            assertThat(number(home.restore(one, new Target.Original()), "written"))
                    .isZero();
            assertThat(whenMarked).isEmpty();
            home.change(disk, 0, 15_000_000, 1);
            byte[] before = bytes(disk.path());
            home.restore(one, new Target.Original());
            assertThat(whenMarked.getFirst()).isEqualTo(before);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aDiskWhoseRestoreDidNotFinishCanBeUsedAsItIsAndThatIsRecorded() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console().disks().unusable(disk.id(), java.util.UUID.randomUUID());
            assertThat(home.failed(home.tryBackUp(vault, disk, "two")).code()).isEqualTo("disk.unfinished");
            Task running = home.console().restores().prepare(new NewRestore(one.id(), new Target.Original(), true));
            assertThat(Refusals.code(() -> home.console().restores().useAsItIs(disk.id())))
                    .isEqualTo("restore.running");
            home.console().backups().endRestore(one.id(), running);

            home.console().restores().useAsItIs(disk.id());
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
            home.backUp(vault, disk, "three");
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 100))
                    .filteredOn(entry -> entry.event() == AuditEvent.UPDATE_DISK)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.objectName()).isEqualTo("web"));
            home.console().restores().useAsItIs(disk.id());
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 100))
                    .filteredOn(entry -> entry.event() == AuditEvent.UPDATE_DISK)
                    .as("nothing was changed")
                    .hasSize(1);
        }
    }

    @Test
    void whatThePlanWouldRefuseIsRefusedWhenTheTaskBeginsToo() throws Exception {
        Path file = root.resolve("disk.raw");
        Shell.run("truncate", "-s", "16M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Disk image = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk, image);
            Backup one = home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, image, "two");

            Task onto = home.console().restores().prepare(new NewRestore(one.id(), new Target.Original(), true));
            try (LoopDevice.Mounted _ = loop.mount(point)) {
                assertThat(launched(home, onto)).isEqualTo("restore.mounted");
            }
            Target target = new Target.OtherDisk(image.id());
            Task grown = home.console().restores().prepare(new NewRestore(one.id(), target, true));
            home.change(image, 21_000_000, 1_000_000, 1);
            byte[] before = Files.readAllBytes(image.path());
            assertThat(launched(home, grown)).isEqualTo("restore.changed");
            Task shrunk = home.console().restores().prepare(new NewRestore(two.id(), target, true));
            Shell.run("truncate", "-s", "19M", image.path().toString());
            assertThat(launched(home, shrunk)).isEqualTo("restore.small");
            Task gone = home.console().restores().prepare(new NewRestore(one.id(), target, true));
            Files.delete(image.path());
            assertThat(launched(home, gone)).isEqualTo("disk.missing");
            Files.write(image.path(), before);
            Path copy = root.resolve("copy.img");
            Task late = home.console().restores().prepare(new NewRestore(one.id(), new Target.NewFile(copy), true));
            Files.writeString(copy, "somebody's");
            assertThat(launched(home, late)).isEqualTo("image.exists");
            assertThat(copy).hasContent("somebody's");

            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(Files.readAllBytes(image.path())).isEqualTo(before);
            assertThat(home.console().disks().list())
                    .allMatch(each -> each.unfinishedRestore().isEmpty());
        }
    }

    private static String launched(TestHome home, Task task) throws InterruptedException {
        home.console().tasks().launch(task);
        return home.failed(task).code();
    }

    @Test
    void twoRestoresNeverWriteToTheSameTarget() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            // Both hold their target from here on, and are launched when that has been seen.
            Task first = home.console().restores().prepare(new NewRestore(one.id(), new Target.Original(), true));
            assertThat(Refusals.code(() -> start(home, one, new Target.Original())))
                    .isEqualTo("restore.running");
            Target file = new Target.NewFile(root.resolve("copy.img"));
            Task second = home.console().restores().prepare(new NewRestore(one.id(), file, true));
            assertThat(Refusals.code(() -> start(home, one, file))).isEqualTo("restore.running");
            home.console().tasks().launch(first);
            home.console().tasks().launch(second);
            home.done(first);
            home.done(second);
        }
    }

    @Test
    void aRestoreCanceledWhileItWaitsForItsTurnLetsTheBackupGo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Disk first = home.image("first", 60);
            Disk second = home.image("second", 60);
            Vault vault = home.vault("vault_a", disk, first, second);
            Backup one = home.backUp(vault, disk, "one");
            List<Task> busy;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                busy = List.of(home.begin(vault, first, "busy-1"), home.begin(vault, second, "busy-2"));
                Task restore = start(home, one, new Target.NewFile(root.resolve("copy.img")));
                home.console().tasks().cancel(restore.id());
                Task ended = home.console().tasks().await(restore.id());
                assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
                assertThat(ended.started()).as("before its turn").isEmpty();
                assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            }
            for (Task task : busy) {
                home.done(task);
            }
        }
    }

    @Test
    void aTargetThatVanishedIsNamedAndTheBackupStaysAvailable() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Files.delete(disk.path());
            assertThat(blocking(home, one, new Target.Original())).containsExactly("disk.missing");
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            home.restore(one, new Target.NewFile(disk.path()));
            assertThat(home.console().disks().look(disk.id()).state()).isEqualTo(Disk.State.AVAILABLE);
            home.backUp(vault, disk, "two");
        }
    }

    @Test
    void aDiskThatCarriesOtherVaultsOrTheHomeIsNeitherUnmountedNorOverwritten() throws Exception {
        Path file = root.resolve("carrier.raw");
        Shell.run("truncate", "-s", "256M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted _ = loop.mount(point)) {
            try (TestHome home = new TestHome(root)) {
                Disk disk = home.image("web", 2);
                Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
                Location stick = home.console().locations().add(new NewLocation("stick", point, ""));
                Disk carrier = home.device(loop.path());
                assertKept(home, one, carrier, "restore.carries-location");
                NewVault plain = home.newVault("vault_b");
                home.console()
                        .vaults()
                        .create(new NewVault(
                                "vault_b",
                                "",
                                stick.id(),
                                100,
                                plain.disks(),
                                true,
                                Optional.empty(),
                                false,
                                "",
                                java.util.Map.of()));
                assertKept(home, one, carrier, "restore.carries-vault");
            }
            Path place = Files.createDirectory(root.resolve("elsewhere"));
            try (TestHome home = new TestHome(Files.createDirectory(point.resolve("mine")))) {
                home.console().locations().add(new NewLocation("elsewhere", place, ""));
                Disk disk = home.image("web", 2);
                Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
                assertKept(home, one, home.device(loop.path()), "restore.carries-home");
            }
        }
    }

    @Test
    void aDiskThatCarriesVaultsIsNoTargetAfterItWasUnmountedByHandEither() throws Exception {
        Path file = root.resolve("carrier.raw");
        Shell.run("truncate", "-s", "256M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.image("web", 2);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Disk carrier;
            try (LoopDevice.Mounted _ = loop.mount(point)) {
                home.console().locations().add(new NewLocation("stick", point, ""));
                carrier = home.device(loop.path());
                home.console().restores().rememberCarriers();
            }
            assertThat(blocking(home, one, new Target.OtherDisk(carrier.id())))
                    .contains("restore.carries-location")
                    .doesNotContain("restore.mounted");
        }
    }

    private static void assertKept(TestHome home, Backup backup, Disk carrier, String why) {
        assertThat(blocking(home, backup, new Target.OtherDisk(carrier.id()))).contains("restore.mounted", why);
        assertThat(home.console().disks().unmountable(carrier.id())).isFalse();
        assertThat(Refusals.code(() -> home.console().disks().unmount(carrier.id())))
                .isEqualTo(why);
        assertThat(home.console().disks().look(carrier.id()).mounts()).isNotEmpty();
    }

    /** A loop device over the disk's own, which nobody mounted: a volume or a machine holds a disk just so. */
    @Test
    void aDiskThatSomethingHoldsWithoutAMountIsRefusedUntilItIsLetGo() throws Exception {
        Path file = root.resolve("held.raw");
        Shell.run("truncate", "-s", "8M", file.toString());
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            NewRestore wanted = new NewRestore(one.id(), new Target.Original(), true);
            try (LoopDevice _ = LoopDevice.attach(loop.path())) {
                home.console().disks().refresh();
                assertThat(home.console().restores().plan(wanted).blocking())
                        .map(Refusals::spoken)
                        .containsExactly(Problem.of("restore.held", "target", disk.name()));
                assertThat(Refusals.code(() -> home.console().restores().start(wanted)))
                        .isEqualTo("restore.held");
            }
            home.console().disks().refresh();
            home.done(home.console().restores().start(wanted));
        }
    }

    /** The system does not say what lies where: then nothing is overwritten, whatever is there. */
    @Test
    void aDiskOfWhichItCannotBeFoundOutWhatItCarriesIsLeftAlone() throws Exception {
        var blind = new AtomicBoolean();
        try (TestHome home = new TestHome(root, memory -> blinded(Machine.here(memory), blind))) {
            Disk disk = home.image("web", 2);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 100, 1);
            byte[] now = Files.readAllBytes(disk.path());
            NewRestore wanted = new NewRestore(one.id(), new Target.Original(), true);
            blind.set(true);
            assertThat(home.console().restores().plan(wanted).blocking())
                    .map(Refusals::spoken)
                    .containsExactly(Problem.of(
                            "restore.carries-unknown",
                            "target",
                            disk.name(),
                            "path",
                            root.resolve("place").toString()));
            assertThat(Refusals.code(() -> home.console().restores().start(wanted)))
                    .isEqualTo("restore.carries-unknown");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            blind.set(false);
            home.done(home.console().restores().start(wanted));
        }
    }

    /** A computer that cannot tell what lies where while it is blind. */
    private static Machine blinded(Machine real, AtomicBoolean blind) {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (self, method, args) -> {
                    if (blind.get() && method.getName().equals("overlap")) {
                        throw new UncheckedIOException(new IOException("/sys/block: Input/output error"));
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
