package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Receipt;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.machine.SmallSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * S1, S3: a process that is killed with SIGKILL while a tool of the system grows the file system on the disk that it restored. The tool
 * has grown it to half of the way, for real, and stands still there. Needs root, for loop devices and mounts.
 *
 * <pre>
 *   backup:  GPT │ … │ file system │
 *   target:  old bytes  …………………………… old bytes
 *   killed:  GPT │ … │ file system ………… half │ …
 * </pre>
 */
class KilledGrowthTest {
    private static final int MB = 1 << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path root;

    /** Puts a script in the place of a tool, which says its process and stands still after the real tool went half of the way. */
    private Path standingStill(String tool, String halfWay) throws IOException {
        Path programs = Files.createDirectory(root.resolve("programs"));
        String real = Shell.run("sh", "-c", "PATH=/usr/sbin:/sbin:$PATH command -v " + tool);
        Path script = programs.resolve(tool);
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "real=" + real,
                        "case $1 in --info) exec $real \"$@\";; esac",
                        halfWay + " || exit",
                        "sync",
                        "echo $$ > " + root.resolve("begun.new"),
                        "mv " + root.resolve("begun.new") + " " + root.resolve("begun"),
                        "exec sleep 1000"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return programs;
    }

    private Path larger(int megabytes) throws IOException {
        Path file = root.resolve("larger.raw");
        byte[] old = new byte[2 * MB];
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at : new long[] {0, megabytes / 2 * (long) MB, (megabytes - 2) * (long) MB}) {
                new SplittableRandom(at).nextBytes(old);
                out.seek(at);
                out.write(old);
            }
        }
        return file;
    }

    private static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + PATIENCE;
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static Task newest(TestHome home) {
        var filter = new TaskFilter(
                Set.of(TaskType.RESTORE), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), "");
        return home.console().tasks().list(filter, 0, 1).getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ext4 |  24 |  90 | resize2fs  | $real "$1" 50M
            ntfs |  24 |  90 | ntfsresize | $real --force --force --no-progress-bar --size 50M "$3"
            xfs  | 320 | 460 | xfs_growfs | $real -D 100000 "$2"
            """)
    void theToolDiesTooNothingStaysMountedAndItIsFinishedOrUndone(
            String format, int megabytes, int target, String tool, String halfWay) throws Exception {
        Path programs = standingStill(tool, halfWay);
        Path made = SmallSystem.make(root.resolve("make"), "gpt", format, megabytes);
        SmallSystem.Shown was = SmallSystem.shown(made);
        Path file = larger(target);
        try (LoopDevice loop = LoopDevice.attach(file)) {
            byte[] before = Files.readAllBytes(loop.path());
            Backup one;
            try (TestHome home = new TestHome(root)) {
                Disk disk = home.console().disks().addImage(new NewImage(made, Optional.of("web"), Disk.Role.DATA));
                one = home.backUp(home.vault("vault_a", disk), disk, "one");
                home.edit("update resource set name = 'big' where id = '"
                        + home.device(loop.path()).id() + "'");
            }
            Path begun = root.resolve("begun");
            assertThat(Victim.killed(root, programs, "grow", one.id().toString(), () -> Files.exists(begun)))
                    .isTrue();
            Path process = Path.of("/proc", Files.readString(begun).strip());
            until("the tool ends with Coffer", () -> !Files.exists(process));
            until(
                    "nothing lies over the disk any more",
                    () -> Shell.run("losetup", "-n", "-O", "BACK-FILE")
                            .lines()
                            .noneMatch(line -> line.strip().equals(loop.path().toString())));
            assertThat(Shell.run("findmnt", "-rn", "-o", "TARGET")).doesNotContain("coffer-grow");
            Files.delete(programs.resolve(tool));

            try (TestHome home = new TestHome(root)) {
                Restores restores = home.console().restores();
                Task cut = newest(home);
                assertThat(restores.receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);
                Task finished = home.done(home.console().tasks().retry(cut.id()));
                assertThat(restores.receipt(finished.id()).grown().orElseThrow().problem())
                        .isEmpty();
                SmallSystem.Shown now = SmallSystem.shown(loop.path());
                assertThat(now.files()).isEqualTo(was.files()).hasSize(5);
                assertThat(now.volume().size()).isGreaterThan(was.volume().size() + 40L * MB);
                assertThat(Shell.run("sgdisk", "-v", loop.path().toString())).contains("No problems found");
                home.done(restores.undo(finished.id()));
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(before);
                Victim.leftNothingStuck(home);
            }
        }
    }

    /** What a restore that does not grow makes of such a disk. */
    private byte[] ungrown(TestHome home, Backup one, int megabytes) throws Exception {
        Path file = root.resolve("ungrown.raw");
        Files.copy(larger(megabytes), file);
        Disk disk = home.console().disks().addImage(new NewImage(file, Optional.of("ungrown"), Disk.Role.DATA));
        home.done(home.console()
                .restores()
                .start(new NewRestore(one.id(), new Target.OtherDisk(disk.id()), true, false)));
        return Files.readAllBytes(file);
    }

    @Test
    void finishedWithoutGrowingTheEndOfTheDiskIsWhatItWas() throws Exception {
        int megabytes = 90;
        Path programs = standingStill("resize2fs", "$real \"$1\" 70M");
        Path made = SmallSystem.make(root.resolve("make"), "gpt", "ext4", 24);
        Path file = larger(megabytes);
        try (LoopDevice loop = LoopDevice.attach(file)) {
            byte[] before = Files.readAllBytes(loop.path());
            Backup one;
            byte[] ungrown;
            try (TestHome home = new TestHome(root)) {
                Disk disk = home.console().disks().addImage(new NewImage(made, Optional.of("web"), Disk.Role.DATA));
                one = home.backUp(home.vault("vault_a", disk), disk, "one");
                ungrown = ungrown(home, one, megabytes);
                home.edit("update resource set name = 'big' where id = '"
                        + home.device(loop.path()).id() + "'");
            }
            Path begun = root.resolve("begun");
            assertThat(Victim.killed(root, programs, "grow", one.id().toString(), () -> Files.exists(begun)))
                    .isTrue();
            until("the tool ends with Coffer", () -> !alive());
            assertThat(Arrays.mismatch(tail(Files.readAllBytes(loop.path())), tail(before)))
                    .as("the tool has written beyond the end of the backup")
                    .isNotNegative();

            try (TestHome home = new TestHome(root)) {
                Restores restores = home.console().restores();
                UUID disk = newest(home).subject().resourceId().orElseThrow();
                var wanted = new NewRestore(one.id(), new Target.OtherDisk(disk), true, true, false);
                Task finished = home.done(restores.start(wanted));
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(ungrown);
                assertThat(restores.receipt(finished.id()).verdict()).isEqualTo(Receipt.Verdict.VERIFIED);
                assertThat(restores.receipt(finished.id()).aftercare())
                        .contains(Receipt.Aftercare.GROW)
                        .doesNotContain(Receipt.Aftercare.END_CHANGED);
                home.done(restores.undo(finished.id()));
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(before);
                Victim.leftNothingStuck(home);
            }
        }
    }

    /** What lies behind the backup and before the table of a larger disk. */
    private static byte[] tail(byte[] disk) {
        return Arrays.copyOfRange(disk, 30 * MB, disk.length - MB);
    }

    private boolean alive() {
        try {
            return Files.exists(
                    Path.of("/proc", Files.readString(root.resolve("begun")).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
