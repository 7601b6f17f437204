package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.HollowReserve;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.text.Language;
import org.coffer.window.WizardHome.Hand;
import org.coffer.window.desk.Days;
import org.coffer.window.fixture.FileDisk;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The paths of the wizard that are not straight, through the whole window, in both languages, by keyboard alone and by mouse. The
 * straight ones {@link WizardPathsTest} walks.
 *
 * <pre>
 *             1 November              2                  3, now
 *   files     report "first", gone    report "second"    mounted; "mine" in the report's place
 *   web       a                       b                  c
 *   spare                                                another disk of the same size
 *   used                              ext4               mounted
 *   big       40 MB, in a vault on a drive of 64 MB      all other
 * </pre>
 */
@ParameterizedClass
@EnumSource(Language.class)
@Tag("long")
class WizardOtherPathsTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-11-02T02:00:00Z");

    @TempDir
    static Path root;

    private static WizardHome walked;
    private static Days days;
    private static Disk web;
    private static Disk spare;
    private static Disk used;
    private static Disk big;
    private static Location narrow;
    private static byte[] ofWeb = {};
    private static LoopDevice loop;
    private static LoopDevice.Mounted mounted;
    private static LoopDevice narrowLoop;
    private static LoopDevice.Mounted narrowDrive;

    @Parameter
    Language language = Language.ENGLISH;

    @BeforeAll
    static void threeDays() throws Exception {
        walked = new WizardHome(root, FIRST);
        days = walked.days();
        var content = new FileDisk(root.resolve("files.img"));
        content.write("Documents/gone.txt", "still here");
        Disk files =
                days.console().disks().addImage(new NewImage(content.image(), Optional.of("files"), Disk.Role.DATA));
        web = days.image("web", 4, Disk.Role.DATA);
        spare = days.image("spare", 4, Disk.Role.DATA);
        used = days.image("used", 8, Disk.Role.DATA);
        Shell.run("mkfs.ext4", "-q", "-F", used.path().toString());
        Vault vault = days.vault("main", files, web, used);
        days.backUp(vault, files, "files-0");
        days.backUp(vault, web, "web-0");
        days.pass(Duration.ofDays(1));
        content.delete("Documents/gone.txt");
        content.write("Documents/report.docx", "second");
        days.change(web, 1_000_000, 90_000);
        ofWeb = Files.readAllBytes(web.path());
        days.backUp(vault, files, "files-1");
        days.backUp(vault, web, "web-1");
        days.backUp(vault, used, "used-1");
        Path drive = root.resolve("narrow.raw");
        Shell.run("truncate", "-s", "64M", drive.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", drive.toString());
        narrowLoop = LoopDevice.attach(drive);
        narrowDrive = narrowLoop.mount(Files.createDirectory(root.resolve("narrow")));
        HollowReserve.in(narrowDrive.point());
        narrow = days.console().locations().add(new NewLocation("Small drive", narrowDrive.point(), ""));
        big = days.image("big", 40, Disk.Role.DATA);
        Vault small = days.console()
                .vaults()
                .create(new NewVault(
                        "small", "", narrow.id(), 100, List.of(big.id()), true, Optional.empty(), false, "", Map.of()));
        days.backUp(small, big, "big-1");
        days.change(big, 0, 40_000_000);
        days.pass(Duration.ofDays(1));
        loop = LoopDevice.attach(content.image());
        mounted = loop.mount(Files.createDirectory(root.resolve("mounted")));
        days.pass(Duration.ofHours(4));
    }

    @AfterAll
    static void close() {
        mounted.close();
        loop.close();
        walked.close();
        narrowDrive.close();
        narrowLoop.close();
    }

    @BeforeParameterizedClassInvocation
    static void open(Language language) {
        walked.show(language);
    }

    @AfterParameterizedClassInvocation
    static void closeWindow() {
        walked.hide();
    }

    private static ShownWindow window() {
        return walked.window();
    }

    @AfterEach
    void leave() throws Exception {
        walked.leave();
    }

    private static String say(String key, Object... args) {
        return walked.say(key, args);
    }

    private static Person begin(Hand hand, String story) {
        return walked.begin(hand, story);
    }

    /** Waits until what is seen is so. */
    private static void until(Person person, Predicate<List<String>> so) {
        for (int i = 0; i < 40 && !so.test(person.sees()); i++) {
            window().settle();
        }
        assertThat(so.test(person.sees())).as(person.sees().toString()).isTrue();
    }

    /** From a broken disk to where it shall come back. */
    private static Person where(Hand hand, String disk) {
        Person person = begin(hand, "wizard.happened.broken");
        person.answers(disk);
        person.presses(say("kit.continue"));
        return person;
    }

    // ---- Disks

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aDiskComesBackOntoAnotherOneOnceItIsCounted(Hand hand) throws Exception {
        byte[] before = Files.readAllBytes(spare.path());
        Person person = where(hand, "web");
        person.marks(say("wizard.where.disk.other-disk"));
        person.marks("spare");
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.check.disk.other-disk", "disk", "web", "target", "spare", "at", SECOND));
        assertThat(person.sees()).contains(say("wizard.why.restore.other-disk", "target", "spare", "disk", "web"));
        person.presses(say("wizard.check.compare"));
        until(person, words -> words.stream().anyMatch(line -> line.contains(replaced())));
        person.presses(say("wizard.do.disk", "name", "spare"));
        person.waitsFor(say("wizard.done.disk", "target", "spare", "at", SECOND));
        assertThat(Files.readAllBytes(spare.path())).isEqualTo(ofWeb);
        person.presses(say("wizard.done.undo"));
        person.presses(say("restore.undo.do", "name", "spare"));
        person.waitsFor(say("wizard.done.undone", "target", "spare"));
        assertThat(Files.readAllBytes(spare.path())).isEqualTo(before);
    }

    /** What is said of a count, without its number. */
    private String replaced() {
        String words = say("wizard.check.counted", "bytes", 1);
        return language == Language.ENGLISH
                ? words.substring(words.indexOf(" on it"))
                : words.substring(words.length() - 5);
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aDiskInUseIsMadeFreeAndPutBackWhenItIsDone(Hand hand) throws Exception {
        Path point = Files.createDirectories(root.resolve("in use"));
        Shell.run("mount", "-o", "loop,noatime", used.path().toString(), point.toString());
        try {
            Files.writeString(point.resolve("new"), "written since");
            Person person = where(hand, "used");
            person.marks(say("wizard.where.disk.original"));
            person.presses(say("kit.continue"));
            person.waitsFor(say("wizard.check.unmount"));
            assertThat(person.sees()).contains(say("wizard.why.restore.mounted", "target", "used", "path", point));
            person.presses(say("wizard.check.unmount"));
            person.waitsFor(say("wizard.check.disk.original", "target", "used", "at", SECOND));
            until(person, words -> !words.contains(say("wizard.check.unmount")));
            person.presses(say("wizard.do.disk", "name", "used"));
            person.waitsFor(say("wizard.done.disk", "target", "used", "at", SECOND));
            assertThat(point.resolve("new"))
                    .as("it is mounted again, as it was")
                    .doesNotExist();
            assertThat(Shell.run("findmnt", "-n", "-o", "OPTIONS", point.toString()))
                    .contains("noatime");
            assertThat(point.resolve("lost+found")).exists();

            person.presses(say("wizard.done.undo"));
            person.waitsFor(say("restore.undo.mounted", "name", "used"));
            person.presses(say("restore.undo.do", "name", "used"));
            person.waitsFor(say("wizard.done.undone", "target", "used"));
            assertThat(point.resolve("new")).hasContent("written since");
            Files.delete(point.resolve("new"));
        } finally {
            Fx.run(() -> ((DialogHost) window().root()).closeAll());
            days.settle();
            Shell.attempt("umount", point.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void whoeverLeavesAfterADiskWasMadeFreeGetsItPutBack(Hand hand) throws Exception {
        Path point = Files.createDirectories(root.resolve("in use"));
        Shell.run("mount", "-o", "loop", used.path().toString(), point.toString());
        try {
            Person person = where(hand, "used");
            person.marks(say("wizard.where.disk.original"));
            person.presses(say("kit.continue"));
            person.waitsFor(say("wizard.check.unmount"));
            person.presses(say("wizard.check.unmount"));
            Fx.until(
                    "the way is free",
                    () -> !point.resolve("lost+found").toFile().exists());
            window().settle();
            Fx.run(() -> ((DialogHost) window().root()).closeAll());
            window().settle();
            assertThat(point.resolve("lost+found")).exists();
        } finally {
            Shell.attempt("umount", point.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aCountSaysThatTheSafetyCopyHasNoRoomAndWithoutItThatIsSaid(Hand hand) throws Exception {
        Person person = where(hand, "big");
        person.marks(say("wizard.where.disk.original"));
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.check.compare"));
        person.presses(say("wizard.check.compare"));
        person.waitsFor(say("wizard.check.without-copy"));
        person.presses(say("wizard.check.without-copy"));
        person.waitsFor(say("wizard.check.no-copy"));
        person.presses(say("wizard.check.with-copy"));
        until(person, words -> !words.contains(say("wizard.check.no-copy")));
        assertThat(person.sees()).doesNotContain(say("wizard.check.without-copy"));
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void workIsHeldStillGoesOnIsStoppedAndDoneAgain(Hand hand) throws Exception {
        Path made = root.resolve("big-2026-11-02.img");
        Files.deleteIfExists(made);
        days.console().locations().limit(narrow.id(), 1);
        try {
            Person person = where(hand, "big");
            person.presses(say("kit.continue"));
            person.waitsFor(say("wizard.do.new-file"));
            person.presses(say("wizard.do.new-file"));
            person.waitsFor(say("wizard.progress.leave"));
            Fx.until(
                    "it can be paused",
                    () -> running().filter(days.console().tasks()::pausable).isPresent());
            window().settle();
            person.presses(say("wizard.progress.pause"));
            person.waitsFor(say("wizard.progress.go-on"));
            assertThat(running().map(Task::status)).contains(TaskStatus.PAUSED);
            person.presses(say("wizard.progress.go-on"));
            person.waitsFor(say("wizard.progress.pause"));
            person.presses(say("wizard.progress.stop"));
            person.waitsFor(say("wizard.stop.file"));
            person.presses(say("wizard.stop.do"));
            person.waitsFor(say("wizard.done.no-file"));
            assertThat(made).doesNotExist();
            days.console().locations().limit(narrow.id(), 0);
            person.presses(say("wizard.done.again"));
            person.waitsFor(say("wizard.done.new-file", "disk", "big", "at", SECOND));
            assertThat(made).exists();
        } finally {
            days.console().locations().limit(narrow.id(), 0);
            Files.deleteIfExists(made);
        }
    }

    private static Optional<Task> running() {
        return days.console().tasks().open().stream().findFirst();
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aRestoreThatIsCutOffHalfWaySaysThatTheDiskIsNotUsableAndIsFinishedByTryingAgain(Hand hand) throws Exception {
        long size = Files.size(web.path());
        days.change(web, 2_000_000, 900_000);
        try (Events.Subscription _ = onceMarked(web, () -> resize(web, 1_000_000))) {
            Person person = where(hand, "web");
            person.marks(say("wizard.where.disk.original"));
            person.presses(say("kit.continue"));
            person.waitsFor(say("wizard.check.disk.original", "target", "web", "at", SECOND));
            person.presses(say("wizard.do.disk", "name", "web"));
            person.waitsFor(say("wizard.done.unfinished", "target", "web"));
            assertThat(person.sees()).contains(say("wizard.done.undo"), say("wizard.done.again"));
            resize(web, size);
            days.console().disks().look(web.id());
            person.presses(say("wizard.done.again"));
            person.waitsFor(say("wizard.done.disk", "target", "web", "at", SECOND));
        }
        assertThat(Files.readAllBytes(web.path())).isEqualTo(ofWeb);
    }

    /** A restore marks its disk before it overwrites anything, and stands still while listeners are called. */
    private static Events.Subscription onceMarked(Disk disk, Runnable mishap) {
        var once = new AtomicBoolean();
        return days.console().events().subscribe(event -> {
            if (event instanceof Event.ResourcesChanged
                    && days.console().disks().get(disk.id()).unfinishedRestore().isPresent()
                    && once.compareAndSet(false, true)) {
                mishap.run();
            }
        });
    }

    private static void resize(Disk disk, long size) {
        try (RandomAccessFile file = new RandomAccessFile(disk.path().toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- Files

    private static Path documents() {
        return mounted.point().resolve("Documents");
    }

    private static void mine() throws IOException {
        try (Stream<Path> there = Files.walk(documents())) {
            for (Path file : there.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(documents().resolve("report.docx"), "mine");
    }

    /** From a lost report to what stands before it comes back into its own place. */
    private static Person backInPlace(Hand hand, String conflict) {
        Person person = begin(hand, "wizard.happened.file");
        person.types(say("wizard.find.prompt"), "report");
        person.waitsFor("report.docx");
        person.opens("report.docx");
        person.waitsFor(say("wizard.do.files", "n", 1));
        person.presses(say("wizard.where"));
        person.marks(say("browse.where.back"));
        person.marks(say("browse.conflict." + conflict));
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.do.files", "n", 1));
        return person;
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aFileThatIsSkippedStaysAsItIs(Hand hand) throws Exception {
        mine();
        Person person = backInPlace(hand, "skip");
        person.waitsFor(say("browse.check.skipped", "n", 1));
        person.presses(say("wizard.do.files", "n", 1));
        person.waitsFor(say("wizard.done.files.none"));
        assertThat(documents().resolve("report.docx")).hasContent("mine");
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aFileThatIsReplacedIsKeptInAFolderBeside(Hand hand) throws Exception {
        mine();
        Person person = backInPlace(hand, "replace");
        person.waitsFor(say("browse.check.replaced", "n", 1));
        person.presses(say("wizard.do.files", "n", 1));
        person.waitsFor(say("wizard.done.file", "name", "report.docx"));
        Path kept = documents().resolve("Replaced 2026-11-03 14-00");
        assertThat(person.sees()).contains(say("wizard.done.kept", "path", kept));
        assertThat(documents().resolve("report.docx")).hasContent("second");
        assertThat(kept.resolve("report.docx")).hasContent("mine");
        Files.delete(kept.resolve("report.docx"));
        Files.delete(kept);
    }
}
