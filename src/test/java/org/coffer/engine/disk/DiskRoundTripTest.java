package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real disks into a real vault and back; needs root, for loop devices and mounts.
 *
 * <pre>
 *   source.img ── loop ── mkfs, files ──▶ backup ──▶ restore ── loop ── target.img ── fsck, cmp
 * </pre>
 */
class DiskRoundTripTest {
    private static final int MB = 1 << 20;
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final String FILES = "target/classes";

    @TempDir
    private Path folder;

    private DiskLab lab;

    @BeforeEach
    void openLab() throws IOException {
        lab = new DiskLab(folder);
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private Path blank(String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(bytes);
        }
        return file;
    }

    /** Random bytes in some places, holes and written zeros in others; ends within a block. */
    private Path strewn(String name, int megabytes) throws IOException {
        Path file = blank(name, (long) megabytes * MB + 1000);
        SplittableRandom random = new SplittableRandom(5);
        byte[] bytes = new byte[MB / 3];
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < megabytes / 4; i++) {
                random.nextBytes(bytes);
                raw.seek(random.nextInt(megabytes * 3 - 1) * (long) bytes.length);
                raw.write(i % 5 == 0 ? new byte[bytes.length] : bytes);
            }
            raw.seek(raw.length() - 500);
            raw.write(bytes, 0, 500);
        }
        return file;
    }

    private static void overwrite(Path file, long at, int length, long seed) throws IOException {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            raw.write(bytes);
        }
    }

    private static long allocated(Path file) {
        return 512 * Long.parseLong(Shell.run("stat", "-c", "%b", file.toString()));
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
        return thrown[0].problem();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mkfs.ext4 -q -F | e2fsck -f -n
            mkfs.xfs -q -f  | xfs_repair -n
            """)
    void aFileSystemOnADeviceComesBackSoundAndByteForByte(String make, String check) throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Path source = blank("source.img", 320L * MB);
        Path target = blank("target.img", 320L * MB);
        overwrite(target, 100L * MB, 30 * MB, 9);
        Commit first;
        try (LoopDevice disk = LoopDevice.attach(source)) {
            Shell.run((make + " " + disk.path()).split(" +"));
            try (LoopDevice.Mounted mounted = disk.mount(point)) {
                Shell.run("cp", "-a", FILES, mounted.point().toString());
            }
            first = lab.backUp(disk.path(), null);
        }
        try (LoopDevice disk = LoopDevice.attach(target)) {
            lab.restore(first, disk.path());
            Shell.run((check + " " + disk.path()).split(" +"));
            try (LoopDevice.Mounted mounted = disk.mount(point)) {
                Shell.run("diff", "-r", FILES, mounted.point() + "/classes");
            }
            lab.restore(first, disk.path());
        }
        Shell.run("cmp", source.toString(), target.toString());
    }

    @Test
    void aSparseImageComesBackSparse() throws IOException {
        Path source = strewn("source.img", 200);
        Path target = folder.resolve("new.img");
        DiskRestore.Result result = lab.restore(lab.backUp(source, null), target);
        Shell.run("cmp", source.toString(), target.toString());
        assertThat(allocated(target)).isLessThan(allocated(source));
        assertThat(result.bytesCompared()).isZero();
        assertThat(result.bytesVerified()).isEqualTo(result.bytesWritten());
    }

    @Test
    void changedBlocksCostThemselvesAndEachBackupRestoresAlone() throws IOException {
        Path source = strewn("source.img", 200);
        Path before = Files.copy(source, folder.resolve("before.img"));
        Commit first = lab.backUp(source, null);
        for (int i = 0; i < 10; i++) {
            overwrite(source, i * 17L * MB + 5000, 4096, i);
        }
        Commit second = lab.backUp(source, first);
        assertThat(second.counts().newBlocks()).isEqualTo(10);
        assertThat(second.counts().storedBytes()).isLessThan(10L * BLOCK + 10_000);
        Commit third = lab.backUp(source, second);
        assertThat(third.counts().newBlocks()).isZero();
        lab.restore(third, folder.resolve("third.img"));
        lab.restore(first, folder.resolve("first.img"));
        Shell.run("cmp", source.toString(), folder.resolve("third.img").toString());
        Shell.run("cmp", before.toString(), folder.resolve("first.img").toString());
    }

    @Test
    void onlyWhatDiffersIsWrittenAndThePreviewSaysHowMuch() throws IOException {
        Path source = strewn("source.img", 200);
        Commit backup = lab.backUp(source, null);
        Path target = folder.resolve("target.img");
        lab.restore(backup, target);
        int changed = 32;
        for (int i = 0; i < changed; i++) {
            overwrite(target, i * 6L * MB + 70_000, 100, i);
        }
        DiskCompare.Difference preview;
        try (BlockSource disk = lab.machine.source(lab.machine.inspect(target))) {
            preview = DiskCompare.run(lab.reader(backup), disk, Work.quiet());
        }
        assertThat(preview.toWrite() + preview.toZero()).isEqualTo((long) changed * BLOCK);
        DiskRestore.Result result = lab.restore(backup, target);
        assertThat(result.bytesWritten()).isEqualTo((long) changed * BLOCK);
        assertThat(result.bytesVerified()).isEqualTo(preview.toWrite());
        Shell.run("cmp", source.toString(), target.toString());
        assertThat(lab.restore(backup, target).bytesWritten()).isZero();
    }

    @Test
    void aCanceledRestoreIsFinishedByRunningItAgain() throws IOException {
        Path source = strewn("source.img", 200);
        Commit backup = lab.backUp(source, null);
        Path target = folder.resolve("target.img");
        Work work = new Work();
        try (BlockTarget disk = lab.target(backup, target);
                Between between = new Between(disk, 20, () -> {
                    work.cancel();
                    return true;
                })) {
            assertThatThrownBy(() -> DiskRestore.run(lab.reader(backup), between, DiskLab.RESTORE, work))
                    .isInstanceOf(CanceledException.class);
        }
        assertThat(Shell.attempt("cmp", source.toString(), target.toString()).code())
                .isNotZero();
        DiskRestore.Result again = lab.restore(backup, target);
        assertThat(again.bytesCompared()).isPositive();
        assertThat(again.bytesWritten()).isPositive();
        Shell.run("cmp", source.toString(), target.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDriveThatLosesAWriteIsCaughtByReadingBack(boolean atOnce) throws IOException {
        Commit backup = lab.backUp(strewn("source.img", 100), null);
        try (BlockTarget disk = lab.target(backup, folder.resolve("target.img"));
                Between between = new Between(disk, 3, () -> false)) {
            if (!atOnce) {
                between.readInTheEnd();
            }
            assertThat(between.readsBack()).isEqualTo(atOnce);
            Problem problem =
                    problem(() -> DiskRestore.run(lab.reader(backup), between, DiskLab.RESTORE, Work.quiet()));
            assertThat(problem.code()).isEqualTo("restore.differs");
            assertThat(problem.args()).containsKey("place");
        }
    }

    @ParameterizedTest
    @CsvSource({"image.room, false", "disk.write, false", "disk.read, true"})
    void troubleWithOneOfManyLeavesEndsTheRestoreAndTheNextOneFinishesIt(String code, boolean readingBack)
            throws IOException {
        Path source = strewn("source.img", 200);
        Commit backup = lab.backUp(source, null);
        Path target = folder.resolve("target.img");
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (BlockTarget disk = lab.target(backup, target);
                Between between = new Between(disk, 12, () -> {
                    throw new ProblemException(Problem.of(code));
                })) {
            Between seen = readingBack ? between.countingReads() : between;
            assertThat(problem(() -> DiskRestore.run(lab.reader(backup), seen, DiskLab.RESTORE, Work.quiet()))
                            .code())
                    .isEqualTo(code);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("disk-") && !before.contains(thread))
                .isEmpty();
        assertThat(lab.restore(backup, target).bytesWritten()).isPositive();
        Shell.run("cmp", source.toString(), target.toString());
    }

    @Test
    void manyThreadsPassWhereOneMayDecode() throws IOException {
        Path source = strewn("source.img", 200);
        Commit backup = lab.backUp(source, null);
        Path target = folder.resolve("target.img");
        try (BlockTarget disk = lab.target(backup, target)) {
            DiskRestore.Result result =
                    DiskRestore.run(lab.reader(backup), disk, new DiskRestore.Options(true, 9, 1), Work.quiet());
            assertThat(result.bytesVerified()).isEqualTo(result.bytesWritten()).isPositive();
        }
        Shell.run("cmp", source.toString(), target.toString());
    }

    @Test
    void aSmallerTargetIsRefusedAndNotTouched() throws IOException {
        Commit backup = lab.backUp(strewn("source.img", 20), null);
        Path small = strewn("small.img", 19);
        Path copy = Files.copy(small, folder.resolve("copy.img"));
        Problem problem = problem(() -> lab.restore(backup, small));
        assertThat(problem.code()).isEqualTo("restore.small");
        assertThat(problem.args()).containsEntry("a", 19L * MB + 1000).containsEntry("b", 20L * MB + 1000);
        Shell.run("cmp", small.toString(), copy.toString());
    }

    @Test
    void aLargerTargetKeepsItsEndAndItsPartitionTableFits() throws IOException {
        Path source = blank("source.img", 64L * MB);
        Shell.run("sgdisk", "-n", "1:2048:+20M", source.toString());
        Commit backup = lab.backUp(source, null);
        Path target = blank("target.img", 100L * MB);
        overwrite(target, 80L * MB, MB, 3);
        String hashOfEnd = "tail -c 20M " + target + " | head -c 19M | sha256sum";
        String end = Shell.run("sh", "-c", hashOfEnd);
        try (LoopDevice disk = LoopDevice.attach(target)) {
            lab.restore(backup, disk.path());
            assertThat(Shell.run("sgdisk", "-v", disk.path().toString())).contains("No problems found");
        }
        assertThat(Shell.run("sh", "-c", hashOfEnd)).isEqualTo(end);
    }

    @Test
    void aDiskThatShrinksWhileItIsReadFailsTheBackup() throws IOException {
        Path file = strewn("source.img", 100);
        try (LoopDevice loop = LoopDevice.attach(file);
                BlockSource disk = lab.machine.source(lab.machine.inspect(loop.path()));
                Between between = new Between(disk, 3, () -> {
                    blank("source.img", 50L * MB);
                    return true;
                })) {
            assertThat(problem(() -> lab.backUp(between, null, Work.quiet())).code())
                    .isEqualTo("disk.shrunk");
        }
        lab.vault.refresh();
        assertThat(lab.vault.backups()).isEmpty();
    }

    @Test
    void anImageThatVanishesWhileItIsReadFailsTheBackupWithItsProgress() throws IOException {
        Path file = strewn("source.img", 100);
        Work work = new Work();
        try (BlockSource disk = lab.machine.source(lab.machine.inspect(file));
                Between between = new Between(disk, 20, () -> {
                    Files.delete(file);
                    return true;
                })) {
            Problem problem = problem(() -> lab.backUp(between, null, work));
            assertThat(problem.code()).isEqualTo("disk.lost");
            assertThat((Integer) problem.args().get("percent")).isPositive();
        }
    }

    @Test
    void aLoopDeviceDetachedWhileItIsReadIsReadToItsEnd() throws IOException {
        Path file = strewn("source.img", 100);
        LoopDevice loop = LoopDevice.attach(file);
        try (BlockSource disk = lab.machine.source(lab.machine.inspect(loop.path()));
                Between between = new Between(disk, 3, () -> {
                    loop.close();
                    return true;
                })) {
            Commit backup = lab.backUp(between, null, Work.quiet());
            lab.restore(backup, folder.resolve("new.img"));
            // The device ends with its last whole sector.
            Shell.run("cmp", "-n", Long.toString(disk.size()), file.toString(), folder + "/new.img");
        } finally {
            loop.close();
        }
    }

    @Test
    void progressReachesTheWholeDiskHolesIncluded() throws IOException {
        Path file = strewn("source.img", 100);
        Work work = new Work();
        try (BlockSource disk = lab.machine.source(lab.machine.inspect(file))) {
            lab.backUp(disk, null, work);
        }
        assertThat(work.snapshot().stage()).isEqualTo(Stage.COPYING);
        assertThat(work.snapshot().done()).isEqualTo(work.snapshot().total()).isEqualTo(100L * MB + 1000);
    }
}
