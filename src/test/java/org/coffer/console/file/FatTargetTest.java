package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * S7: files of a Linux disk restored onto a stick such as cameras and cars have: exFAT through FUSE, and FAT where this computer's kernel
 * knows it. Needs root, for mounts and owners.
 *
 * <pre>
 *   a/   plain  报告.txt  README.txt  readme.TXT  sparse (3 MB, all but the end a hole)
 *        private (0600)  anna's (1234:2345)  tool (root's, acts as root)  open/note (a folder for all, each deletes his own)
 *        old (of 1970)  link -> plain  twin-a = twin-b  what?.txt
 * </pre>
 */
class FatTargetTest {
    /** One link and one name that cannot be there. */
    private static final int NEVER = 2;

    private static final int FILES = 12;

    @TempDir
    private Path root;

    private Path content;
    private Path into;
    private TestHome home;
    private Backup one;

    @BeforeEach
    void backUp() throws Exception {
        content = root.resolve("content");
        Path a = Files.createDirectories(content.resolve("a"));
        Files.writeString(a.resolve("plain"), "plain");
        Files.writeString(a.resolve("\u62a5\u544a.txt"), "\u62a5\u544a");
        Files.writeString(a.resolve("README.txt"), "read me");
        Files.writeString(a.resolve("readme.TXT"), "and me too");
        Shell.run("truncate", "-s", "3000000", a.resolve("sparse").toString());
        Files.writeString(a.resolve("sparse"), "end", java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(a.resolve("private"), "a key");
        Shell.run("chmod", "0600", a.resolve("private").toString());
        Files.writeString(a.resolve("anna's"), "hers");
        Shell.run("chown", "1234:2345", a.resolve("anna's").toString());
        Files.writeString(a.resolve("tool"), "#!/bin/true");
        Shell.run("chmod", "4755", a.resolve("tool").toString());
        Files.writeString(Files.createDirectory(a.resolve("open")).resolve("note"), "a note");
        Shell.run("chmod", "1777", a.resolve("open").toString());
        Files.writeString(a.resolve("old"), "old");
        Files.setLastModifiedTime(a.resolve("old"), FileTime.from(Instant.ofEpochSecond(1)));
        Files.createSymbolicLink(a.resolve("link"), Path.of("plain"));
        Files.writeString(a.resolve("twin-a"), "twins");
        Files.createLink(a.resolve("twin-b"), a.resolve("twin-a"));
        Files.writeString(a.resolve("what?.txt"), "a question");
        Shell.run(
                "find",
                a.toString(),
                "-type",
                "f",
                "!",
                "-name",
                "old",
                "-exec",
                "touch",
                "-d",
                "2024-05-06 07:08:09",
                "{}",
                "+");
        Path image = new FilesLab(root).plain("web", content, 64L << 20);
        home = new TestHome(root);
        Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
        Vault vault = home.vault("vault_a", disk);
        one = home.backUp(vault, disk, "one");
        into = Files.createDirectory(root.resolve("into"));
    }

    @AfterEach
    void close() {
        home.close();
        Shell.attempt("umount", "-l", into.toString());
    }

    static List<String> formats() throws IOException {
        List<String> formats = new ArrayList<>(List.of("exfat"));
        if (Files.readString(Path.of("/proc/filesystems")).contains("\tvfat\n")) {
            formats.add("vfat");
        }
        return formats;
    }

    /** Formats a stick and mounts it as desktops do. */
    private LoopDevice stick(String format) throws IOException {
        Path stick = root.resolve("stick.img");
        Shell.run("truncate", "-s", "64M", stick.toString());
        Shell.run("mkfs." + format, stick.toString());
        LoopDevice loop = LoopDevice.attach(stick);
        if (format.equals("vfat")) {
            Shell.run("mount", "-t", "vfat", "-o", "utf8", loop.path().toString(), into.toString());
        } else {
            Shell.run("mount.exfat-fuse", loop.path().toString(), into.toString());
        }
        return loop;
    }

    private FileOutcome outcome(Task task) {
        return home.console()
                .files()
                .outcome(home.console().tasks().find(task.id()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aStickGetsAllThatItCanHoldAndWhatItCannotKeepIsSaidOnce(String format) throws Exception {
        try (LoopDevice _ = stick(format)) {
            Task task = home.console()
                    .files()
                    .start(new NewFileRestore(
                            one.id(),
                            List.of(FilePath.parse("0:/a")),
                            new NewFileRestore.Place.Folder(into),
                            Conflict.KEEP));
            assertThat(home.failed(task).code()).isEqualTo("files.partly");

            FileOutcome outcome = outcome(task);
            assertThat(outcome.failures())
                    .extracting(failure -> failure.path() + " "
                            + Refusals.spoken(failure.problem()).code())
                    .containsExactlyInAnyOrder("0:/a/link files.link", "0:/a/what?.txt files.name");
            assertThat(outcome.restored()).isEqualTo(FILES);
            assertThat(outcome.renamed())
                    .as("README.txt and readme.TXT are one name there")
                    .isEqualTo(1);
            assertThat(outcome.ownersKept()).isFalse();
            assertThat(outcome.rightsKept()).isFalse();
            assertThat(home.console().tasks().steps(task.id()))
                    .as("owners and rights are not named file by file")
                    .filteredOn(step -> step.key().startsWith(Tally.STEP))
                    .filteredOn(step -> !step.key().equals("file-renamed"))
                    .filteredOn(step -> !step.key().equals("files-restored"))
                    .hasSize(NEVER);
            assertWhole();

            List<String> before = listing();
            FileOutcome again = again(task);
            assertThat(again.bytes())
                    .as(
                            "all that could be is there; only the name that cannot be is tried where nobody knows that before")
                    .isLessThanOrEqualTo("a question".length());
            assertThat(again.renamed())
                    .as("nothing comes twice, the file of 1970 neither")
                    .isZero();
            assertThat(listing()).isEqualTo(before);
            Shell.run("umount", into.toString());
        }
    }

    /** No stick holds the time of 1970, so that going on cannot look for it: it must not take just any time instead. */
    @ParameterizedTest
    @MethodSource("formats")
    void whatSomebodyWroteInTheMeantimeIsNotTakenForAFileOf1970(String format) throws Exception {
        try (LoopDevice _ = stick(format)) {
            Task task = home.console()
                    .files()
                    .start(new NewFileRestore(
                            one.id(),
                            List.of(FilePath.parse("0:/a")),
                            new NewFileRestore.Place.Folder(into),
                            Conflict.KEEP));
            assertThat(home.failed(task).code()).isEqualTo("files.partly");
            Path written = into.resolve("a/old");
            assertThat(written).hasContent("old");
            Files.writeString(written, "own");

            assertThat(again(task).renamed()).isEqualTo(1);

            assertThat(written).hasContent("own");
            try (Stream<Path> all = Files.list(into.resolve("a"))) {
                assertThat(all.filter(path -> path.getFileName().toString().startsWith("old ")))
                        .singleElement()
                        .satisfies(path -> assertThat(path).hasContent("old"));
            }
            Shell.run("umount", into.toString());
        }
    }

    private FileOutcome again(Task failed) throws InterruptedException {
        Task task = home.console().tasks().retry(failed.id());
        assertThat(home.failed(task).code()).isEqualTo("files.partly");
        return outcome(task);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> all = Files.walk(into)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    private void assertWhole() throws IOException {
        List<String> left = new ArrayList<>();
        try (Stream<Path> all = Files.walk(content.resolve("a"))) {
            for (Path path : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Path there = into.resolve(content.relativize(path).toString());
                if (path.endsWith("what?.txt") || path.getFileName().toString().equalsIgnoreCase("readme.txt")) {
                    continue;
                }
                if (!Files.exists(there) || Files.mismatch(path, there) != -1) {
                    left.add(path.toString());
                } else if (!path.endsWith("old")) {
                    assertThat(Duration.between(
                                            Files.getLastModifiedTime(path).toInstant(),
                                            Files.getLastModifiedTime(there).toInstant())
                                    .abs())
                            .as("times are kept in steps of two seconds: %s", path)
                            .isLessThanOrEqualTo(Duration.ofSeconds(2));
                }
            }
        }
        assertThat(left).isEmpty();
        List<String> readmes = new ArrayList<>();
        try (Stream<Path> all = Files.list(into.resolve("a"))) {
            for (Path path : all.toList()) {
                if (path.getFileName()
                        .toString()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith("readme")) {
                    readmes.add(Files.readString(path));
                }
                assertThat(path.toString()).doesNotEndWith(".part");
            }
        }
        assertThat(readmes).containsExactlyInAnyOrder("read me", "and me too");
    }

    /** Where the system tells which file system it is, nothing has to be tried first. */
    @ParameterizedTest
    @MethodSource("formats")
    void whatAStickCannotHoldIsForetoldWhereItsKindIsKnown(String format) throws Exception {
        try (LoopDevice _ = stick(format)) {
            String type = Files.getFileStore(into).type();
            FilePlan plan = home.console()
                    .files()
                    .plan(
                            new NewFileRestore(
                                    one.id(),
                                    List.of(FilePath.parse("0:/a")),
                                    new NewFileRestore.Place.Folder(into),
                                    Conflict.KEEP),
                            org.coffer.engine.work.Work.quiet());
            if (type.equals("fuseblk")) { // Many kinds are mounted so.
                assertThat(plan.unreadable()).isEmpty();
            } else {
                assertThat(plan.unreadable())
                        .extracting(failure ->
                                failure.path() + " " + failure.problem().code())
                        .containsExactlyInAnyOrder("0:/a/link files.link", "0:/a/what?.txt files.name");
                assertThat(plan.bytes()).as("holes take room there").isGreaterThan(3_000_000);
            }
            Shell.run("umount", into.toString());
        }
    }
}
