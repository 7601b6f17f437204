package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.engine.work.Work;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: files and folders restored out of a backup of a disk; see {@link FilesLab} for what is on it. */
class FileRestoreTest {
    @TempDir
    private Path root;

    private FilesLab lab;
    private TestHome home;
    private Disk disk;
    private Backup one;
    private Path into;

    @BeforeEach
    void backUp() throws Exception {
        lab = new FilesLab(root).fill();
        home = new TestHome(root);
        disk = home.console()
                .disks()
                .addImage(new NewImage(lab.partitioned("web"), Optional.of("web"), Disk.Role.DATA));
        one = home.backUp(home.vault("vault_a", disk), disk, "one");
        into = Files.createDirectory(root.resolve("into"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private NewFileRestore wanted(Conflict conflict, String... paths) {
        return new NewFileRestore(
                one.id(),
                Stream.of(paths).map(FilePath::parse).toList(),
                new NewFileRestore.Place.Folder(into),
                conflict);
    }

    private FileOutcome restored(Conflict conflict, String... paths) throws InterruptedException {
        return restored(wanted(conflict, paths));
    }

    private FileOutcome restored(NewFileRestore wanted) throws InterruptedException {
        Task task = home.done(home.console().files().start(wanted));
        assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
        return home.console().files().outcome(task);
    }

    /** What a backup made by {@code mke2fs} does not have: its pipe is no file, its folders were written by the lab. */
    private static NavigableMap<String, String> without(NavigableMap<String, String> lines, String... names) {
        List.of(names).forEach(lines::remove);
        return lines;
    }

    private static String mark(Backup backup) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH-mm")
                .format(backup.createdAt().atZone(ZoneId.systemDefault()));
    }

    @Test
    void everythingComesBackWithTimesOwnersRightsLinksAndHoles() throws Exception {
        FileOutcome outcome = restored(Conflict.KEEP, "1:/");

        Path volume = into.resolve("volume-1");
        assertThat(without(Alike.lines(volume), "lost+found"))
                .isEqualTo(without(Alike.lines(lab.data()), "links/pipe"));
        assertThat(Files.isSameFile(volume.resolve("links/twin-a"), volume.resolve("links/twin-b")))
                .isTrue();
        assertThat(Alike.taken(volume.resolve("big/sparse"))).isLessThan(100_000);
        assertThat(outcome.restored()).isEqualTo(10);
        assertThat(outcome.skipped()).as("the pipe").isEqualTo(1);
        assertThat(outcome.failed()).isZero();
        assertThat(outcome.ownersKept()).isTrue();
        assertThat(outcome.bytes()).isBetween(3_000_000L, 3_200_000L);
        assertThat(outcome.target()).isEqualTo(into.toString());
        assertThat(root.resolve("home/restores")).isEmptyDirectory();
    }

    @Test
    void aPlanCountsAndNamesWhatIsThereAlready() throws Exception {
        Files.writeString(into.resolve("report.txt"), "another");

        FilePlan plan = home.console()
                .files()
                .plan(wanted(Conflict.KEEP, "1:/docs/report.txt", "1:/big", "1:/big/random"), Work.quiet());

        assertThat(plan.possible()).isTrue();
        assertThat(plan.files()).isEqualTo(3);
        assertThat(plan.folders()).isEqualTo(1);
        assertThat(plan.bytes()).as("holes take no room").isBetween(3_020_000L, 3_200_000L);
        assertThat(plan.taken()).containsExactly(into.resolve("report.txt"));
        assertThat(plan.folder()).isEqualTo(into);

        FilePlan nowhere = home.console()
                .files()
                .plan(
                        new NewFileRestore(
                                one.id(),
                                List.of(FilePath.parse("1:/docs")),
                                new NewFileRestore.Place.Original(),
                                Conflict.KEEP),
                        Work.quiet());
        assertThat(nowhere.blocking())
                .singleElement()
                .matches(problem -> Refusals.spoken(problem).code().equals("files.no-origin"));
        FilePlan missing = home.console().files().plan(wanted(Conflict.KEEP, "1:/docs/none"), Work.quiet());
        assertThat(missing.unreadable())
                .singleElement()
                .matches(failure -> failure.problem().code().equals("files.missing"));
    }

    private FilePlan plan(Conflict conflict, String... paths) {
        return home.console().files().plan(wanted(conflict, paths), Work.quiet());
    }

    /** What is chosen goes into a folder that is there, with some of its names taken and one by something else. */
    @Test
    void aPlanLooksIntoTheFoldersThatAreThereAlready() throws Exception {
        Path docs = Files.createDirectory(into.resolve("docs"));
        Files.writeString(docs.resolve("report.txt"), "mine");
        Files.writeString(docs.resolve("own"), "mine");
        Files.writeString(docs.resolve("also.txt"), "mine too");
        Files.createDirectory(docs.resolve("gb.txt"));

        FilePlan replaced = plan(Conflict.REPLACE, "1:/docs");
        assertThat(replaced.takenCount()).isEqualTo(2);
        assertThat(replaced.taken()).containsExactlyInAnyOrder(docs.resolve("report.txt"), docs.resolve("own"));
        assertThat(replaced.files()).isEqualTo(4);
        assertThat(replaced.unreadableCount()).isEqualTo(1);
        assertThat(replaced.unreadable()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("1:/docs/gb.txt");
            assertThat(failure.problem().code()).isEqualTo("files.in-way");
        });
        assertThat(plan(Conflict.SKIP, "1:/docs").takenCount()).isEqualTo(3);
        assertThat(plan(Conflict.KEEP, "1:/docs").taken()).containsExactly(docs);
        assertThat(plan(Conflict.KEEP, "1:/docs").takenCount()).isEqualTo(1);
        assertThat(plan(Conflict.REPLACE, "1:/docs", "1:/big").takenCount()).isEqualTo(2);

        Files.writeString(into.resolve("links"), "a file where a folder is to be");
        assertThat(plan(Conflict.SKIP, "1:/links").takenCount())
                .as("nothing of what is in it is restored")
                .isEqualTo(3);
        assertThat(plan(Conflict.REPLACE, "1:/links").unreadable())
                .extracting(FileFailure::path)
                .containsExactly("1:/links");
    }

    @Test
    void whatIsThereIsKeptReplacedOrLeft() throws Exception {
        Path docs = Files.createDirectory(into.resolve("docs"));
        Path report = Files.writeString(docs.resolve("report.txt"), "mine");
        Files.writeString(docs.resolve("also.txt"), "mine too");

        FileOutcome kept = restored(Conflict.KEEP, "1:/docs", "1:/links/twin-a");
        Path beside = into.resolve("docs (" + mark(one) + ")");
        assertThat(Alike.lines(beside)).isEqualTo(Alike.lines(lab.data().resolve("docs")));
        assertThat(kept.renamed()).isEqualTo(1);
        assertThat(kept.renames()).containsExactly(beside.toString());
        assertThat(report).hasContent("mine");

        restored(Conflict.KEEP, "1:/links/twin-a");
        assertThat(into.resolve("twin-a (" + mark(one) + ")")).hasContent("twins");
        restored(Conflict.KEEP, "1:/links/twin-a");
        assertThat(into.resolve("twin-a (" + mark(one) + " 2)")).hasContent("twins");

        FileOutcome left = restored(Conflict.SKIP, "1:/docs");
        assertThat(left.skipped()).isEqualTo(1);
        assertThat(left.restored()).isEqualTo(4);
        assertThat(report).hasContent("mine");

        FileOutcome replaced = restored(Conflict.REPLACE, "1:/docs");
        assertThat(replaced.restored()).isEqualTo(5);
        assertThat(report).hasContent("the report\n");
        assertThat(docs.resolve("also.txt")).as("only the target has it").hasContent("mine too");
        assertThat(parts()).isEmpty();

        Path beforehand = Path.of(replaced.kept().getFirst());
        assertThat(replaced.kept()).hasSize(1);
        assertThat(beforehand.getParent()).isEqualTo(into);
        assertThat(beforehand.resolve("docs/report.txt"))
                .as("what was replaced can be had back")
                .hasContent("mine");
        assertThat(Files.getPosixFilePermissions(beforehand)).isEqualTo(Files.getPosixFilePermissions(into));
        Files.writeString(report, "mine again");
        assertThat(restored(Conflict.REPLACE, "1:/docs").kept()).hasSize(1);
        try (Stream<Path> all = Files.walk(into)) {
            assertThat(all.filter(file -> file.toString().contains("Replaced"))
                            .filter(file -> file.getFileName().toString().startsWith("report"))
                            .map(FileRestoreTest::content))
                    .containsExactlyInAnyOrder("mine", "mine again");
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> all = Files.walk(into)) {
            return all.filter(path -> path.getFileName().toString().endsWith(".part"))
                    .toList();
        }
    }

    @Test
    void twoFilesOfOneNameDoNotReplaceEachOther() throws Exception {
        Path second = Files.createDirectories(lab.data().resolve("empty/docs"));
        Files.writeString(second.resolve("report.txt"), "another report");
        lab.write(disk.path());
        one = home.backUp(home.console().vaults().get(one.vaultId()), disk, "two");

        FileOutcome outcome =
                restored(Conflict.REPLACE, "1:/docs/report.txt", "1:/empty/docs/report.txt", "1:/docs/report.txt");

        assertThat(outcome.restored()).isEqualTo(2);
        assertThat(into.resolve("report.txt")).hasContent("the report\n");
        assertThat(into.resolve("report (" + mark(one) + ").txt")).hasContent("another report");
    }

    @Test
    void noLinkAtTheTargetLeadsFilesElsewhere() throws Exception {
        Path secret = Files.createDirectory(root.resolve("secret"));
        Files.createSymbolicLink(into.resolve("docs"), secret);
        Path file = Files.writeString(root.resolve("victim"), "untouched");
        Files.createSymbolicLink(into.resolve("twin-a"), file);

        Task task = home.console().files().start(wanted(Conflict.REPLACE, "1:/docs", "1:/links/twin-a"));
        assertThat(home.failed(task).code()).isEqualTo("files.partly");

        assertThat(secret).isEmptyDirectory();
        assertThat(file).hasContent("untouched");
        assertThat(into.resolve("twin-a")).isRegularFile().hasContent("twins");
        assertThat(Files.isSymbolicLink(into.resolve("twin-a"))).isFalse();
        FileOutcome outcome = home.console()
                .files()
                .outcome(home.console().tasks().find(task.id()).orElseThrow());
        assertThat(outcome.failures())
                .singleElement()
                .matches(failure -> failure.path().equals("1:/docs")
                        && Refusals.spoken(failure.problem()).code().equals("files.in-way"));
    }

    @Test
    void filesGoBackWhereTheyWere() throws Exception {
        Path point = Files.createDirectory(root.resolve("mounted"));
        String device = Shell.run(
                "losetup",
                "-f",
                "--show",
                "-o",
                "1048576",
                "--sizelimit",
                "67108864",
                disk.path().toString());
        try {
            Shell.run("mount", device, point.toString());
            try {
                FilePath report = FilePath.parse("1:/docs/report.txt");
                Path there = point.resolve("docs/report.txt");
                assertThat(home.console().files().origin(one.id(), report)).contains(there);
                assertThat(home.console().files().origin(one.id(), FilePath.parse("2:/old")))
                        .isEmpty();

                Files.writeString(there, "spoiled");
                var original = new NewFileRestore.Place.Original();
                restored(new NewFileRestore(one.id(), List.of(report), original, Conflict.KEEP));
                assertThat(there).hasContent("spoiled");
                assertThat(point.resolve("docs/report (" + mark(one) + ").txt")).hasContent("the report\n");
                restored(new NewFileRestore(one.id(), List.of(report), original, Conflict.REPLACE));
                assertThat(there).hasContent("the report\n");

                TestHome.erase(point.resolve("docs"));
                restored(new NewFileRestore(
                        one.id(), List.of(report, FilePath.parse("1:/links/twin-a")), original, Conflict.SKIP));
                assertThat(there).hasContent("the report\n");
                assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo(FilesLab.OLD);
            } finally {
                Shell.run("umount", point.toString());
            }
        } finally {
            Shell.run("losetup", "-d", device);
        }
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsWritten() throws Exception {
        assertThat(Refusals.code(() -> home.console().files().start(wanted(Conflict.KEEP))))
                .isEqualTo("files.none");
        assertThat(Refusals.code(() -> home.console()
                        .files()
                        .start(new NewFileRestore(
                                one.id(),
                                List.of(new FilePath(1, List.of("a/../../etc"))),
                                new NewFileRestore.Place.Folder(into),
                                Conflict.KEEP))))
                .isEqualTo("files.name");
        assertThat(Refusals.code(() -> FilePath.parse("1:/docs/../../etc"))).isEqualTo("files.path");
        assertThat(Refusals.code(() -> FilePath.parse("/docs"))).isEqualTo("files.path");
        Path place = home.location().folder().orElseThrow();
        into = place.resolve("inside");
        assertThat(Refusals.code(() -> home.console().files().start(wanted(Conflict.KEEP, "1:/docs"))))
                .isEqualTo("image.in-location");
        into = root.resolve("no/such/folder");
        assertThat(Refusals.code(() -> home.console().files().start(wanted(Conflict.KEEP, "1:/docs"))))
                .isEqualTo("location.missing");
        assertThat(
                        Files.exists(root.resolve("home/restores"), LinkOption.NOFOLLOW_LINKS)
                                ? parts(root.resolve("home/restores"))
                                : List.of())
                .isEmpty();
        into = root.resolve("fresh");
        restored(Conflict.KEEP, "2:/old/notes.txt");
        assertThat(into.resolve("notes.txt")).hasContent("notes");
    }

    @Test
    void whatCofferKeepsBelowTheTargetIsNotRestoredOver() throws Exception {
        into = Files.createDirectory(root.resolve("around"));
        Path place = Files.createDirectory(into.resolve("docs"));
        home.console().locations().add(new NewLocation("own", place, ""));
        List<Path> before = parts(place);

        Task task = home.console().files().start(wanted(Conflict.REPLACE, "1:/docs", "2:/old/notes.txt"));

        assertThat(home.failed(task).code()).isEqualTo("files.partly");
        assertThat(into.resolve("notes.txt")).hasContent("notes");
        assertThat(parts(place)).containsExactlyInAnyOrderElementsOf(before);
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void aTargetWithoutRoomIsToldBeforeAnythingIsWritten() throws Exception {
        Path small = root.resolve("small.img");
        Shell.run("truncate", "-s", "2M", small.toString());
        Shell.run("mke2fs", "-q", "-F", small.toString());
        Shell.run("mount", "-o", "loop", small.toString(), into.toString());
        try {
            Task task = home.console().files().start(wanted(Conflict.KEEP, "1:/big"));
            assertThat(home.failed(task).code()).isEqualTo("files.room");
            assertThat(into.resolve("big")).doesNotExist();
            assertThat(home.console()
                            .files()
                            .plan(wanted(Conflict.KEEP, "1:/big"), Work.quiet())
                            .blocking())
                    .singleElement()
                    .matches(problem -> problem.code().equals("files.room"));
        } finally {
            Shell.run("umount", into.toString());
        }
    }
}
