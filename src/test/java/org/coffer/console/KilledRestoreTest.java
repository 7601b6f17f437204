package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Origin;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Receipt;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S3, S8: a process that is killed with SIGKILL while it restores onto a disk. Needs root, for loop devices.
 *
 * <pre>
 *   the disk:  old (20 MB of random bytes, backed up)  →  now (all of it zero)  →  killed on the way back to old
 * </pre>
 */
class KilledRestoreTest {
    private static final int LEAF = 8 << 20;

    @TempDir
    private Path root;

    private static Task restoreOf(TestHome home) {
        var filter = new TaskFilter(
                Set.of(TaskType.RESTORE),
                Set.of(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                "");
        return home.console().tasks().list(filter, 0, 1).getFirst();
    }

    private Path disk() {
        Path file = root.resolve("disk.raw");
        Shell.run("truncate", "-s", "32M", file.toString());
        Shell.run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=20", "conv=notrunc", "status=none");
        return file;
    }

    private static void zero(Path device) {
        Shell.run("dd", "if=/dev/zero", "of=" + device, "bs=1M", "count=32", "conv=notrunc,fsync", "status=none");
    }

    /** Some block that was zero is not any more. */
    private static boolean begun(Path device) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(device.toFile(), "r")) {
            for (long at = 0; at < 20 << 20; at += LEAF) {
                in.seek(at);
                if (in.readLong() != 0) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void inTheMiddleOfOverwritingItIsFinishedOrUndoneAfterwards() throws Exception {
        Path file = disk();
        byte[] old = Files.readAllBytes(file);
        try (LoopDevice loop = LoopDevice.attach(file)) {
            Backup one;
            try (TestHome home = new TestHome(root)) {
                Disk disk = home.device(loop.path());
                Vault vault = home.vault("vault_a", disk);
                one = home.backUp(vault, disk, "one");
                home.console().locations().limit(vault.locationId(), 1);
            }
            zero(loop.path());
            byte[] now = Files.readAllBytes(loop.path());
            assertThat(Victim.killed(root, "undoable", one.id().toString(), () -> begun(loop.path())))
                    .isTrue();
            assertThat(Files.readAllBytes(loop.path())).isNotEqualTo(now).isNotEqualTo(old);

            try (TestHome home = new TestHome(root)) {
                home.console().locations().limit(home.location().id(), 0);
                Restores restores = home.console().restores();
                Task cut = restoreOf(home);
                assertThat(cut.status()).isEqualTo(TaskStatus.FAILED);
                assertThat(restores.receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);
                assertThat(restores.undoable(cut.id()).orElseThrow().unfinished())
                        .isTrue();

                Task finished = home.done(home.console().tasks().retry(cut.id()));
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(old);
                assertThat(restores.undoable()).hasSize(1);
                home.done(restores.undo(finished.id()));
                assertThat(Files.readAllBytes(loop.path()))
                        .as("what was before the first of the two")
                        .isEqualTo(now);
                Victim.leftNothingStuck(home);
            }
        }
    }

    /** A mounted disk that was backed up, and changed since. */
    private Backup mounted(LoopDevice loop, Path point) throws Exception {
        Shell.run("mkfs.ext4", "-q", "-F", loop.path().toString());
        Backup one;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.device(loop.path());
            Vault vault = home.vault("vault_a", disk);
            one = home.backUp(vault, disk, "one");
            home.console().locations().limit(vault.locationId(), 1);
        }
        Shell.run("mount", "-o", "noatime", loop.path().toString(), point.toString());
        Shell.run("dd", "if=/dev/urandom", "of=" + point.resolve("new"), "bs=1M", "count=12", "status=none");
        Shell.run("sync", "-f", point.toString());
        return one;
    }

    @Test
    void whatWasUnmountedForOneThatDidNotBeginIsMountedAgainByTheNextProcess() throws Exception {
        Path point = Files.createDirectory(root.resolve("point"));
        try (LoopDevice loop = LoopDevice.attach(disk())) {
            try {
                Backup one = mounted(loop, point);
                Victim.killedWhenBegun(root, "unmounted", one.id().toString());
                assertThat(point.resolve("new")).doesNotExist();

                try (TestHome home = new TestHome(root)) {
                    assertThat(point.resolve("new")).hasSize(12 << 20);
                    assertThat(Shell.run("findmnt", "-n", "-o", "OPTIONS", point.toString()))
                            .contains("noatime");
                    assertThat(home.console().disks().owedMounts()).isEmpty();
                    Victim.leftNothingStuck(home);
                }
            } finally {
                Shell.attempt("umount", point.toString());
            }
        }
    }

    @Test
    void whatWasUnmountedForOneThatIsInTheMiddleIsMountedWhenThatIsFinished() throws Exception {
        Path point = Files.createDirectory(root.resolve("point"));
        try (LoopDevice loop = LoopDevice.attach(disk())) {
            try {
                Backup one = mounted(loop, point);
                Victim.killedWhenMarked(root, "unmounted", one.id().toString());

                try (TestHome home = new TestHome(root)) {
                    home.console().locations().limit(home.location().id(), 0);
                    assertThat(home.console()
                                    .restores()
                                    .receipt(restoreOf(home).id())
                                    .verdict())
                            .isEqualTo(Receipt.Verdict.UNFINISHED);
                    assertThat(Shell.attempt("findmnt", "-n", point.toString()).said())
                            .as("nobody looks at what is half")
                            .isEmpty();
                    home.done(home.console().tasks().retry(restoreOf(home).id()));
                    assertThat(point.resolve("lost+found")).exists();
                    assertThat(point.resolve("new")).doesNotExist();
                }
            } finally {
                Shell.attempt("umount", point.toString());
            }
        }
    }

    @Test
    void betweenItsSafetyCopyAndTheFirstWriteTheDiskIsUntouched() throws Exception {
        Path file = disk();
        try (LoopDevice loop = LoopDevice.attach(file)) {
            Backup one;
            try (TestHome home = new TestHome(root)) {
                Disk disk = home.device(loop.path());
                one = home.backUp(home.vault("vault_a", disk), disk, "one");
            }
            zero(loop.path());
            byte[] now = Files.readAllBytes(loop.path());
            Victim.killedWhenCopied(root, one.id().toString());

            try (TestHome home = new TestHome(root)) {
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(now);
                Task cut = restoreOf(home);
                assertThat(home.console().restores().receipt(cut.id()).verdict())
                        .isEqualTo(Receipt.Verdict.UNTOUCHED);
                assertThat(Refusals.code(() -> home.console().restores().undo(cut.id())))
                        .isEqualTo("undo.untouched");
                Backup copy = home.console().backups().ofVault(one.vaultId()).stream()
                        .filter(backup -> backup.origin() == Origin.SAFETY_COPY)
                        .findFirst()
                        .orElseThrow();
                assertThat(home.restored(copy)).isEqualTo(now);
                Victim.leftNothingStuck(home);
            }
        }
    }
}
