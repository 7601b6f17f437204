package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B2, R1, R2, R7: disks as they are in life: mounted, changing, shrinking, gone. Needs root, for loop devices. */
class LiveDiskTest {
    /** MB of an image whose first half is more than a session takes into its buffers while nothing gets out of them. */
    private static final int BEYOND_BUFFERS = 320;

    @TempDir
    private Path root;

    private Path file(int megabytes) throws Exception {
        Path file = root.resolve("disk.raw");
        Shell.run("truncate", "-s", megabytes + "M", file.toString());
        return file;
    }

    private static void randomize(Path file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new java.util.SplittableRandom(7).nextBytes(content);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(content);
        }
    }

    @Test
    void aMountedDiskReadLivePromisesNothingAndSaysSoAndAnUnmountedOneIsCrashConsistent() throws Exception {
        Path file = file(32);
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Vault vault;
            Disk disk;
            try (LoopDevice.Mounted _ = loop.mount(point)) {
                Files.writeString(point.resolve("notes"), "written while mounted");
                disk = home.device(loop.path());
                assertThat(disk.state()).isEqualTo(Disk.State.IN_USE);
                assertThat(disk.mounts()).containsExactly(point.toString());
                vault = home.vault("vault_a", disk);
                Task task = home.done(home.tryBackUp(vault, disk, "live"));
                Backup live = home.backup(task);
                assertThat(live.consistency()).isEqualTo(Consistency.NONE);
                assertThat(live.reason()).isEqualTo("mounted");
                assertThat(home.console().tasks().steps(task.id()))
                        .extracting(step -> step.key())
                        .contains("published-inconsistent");
            }
            Backup idle = home.backUp(vault, disk, "idle");
            assertThat(idle.consistency()).isEqualTo(Consistency.CRASH);
            assertThat(idle.reason()).isEqualTo("idle");
            Path copy = root.resolve("copy.img");
            home.restore(idle, new Target.NewFile(copy));
            assertThat(Shell.attempt("e2fsck", "-fn", copy.toString()).code()).isZero();
            assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
            home.restart();
            assertThat(home.again(idle.id()).consistency()).isEqualTo(Consistency.CRASH);
        }
    }

    @Test
    void aDeviceThatWasDetachedIsMissingKeepsItsBackupsAndIsKnownAgain() throws Exception {
        Path file = file(8);
        randomize(file, 2_000_000);
        try (TestHome home = new TestHome(root)) {
            Disk disk;
            Vault vault;
            Backup one;
            try (LoopDevice loop = LoopDevice.attach(file)) {
                disk = home.device(loop.path());
                vault = home.vault("vault_a", disk);
                one = home.backUp(vault, disk, "one");
            }
            home.console().disks().refresh();
            assertThat(home.console().disks().get(disk.id()).state()).isEqualTo(Disk.State.MISSING);
            assertThat(home.failed(home.tryBackUp(vault, disk, "two")).code()).isEqualTo("disk.missing");
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
            assertThat(Refusals.code(() -> home.console().disks().remove(disk.id())))
                    .isEqualTo("disk.bound");
            home.console().unbinding().unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
            home.console().disks().remove(disk.id());
            assertThat(home.console().disks().list())
                    .noneMatch(known -> known.id().equals(disk.id()));
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            try (LoopDevice loop = LoopDevice.attach(file)) {
                assertThat(home.device(loop.path()).id()).isEqualTo(disk.id());
            }
        }
    }

    @Test
    void aDiskThatShrinksInTheMiddleFailsWithItsNameAndOlderBackupsStay() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", BEYOND_BUFFERS);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 1_000_000);
                try (RandomAccessFile out = new RandomAccessFile(disk.path().toFile(), "rw")) {
                    out.setLength(1_000_000);
                }
            }
            Problem why = home.failed(task);
            assertThat(why.code()).isEqualTo("disk.shrunk");
            assertThat(why.args())
                    .containsEntry("disk", "web")
                    .containsEntry("before", BEYOND_BUFFERS * 1_000_000)
                    .containsEntry("now", 1_000_000);
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.ERROR);
            assertThat(home.backUp(vault, disk, "two").sizes().capacity()).isEqualTo(1_000_000);
        }
    }

    /** Without a word to it, a loop device whose file was cut short gives zeros to its old end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeviceThatShrinksInTheMiddleIsNoticedAtOnceWithItsNameAndBothSizes(boolean told) throws Exception {
        Path file = file(256);
        randomize(file, BEYOND_BUFFERS * 500_000);
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 1_000_000);
                Shell.run("truncate", "-s", "1M", file.toString());
                if (told) {
                    Shell.run("losetup", "-c", loop.path().toString());
                }
            }
            Problem why = home.failed(task);
            assertThat(why.code()).isEqualTo("disk.shrunk");
            assertThat(why.args())
                    .containsEntry("disk", loop.name())
                    .containsEntry("before", 256 << 20)
                    .containsEntry("now", 1 << 20);
            assertThat(home.console()
                            .tasks()
                            .find(task.id())
                            .orElseThrow()
                            .progress()
                            .percent())
                    .isLessThan(90);
        }
    }

    @Test
    void aDeviceThatLosesItsGroundInTheMiddleFailsAndTheNextBackupWorks() throws Exception {
        Path file = file(256);
        randomize(file, BEYOND_BUFFERS * 500_000);
        try (TestHome home = new TestHome(root)) {
            Disk disk;
            Vault vault;
            Task task;
            try (LoopDevice loop = LoopDevice.attach(file)) {
                disk = home.device(loop.path());
                vault = home.vault("vault_a", disk);
                try (TestHome.Slowed _ = home.slowed(vault)) {
                    task = home.begin(vault, disk, "one");
                    home.awaitStored(vault, task, 1_000_000);
                    Shell.run("truncate", "-s", "1M", file.toString());
                }
                Problem why = home.failed(task);
                assertThat(why.code()).isIn("disk.lost", "disk.shrunk", "disk.read");
            }
            randomize(file, 3_000_000);
            try (LoopDevice loop = LoopDevice.attach(file)) {
                Disk back = home.device(loop.path());
                assertThat(back.id()).isEqualTo(disk.id());
                home.backUp(vault, back, "two");
            }
        }
    }

    @Test
    void aDiskThatGrewIsBackedUpWholeAndTheTaskSaysSo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            home.change(disk, 6_000_000, 100_000, 1);
            Task task = home.done(home.tryBackUp(vault, disk, "two"));
            assertThat(home.console().tasks().steps(task.id()))
                    .extracting(step -> step.key())
                    .contains("resized");
            Backup two = home.backup(task);
            assertThat(two.sizes().capacity()).isEqualTo(6_100_000);
            Path copy = root.resolve("copy.img");
            home.restore(two, new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }

    @Test
    void anImageWrittenToDuringItsBackupIsNotConsistent() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", BEYOND_BUFFERS);
            Vault vault = home.vault("vault_a", disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 1_000_000);
                home.change(disk, 0, 4096, 9);
            }
            Backup backup = home.backup(home.done(task));
            assertThat(backup.consistency()).isEqualTo(Consistency.NONE);
            assertThat(backup.reason()).isEqualTo("changed");
        }
    }

    @Test
    void aDeviceMountedAndUnmountedAgainDuringItsBackupIsNotConsistent() throws Exception {
        Path file = file(256);
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            try (LoopDevice.Mounted _ = loop.mount(point)) {
                randomize(point.resolve("data"), BEYOND_BUFFERS * 500_000);
            }
            Disk disk = home.device(loop.path());
            Vault vault = home.vault("vault_a", disk);
            assertThat(home.backUp(vault, disk, "untouched").consistency()).isEqualTo(Consistency.CRASH);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one", true);
                home.awaitStep(task, "reading");
                try (LoopDevice.Mounted _ = loop.mount(point)) {
                    Files.writeString(point.resolve("more"), "written in between");
                }
            }
            Backup backup = home.backup(home.done(task));
            assertThat(backup.consistency()).isEqualTo(Consistency.NONE);
            assertThat(backup.reason()).isEqualTo("changed");
        }
    }

    private static String added(TestHome home, Path path) {
        return Refusals.code(
                () -> home.console().disks().addImage(new NewImage(path, Optional.empty(), Disk.Role.DATA)));
    }

    @Test
    void whatIsNoImageIsRefusedWithItsReason() throws Exception {
        try (TestHome home = new TestHome(root);
                ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(added(home, root.resolve("nothing"))).isEqualTo("image.missing");
            assertThat(added(home, root)).isEqualTo("image.folder");
            assertThat(added(home, Files.createFile(root.resolve("empty")))).isEqualTo("image.empty");
            Path point = Path.of("/tmp", "coffer-" + System.nanoTime() + ".sock");
            socket.bind(UnixDomainSocketAddress.of(point));
            try {
                assertThat(added(home, point)).isEqualTo("image.special");
            } finally {
                Files.delete(point);
            }
            Path loop = Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
            assertThat(added(home, loop)).isEqualTo("image.link");
            byte[] foreign = new byte[65_536];
            System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3}, 0, foreign, 0, 8);
            Path qcow = Files.write(root.resolve("a.qcow2"), foreign);
            assertThat(added(home, qcow)).isEqualTo("image.format");
            assertThat(home.console().disks().list()).isEmpty();
        }
    }
}
