package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S3: what goes wrong with the target or the vault while a disk is restored. Needs root, for loop devices. */
class RestoreTroubleTest {
    @TempDir
    private Path root;

    /** Restores, and lets something happen in the moment in which the disk is marked. */
    private static Task restoreWith(TestHome home, Backup backup, Disk disk, MarkedMoment.Mishap mishap)
            throws InterruptedException {
        try (Events.Subscription _ = MarkedMoment.of(home, disk, mishap)) {
            Task task = home.console().restores().start(new NewRestore(backup.id(), new Target.Original(), true));
            return home.console().tasks().await(task.id());
        }
    }

    @Test
    void aVaultThatGoesAwayInTheMiddleLeavesTheMarkAndTheRestoreGoesOnWhenItIsBack() throws Exception {
        try (TestHome home = new TestHome(root)) {
            // More leaves of data than there are threads: each holds one in memory already when the vault goes.
            Disk disk = home.image("web", 200);
            byte[] old = Files.readAllBytes(disk.path());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 100_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Path place = root.resolve("place");
            Path away = root.resolve("away");
            Task cut = restoreWith(home, one, disk, () -> Files.move(place, away));
            Problem why = home.failed(cut);
            assertThat(why.code()).startsWith("location.");
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .contains(cut.id());
            assertThat(Refusals.code(() -> home.console().tasks().delete(cut.id())))
                    .as("the way back leads through it")
                    .isEqualTo("task.needed");
            assertThat(home.console().tasks().clearFailed()).isZero();

            Files.move(away, place);
            home.console().locations().list(); // Looks at it: it is back.
            Task finished = home.done(home.console().tasks().retry(cut.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            assertThat(home.console().tasks().clearFailed()).isOne();
            home.done(home.console().restores().undo(finished.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
        }
    }

    /** What becomes of the place of a vault while a safety copy is written to it. */
    enum Lost {
        /** It is not there any more. */
        AWAY,
        /** Its drive can only be read from one moment to the next, as the kernel has it after an error. */
        READ_ONLY
    }

    @ParameterizedTest
    @EnumSource
    void aVaultThatIsLostWhileTheSafetyCopyIsWrittenLeavesTheDiskAlone(Lost lost) throws Exception {
        Path drive = root.resolve("drive.raw");
        Shell.run("truncate", "-s", "256M", drive.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", drive.toString());
        Path place = Files.createDirectory(root.resolve("place"));
        try (LoopDevice loop = LoopDevice.attach(drive);
                LoopDevice.Mounted _ = loop.mount(place);
                TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            byte[] old = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 40_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Task cut;
            try (TestHome.Slowed _ = home.slowed(vault, 4)) {
                cut = home.console().restores().start(new NewRestore(one.id(), new Target.Original(), true));
                home.awaitStep(cut, "safety-copying");
                lose(lost, place);
            }
            assertThat(home.failed(cut).code()).startsWith("location.");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
            assertThat(home.console().restores().receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.UNTOUCHED);
            assertThat(Refusals.code(() -> home.console().restores().undo(cut.id())))
                    .isEqualTo("undo.untouched");
            assertThat(home.console().backups().ofVault(vault.id()))
                    .as("no copy that is none")
                    .extracting(Backup::id)
                    .containsExactly(one.id());

            giveBack(lost, place, loop);
            home.console().locations().list(); // Looks at it: it is back.
            Task finished = home.done(home.console().tasks().retry(cut.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            home.done(home.console().restores().undo(finished.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
        }
    }

    private static void lose(Lost lost, Path place) {
        if (lost == Lost.AWAY) {
            Shell.run("umount", "-l", place.toString());
        } else {
            Shell.run("mount", "-o", "remount,abort", place.toString());
        }
    }

    private static void giveBack(Lost lost, Path place, LoopDevice loop) {
        if (lost == Lost.READ_ONLY) {
            Shell.run("umount", place.toString());
        }
        Shell.run("mount", loop.path().toString(), place.toString());
    }

    @Test
    void aTargetThatVanishesHalfWayKeepsItsMark() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 20_000_000, 1);
            Task cut = restoreWith(home, one, disk, () -> Files.delete(disk.path()));
            assertThat(home.failed(cut).code()).isEqualTo("disk.lost");
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .contains(cut.id());
            assertThat(home.console()
                            .restores()
                            .undoable(cut.id())
                            .orElseThrow()
                            .unfinished())
                    .isTrue();
        }
    }

    @Test
    void aNewFileThatFindsNoRoomHalfWayIsFinishedWhenThereIsSome() throws Exception {
        Path drive = root.resolve("drive.raw");
        Shell.run("truncate", "-s", "64M", drive.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", drive.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(drive);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 80);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path copy = point.resolve("copy.img");
            Path ballast = point.resolve("ballast");
            Task cut;
            try (TestHome.Slowed _ = home.slowed(vault, 8)) {
                cut = home.console().restores().start(new NewRestore(one.id(), new Target.NewFile(copy), true));
                while (!Files.exists(point.resolve("copy.img" + RestoreWork.PART))) {
                    LockSupport.parkNanos(500_000);
                }
                assertThat(Shell.attempt("dd", "if=/dev/zero", "of=" + ballast, "bs=64k", "status=none")
                                .said())
                        .contains("No space left");
                assertThat(home.failed(cut).code()).isEqualTo("image.room");
            }
            assertThat(copy).doesNotExist();

            Files.delete(ballast);
            home.done(home.console().tasks().retry(cut.id()));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }

    @Test
    void aTargetThatCannotBeWrittenToIsRefusedBeforeAnythingIsCopied() throws Exception {
        Path file = root.resolve("fixed.raw");
        Shell.run("truncate", "-s", "8M", file.toString());
        try (LoopDevice loop = LoopDevice.attach(file, "-r");
                TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Disk fixed = home.device(loop.path());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Task refused =
                    home.console().restores().start(new NewRestore(one.id(), new Target.OtherDisk(fixed.id()), true));
            assertThat(home.failed(refused).code()).isEqualTo("disk.readonly");
            assertThat(home.console().disks().get(fixed.id()).unfinishedRestore())
                    .isEmpty();
            assertThat(home.console().backups().ofVault(one.vaultId())).hasSize(1);
        }
    }
}
