package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S7: what goes wrong with the target or the vault while files are restored. What is done stays, what is not is named, and done
 * again the restore goes on. Needs root, for mounts.
 *
 * <pre>
 *   a/     first (11 bytes)
 *   b/     1 … 5 (4 MB each, random), so that not all of it is read at once
 *   c/     number 0 … 59 (a few bytes each)
 * </pre>
 */
class FileTroubleTest {
    private static final int LARGE = 4_000_000;

    @TempDir
    private Path root;

    private Path content;
    private TestHome home;
    private Vault vault;
    private Disk disk;
    private Backup one;
    private Path into;

    @BeforeEach
    void backUp() throws Exception {
        content = root.resolve("content");
        Files.writeString(Files.createDirectories(content.resolve("a")).resolve("first"), "the first\n!");
        Path large = Files.createDirectory(content.resolve("b"));
        for (int i = 1; i <= 5; i++) {
            byte[] random = new byte[LARGE];
            new SplittableRandom(i).nextBytes(random);
            Files.write(large.resolve(String.valueOf(i)), random);
        }
        Path small = Files.createDirectory(content.resolve("c"));
        for (int i = 0; i < 60; i++) {
            Files.writeString(small.resolve("number " + i), "content of " + i);
        }
        Path image = new FilesLab(root).plain("web", content, 64L << 20);
        home = new TestHome(root);
        disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
        vault = home.vault("vault_a", disk);
        one = home.backUp(vault, disk, "one");
        into = Files.createDirectory(root.resolve("into"));
    }

    @AfterEach
    void close() {
        home.close();
        while (Shell.attempt("umount", "-l", into.toString()).code() == 0) {
            // There may be one over another.
        }
    }

    private Task start(Conflict conflict, String... paths) {
        return home.console()
                .files()
                .start(new NewFileRestore(
                        one.id(),
                        Stream.of(paths).map(FilePath::parse).toList(),
                        new NewFileRestore.Place.Folder(into),
                        conflict));
    }

    private FileOutcome outcome(Task task) {
        return home.console()
                .files()
                .outcome(home.console().tasks().find(task.id()).orElseThrow());
    }

    /** Does it again and expects that all is there then; returns what that run did. */
    private FileOutcome again(Task failed) throws InterruptedException {
        return outcome(home.done(home.console().tasks().retry(failed.id())));
    }

    private static void await(Path path) {
        while (!Files.exists(path)) {
            LockSupport.parkNanos(500_000);
        }
    }

    private void assertRestored(String... folders) throws IOException {
        for (String folder : folders) {
            assertThat(Alike.lines(into.resolve(folder))).isEqualTo(Alike.lines(content.resolve(folder)));
        }
        try (Stream<Path> all = Files.walk(into)) {
            assertThat(all).noneMatch(path -> path.toString().endsWith(".part"));
        }
    }

    @Test
    void aTargetThatBecomesFullKeepsWhatIsDoneAndTheRestoreGoesOnWhenThereIsRoom() throws Exception {
        // Each file takes a page there, which nobody can know beforehand.
        Shell.run("mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", into.toString());

        Task full = start(Conflict.KEEP, "0:/a", "0:/c");
        Problem why = home.failed(full);

        assertThat(why.code()).isEqualTo("files.full");
        assertThat(why.args()).containsEntry("path", into.toString());
        FileOutcome cut = outcome(full);
        assertThat(cut.restored()).isBetween(10L, 40L);
        assertThat(cut.all()).hasValue(61);
        assertThat(cut.failures()).as("nothing is wrong with any file").isEmpty();
        assertThat(cut.failed()).isZero();
        FileReceipt receipt = home.console().files().receipt(full.id());
        assertThat(receipt.verdict()).isEqualTo(FileReceipt.Verdict.FAILED);
        assertThat(receipt.problem().orElseThrow().code()).isEqualTo("files.full");
        assertThat(home.console().tasks().steps(full.id()))
                .anySatisfy(step -> assertThat(step.key()).isEqualTo("file-cut"));
        assertThat(into.resolve("a/first")).hasContent("the first\n!");
        long there = Alike.lines(into.resolve("c")).size();
        assertThat(there).as("nothing half").isEqualTo(cut.restored() - 1);

        Shell.run("mount", "-o", "remount,size=10M", into.toString());
        FileOutcome rest = again(full);
        assertThat(rest.restored()).isEqualTo(61);
        assertThat(rest.bytes()).as("only what was missing is written").isBetween(1L, (61 - cut.restored()) * 13);
        assertRestored("a", "c");
    }

    @Test
    void whatWasToBeReplacedAndWasNotIsReplacedWhenTheRestoreIsDoneAgain() throws Exception {
        Shell.run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", into.toString());
        Path first = Files.writeString(Files.createDirectory(into.resolve("a")).resolve("first"), "of somebody");
        // Only what is in it tells it from the one in the backup.
        Files.setLastModifiedTime(first, Files.getLastModifiedTime(content.resolve("a/first")));
        Files.writeString(into.resolve("ballast"), "no room for anything more");

        Task full = start(Conflict.REPLACE, "0:/a");
        assertThat(home.failed(full).code()).isIn("files.full", "files.room");
        assertThat(first).hasContent("of somebody");

        Shell.run("mount", "-o", "remount,size=10M", into.toString());
        assertThat(again(full).restored()).isEqualTo(1);
        assertThat(first).hasContent("the first\n!");
    }

    @Test
    void aFileThatIsTooLargeForTheTargetOrOfAnAbsurdSizeCostsItselfOnly() throws Exception {
        Path large = Files.createDirectory(content.resolve("d"));
        Files.writeString(large.resolve("fine"), "fine");
        Shell.run("truncate", "-s", "1T", large.resolve("large").toString());
        Shell.run("truncate", "-s", "1G", large.resolve("absurd").toString());
        Path image = new FilesLab(root).plain("web", content, 64L << 20);
        Shell.run("debugfs", "-w", "-R", "set_inode_field /d/absurd size 0x7ffffffffffffff0", image.toString());
        one = home.backUp(vault, disk, "two");
        Path small = root.resolve("small.img");
        Shell.run("truncate", "-s", "8M", small.toString());
        Shell.run("mkfs.ext2", "-q", "-b", "1024", small.toString()); // It holds files of up to 16 GB.
        Shell.run("mount", "-o", "loop", small.toString(), into.toString());

        Task task = start(Conflict.KEEP, "0:/d");
        assertThat(home.failed(task).code()).isEqualTo("files.partly");

        FileOutcome outcome = outcome(task);
        assertThat(outcome.restored()).isEqualTo(1);
        assertThat(outcome.failures())
                .allMatch(failure -> Refusals.spoken(failure.problem()).code().equals("files.large"))
                .extracting(FileFailure::path)
                .containsExactlyInAnyOrder("0:/d/large", "0:/d/absurd");
        assertThat(into.resolve("d")).isDirectoryContaining(path -> path.endsWith("fine"));
        try (Stream<Path> all = Files.list(into.resolve("d"))) {
            assertThat(all).hasSize(1);
        }
    }

    /** As it would be after the power failed in the moment in which the restore ended. */
    @Test
    void namesInTheTopmostFolderOutliveThePower() throws Exception {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "16M", stick.toString());
        Shell.run("mkfs.ext4", "-q", stick.toString());
        Path copy = root.resolve("after.img");
        try (LoopDevice loop = LoopDevice.attach(stick)) {
            // By itself it would write names out every hour.
            Shell.run("mount", "-o", "commit=3600", loop.path().toString(), into.toString());
            home.done(start(Conflict.KEEP, "0:/a/first", "0:/c/number 1", "0:/c/number 2"));
            Shell.run("cp", "--sparse=always", stick.toString(), copy.toString());
            Shell.run("umount", into.toString());
        }
        Shell.run("mount", "-o", "loop", copy.toString(), into.toString());
        assertThat(into.resolve("first")).hasContent("the first\n!");
        assertThat(into.resolve("number 1")).hasContent("content of 1");
        assertThat(into.resolve("number 2")).hasContent("content of 2");
    }

    @Test
    void aVaultThatGoesAwayInTheMiddleEndsTheRestoreWhichGoesOnWhenItIsBack() throws Exception {
        Path place = root.resolve("place");
        Path away = root.resolve("away");
        Task cut;
        try (TestHome.Slowed _ = home.slowed(vault, 4)) {
            cut = start(Conflict.KEEP, "0:/a", "0:/b");
            await(into.resolve("a/first"));
            Files.move(place, away);
            assertThat(home.failed(cut).code()).startsWith("location.");
        }
        long before = outcome(cut).restored();
        assertThat(before).isBetween(1L, 5L);

        Files.move(away, place);
        home.console().locations().list(); // Looks at it: it is back.
        FileOutcome rest = again(cut);
        assertThat(rest.restored()).isEqualTo(6);
        assertThat(rest.bytes()).isLessThanOrEqualTo((6 - before) * LARGE);
        assertRestored("a", "b");
    }

    @Test
    void whatWasStoppedGoesOnWhereItWasAndRestoresNothingTwice() throws Exception {
        Task stopped;
        try (TestHome.Slowed _ = home.slowed(vault, 4)) {
            stopped = start(Conflict.KEEP, "0:/a", "0:/b");
            await(into.resolve("a/first"));
            home.console().tasks().cancel(stopped.id());
            home.console().tasks().await(stopped.id());
        }
        Task ended = home.console().tasks().find(stopped.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(home.console().files().receipt(ended.id()).verdict()).isEqualTo(FileReceipt.Verdict.STOPPED);
        assertThat(into.resolve("b/5")).doesNotExist();

        NewFileRestore wanted = new NewFileRestore(
                one.id(),
                List.of(FilePath.parse("0:/a"), FilePath.parse("0:/b")),
                new NewFileRestore.Place.Folder(into),
                Conflict.KEEP);
        FileOutcome rest = outcome(home.done(home.console().files().again(ended, wanted)));

        assertThat(rest.restored()).isEqualTo(6);
        assertThat(rest.renamed()).isZero();
        try (Stream<Path> all = Files.list(into)) {
            assertThat(all).containsExactlyInAnyOrder(into.resolve("a"), into.resolve("b"));
        }
        assertRestored("a", "b");
        assertThat(root.resolve("home/restores")).isEmptyDirectory();
    }

    @Test
    void aTargetThatVanishesHalfWayIsNamedAndTheRestoreGoesOnWhenItIsBack() throws Exception {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "64M", stick.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", stick.toString());
        try (LoopDevice loop = LoopDevice.attach(stick)) {
            Process driver = drive(loop);
            Task cut;
            try (TestHome.Slowed _ = home.slowed(vault, 4)) {
                cut = start(Conflict.KEEP, "0:/a", "0:/b");
                await(into.resolve("a/first"));
                driver.destroyForcibly().waitFor();
                Problem why = home.failed(cut);
                assertThat(why.code()).isEqualTo("files.gone");
                assertThat(why.args()).containsEntry("path", into.toString());
            }
            Shell.run("umount", "-l", into.toString());
            assertThat(into).isEmptyDirectory();

            driver = drive(loop);
            FileOutcome rest = again(cut);
            assertThat(rest.restored()).isEqualTo(6);
            assertThat(rest.failed()).isZero();
            assertThat(into.resolve("a/first")).hasContent("the first\n!");
            for (int i = 1; i <= 5; i++) {
                assertThat(Files.mismatch(into.resolve("b/" + i), content.resolve("b/" + i)))
                        .isEqualTo(-1);
            }
            Shell.run("umount", into.toString());
            assertThat(driver.waitFor()).isZero();
        }
    }

    /** Mounts by a process that can be ended like a drive that is pulled out. */
    private Process drive(LoopDevice loop, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("ntfs-3g", "-o", String.join(",", options) + (options.length > 0 ? "," : "") + "no_detach"));
        command.add(loop.path().toString());
        command.add(into.toString());
        Process driver = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (Shell.attempt("mountpoint", "-q", into.toString()).code() != 0) {
            assertThat(driver.isAlive()).isTrue();
            LockSupport.parkNanos(5_000_000);
        }
        return driver;
    }

    @Test
    void aTargetThatCanOnlyBeReadIsRefusedBeforeAndNamedIfItBecomesSo() throws Exception {
        Shell.run("mount", "-t", "tmpfs", "-o", "ro,size=40M", "tmpfs", into.toString());
        assertThat(Refusals.code(() -> start(Conflict.KEEP, "0:/a"))).isEqualTo("image.denied");

        Shell.run("mount", "-o", "remount,rw", into.toString());
        Task cut;
        try (TestHome.Slowed _ = home.slowed(vault, 4)) {
            cut = start(Conflict.KEEP, "0:/a", "0:/b");
            await(into.resolve("a/first"));
            home.console().tasks().pause(cut.id());
            home.restart(); // As long as a file is open for writing, the kernel leaves its drive as it is.
        }
        Shell.run("mount", "-o", "remount,ro", into.toString());
        home.console().tasks().resume(cut.id());
        assertThat(home.failed(cut).code()).isEqualTo("files.readonly");
        assertThat(into.resolve("a/first")).hasContent("the first\n!");
        Shell.run("mount", "-o", "remount,rw", into.toString());
        assertThat(again(cut).restored()).isEqualTo(6);
        assertRestored("a", "b");
    }

    @Test
    void namesThatTheTargetDoesNotKnowAreNamedAndAllOthersRestored() throws Exception {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "16M", stick.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", stick.toString());
        Path names = Files.createDirectory(content.resolve("names"));
        Files.writeString(names.resolve("what?.txt"), "a question");
        Files.writeString(names.resolve("10:30"), "a time");
        Files.writeString(names.resolve("ends with a dot."), "a dot");
        Files.writeString(names.resolve("fine.txt"), "fine");
        Files.createDirectory(names.resolve("a|b"));
        Files.writeString(names.resolve("a|b/inside"), "inside");
        backUpAnew();
        try (LoopDevice loop = LoopDevice.attach(stick)) {
            Process driver = drive(loop, "windows_names");
            Task task = start(Conflict.KEEP, "0:/names");
            assertThat(home.failed(task).code()).isEqualTo("files.partly");
            FileOutcome outcome = outcome(task);
            assertThat(outcome.failures())
                    .allMatch(
                            failure -> Refusals.spoken(failure.problem()).code().equals("files.name"))
                    .extracting(FileFailure::path)
                    .containsExactlyInAnyOrder(
                            "0:/names/what?.txt", "0:/names/10:30", "0:/names/ends with a dot.", "0:/names/a|b");
            assertThat(into.resolve("names/fine.txt")).hasContent("fine");
            assertThat(outcome.restored()).isEqualTo(1);
            Shell.run("umount", into.toString());
            assertThat(driver.waitFor()).isZero();
        }
    }

    @Test
    void aNameThatCannotBeGivenHereIsSaidBeforeAnythingStarts() throws Exception {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "16M", stick.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", stick.toString());
        String name = "\u957f".repeat(100);
        try (LoopDevice loop = LoopDevice.attach(stick)) {
            Process driver = drive(loop);
            Files.writeString(into.resolve(name), "300 bytes are too many for a name here");
            Files.writeString(into.resolve("fine"), "fine");
            Shell.run("umount", into.toString());
            assertThat(driver.waitFor()).isZero();
        }
        Disk ntfs = home.console().disks().addImage(new NewImage(stick, Optional.of("stick"), Disk.Role.DATA));
        home.console().vaults().bindings().bind(vault.id(), List.of(ntfs.id()));
        Backup two = home.backUp(vault, ntfs, "two");

        FilePlan plan = home.console()
                .files()
                .plan(
                        new NewFileRestore(
                                two.id(),
                                List.of(FilePath.parse("0:/" + name), FilePath.parse("0:/fine")),
                                new NewFileRestore.Place.Folder(into),
                                Conflict.KEEP),
                        Work.quiet());

        assertThat(plan.files()).isEqualTo(1);
        assertThat(plan.possible()).isTrue();
        assertThat(plan.unreadable()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("0:/" + name);
            assertThat(failure.problem().code()).isEqualTo("files.name");
        });
    }

    private void backUpAnew() throws Exception {
        Path image = new FilesLab(root).plain("web", content, 64L << 20);
        assertThat(image).isEqualTo(disk.path());
        one = home.backUp(vault, disk, "two");
    }

    @Test
    void aNameThatIsTooLongForTheTargetIsNamed() throws Exception {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "16M", stick.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", stick.toString());
        String name = "\u5f88\u957f".repeat(100); // 200 characters, which are 600 bytes elsewhere
        Path source = Files.createDirectory(root.resolve("source"));
        Path script = Files.writeString(
                root.resolve("fill.sh"), "cd " + source + "; echo long > " + name + "; echo short > short\n");
        Disk other;
        try (LoopDevice loop = LoopDevice.attach(stick)) {
            Shell.run("ntfs-3g", loop.path().toString(), source.toString());
            Shell.run("bash", script.toString());
            Shell.run("umount", source.toString());
        }
        other = home.console().disks().addImage(new NewImage(stick, Optional.of("stick"), Disk.Role.DATA));
        one = home.backUp(home.vault("vault_b", other), other, "stick");
        Task task = start(Conflict.KEEP, "0:/" + name, "0:/short");
        assertThat(home.failed(task).code()).isEqualTo("files.partly");
        assertThat(outcome(task).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("0:/" + name);
            assertThat(failure.problem().code()).isEqualTo("files.name");
        });
        assertThat(into.resolve("short")).hasContent("short\n");
    }

    @Test
    void aDamagedBlockCostsItsFileOnlyWhichIsNamed() throws Exception {
        Path pack = largest(home.objects(vault).resolve("data"));
        TestHome.flip(pack, Files.size(pack) / 2);

        Task task = start(Conflict.KEEP, "0:/a", "0:/b", "0:/c");
        assertThat(home.failed(task).code()).isEqualTo("files.partly");

        FileOutcome outcome = outcome(task);
        assertThat(outcome.failures())
                .isNotEmpty()
                .allMatch(failure -> failure.path().startsWith("0:/b/"));
        assertThat(outcome.failures())
                .allMatch(failure -> Refusals.spoken(failure.problem()).code().equals("vault.damaged"));
        assertThat(outcome.failed()).as("a frame lies in two files at most").isLessThanOrEqualTo(2);
        assertThat(outcome.restored()).isEqualTo(66 - outcome.failed());
        for (int i = 1; i <= 5; i++) {
            String path = "0:/b/" + i;
            Path file = into.resolve("b/" + i);
            if (outcome.failures().stream().anyMatch(failure -> failure.path().equals(path))) {
                assertThat(file).as("nothing wrong is left there").doesNotExist();
            } else {
                assertThat(Files.mismatch(file, content.resolve("b/" + i))).isEqualTo(-1);
            }
        }
        assertRestored("a", "c");
        assertThat(home.again(one.id()).damaged()).isTrue();
    }

    private static Path largest(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    /**
     * <pre>
     *   into/c/number 7          goes to   into/Replaced …/c/
     *   into/b/ a drive          goes to   into/b/Replaced …/
     * </pre>
     */
    @Test
    void whatIsReplacedOnAnotherDriveIsKeptThere() throws Exception {
        Path inner = Files.createDirectories(into.resolve("b"));
        Files.writeString(Files.createDirectories(into.resolve("c")).resolve("number 7"), "mine");
        Shell.run("mount", "-t", "tmpfs", "-o", "size=40M", "tmpfs", inner.toString());
        try {
            Files.writeString(inner.resolve("1"), "mine too");

            FileOutcome outcome = outcome(home.done(start(Conflict.REPLACE, "0:/b", "0:/c")));

            assertThat(outcome.failed()).isZero();
            assertThat(Files.mismatch(inner.resolve("1"), content.resolve("b/1")))
                    .isEqualTo(-1);
            assertThat(outcome.kept()).hasSize(2);
            Path there = Path.of(outcome.kept().getFirst());
            assertThat(there.getParent()).isEqualTo(inner);
            assertThat(there.resolve("1")).hasContent("mine too");
            assertThat(Path.of(outcome.kept().getLast()).resolve("c/number 7")).hasContent("mine");
        } finally {
            Shell.run("umount", "-l", inner.toString());
        }
    }
}
