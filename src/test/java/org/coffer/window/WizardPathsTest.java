package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.text.Language;
import org.coffer.window.WizardHome.Hand;
import org.coffer.window.desk.Days;
import org.coffer.window.fixture.FileDisk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every path of the wizard through the whole window, in both languages, by keyboard alone and by mouse: from the button to
 * the verdict, and what is then on the disks. The volume of the disk with files is mounted, as it is when one looks for files
 * that were there.
 *
 * <pre>
 *             1 November        2                 3, now
 *   files     report "first"    report "second"   mounted; "mine" in its place
 *   web       a                 b                 c
 *   system    a                 b                 c
 * </pre>
 */
@ParameterizedClass
@EnumSource(Language.class)
class WizardPathsTest {
    @TempDir
    static Path root;

    private static WizardHome home;
    private static Days days;
    private static Disk web;
    private static Disk system;
    private static final byte[][] OF_WEB = new byte[2][];
    private static byte[] ofSystem = {};
    private static LoopDevice loop;
    private static LoopDevice.Mounted mounted;

    @Parameter
    Language language = Language.ENGLISH;

    @BeforeAll
    static void threeDays() throws Exception {
        home = new WizardHome(root, Instant.parse("2026-11-01T02:00:00Z"));
        days = home.days();
        var content = new FileDisk(root.resolve("files.img"));
        Disk files =
                days.console().disks().addImage(new NewImage(content.image(), Optional.of("files"), Disk.Role.DATA));
        web = days.image("web", 4, Disk.Role.DATA);
        system = days.image("system", 4, Disk.Role.SYSTEM);
        Vault vault = days.vault("main", files, web, system);
        for (int day = 0; day < 2; day++) {
            days.change(web, 1_000_000L * day, 90_000);
            days.change(system, 1_000_000L * day, 90_000);
            content.write("Documents/report.docx", day == 0 ? "first" : "second");
            OF_WEB[day] = Files.readAllBytes(web.path());
            ofSystem = Files.readAllBytes(system.path());
            for (Disk disk : List.of(files, web, system)) {
                days.backUp(vault, disk, disk.name() + "-" + day);
            }
            days.pass(Duration.ofDays(1));
        }
        loop = LoopDevice.attach(content.image());
        mounted = loop.mount(Files.createDirectory(root.resolve("mounted")));
        days.pass(Duration.ofHours(4));
    }

    @AfterAll
    static void close() {
        mounted.close();
        loop.close();
        home.close();
    }

    @BeforeParameterizedClassInvocation
    static void open(Language language) {
        home.show(language);
    }

    @AfterParameterizedClassInvocation
    static void closeWindow() {
        home.hide();
    }

    @BeforeEach
    void harm() throws IOException {
        days.change(web, 500_000, 70_000);
        days.change(system, 500_000, 70_000);
        try (Stream<Path> there = Files.list(documents())) {
            for (Path file :
                    there.filter(one -> one.toString().endsWith(".docx")).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(documents().resolve("report.docx"), "mine");
    }

    @AfterEach
    void leave() throws InterruptedException {
        home.leave();
    }

    private static Path documents() {
        return mounted.point().resolve("Documents");
    }

    private static String say(String key, Object... args) {
        return home.say(key, args);
    }

    private static Person begin(Hand hand, String story) {
        return home.begin(hand, story);
    }

    private static void finish(Person person) {
        home.finish(person);
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aLostFileIsFoundByItsNameAndStandsBesideTheOneThatIsThere(Hand hand) throws Exception {
        Person person = begin(hand, "wizard.happened.file");
        person.types(say("wizard.find.prompt"), "report");
        person.waitsFor("report.docx");
        person.opens("report.docx");
        person.waitsFor(say("wizard.do.files", "n", 1));
        assertThat(person.sees())
                .contains(say(
                        "browse.check.file.beside",
                        "name",
                        "report.docx",
                        "at",
                        Instant.parse("2026-11-02T02:00:00Z"),
                        "folder",
                        documents().toString()));
        person.presses(say("wizard.do.files", "n", 1));
        person.waitsFor(say("wizard.done.file", "name", "report.docx"));
        finish(person);
        assertThat(documents().resolve("report.docx")).hasContent("mine");
        assertThat(documents().resolve("report (2026-11-02 10-00).docx")).hasContent("second");
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void aBrokenDiskComesBackAsANewFile(Hand hand) throws Exception {
        Path made = root.resolve("web-2026-11-02.img");
        Files.deleteIfExists(made);
        Person person = begin(hand, "wizard.happened.broken");
        person.answers("web");
        assertThat(person.sees()).contains(say("wizard.when"), say("wizard.when.later-not"));
        person.presses(say("kit.continue"));
        assertThat(person.sees()).contains(say("wizard.where"), say("wizard.where.disk.new-file.help"));
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.do.new-file"));
        person.presses(say("wizard.do.new-file"));
        person.waitsFor(say("wizard.done.new-file", "disk", "web", "at", Instant.parse("2026-11-02T02:00:00Z")));
        assertThat(person.sees()).contains(say("wizard.done.open"));
        person.presses(say("wizard.receipt.print"));
        assertThat(person.sees())
                .as("there is no printer here")
                .anyMatch(said -> said.startsWith(say("problem.printer.none.what")));
        person.push(KeyCode.ESCAPE);
        finish(person);
        assertThat(Files.readAllBytes(made)).isEqualTo(OF_WEB[1]);
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void afterAVirusTheDiskGoesBackToBeforeItAndAgainIfOneWantsThat(Hand hand) throws Exception {
        byte[] harmed = Files.readAllBytes(web.path());
        Instant first = Instant.parse("2026-11-01T02:00:00Z");
        Person person = begin(hand, "wizard.happened.virus");
        person.answers("web");
        assertThat(person.sees()).contains(say("wizard.noticed"));
        person.marks(say("wizard.noticed.yesterday"));
        assertThat(person.sees()).contains(say("wizard.when.chosen", "at", first));
        person.presses(say("kit.continue"));
        person.marks(say("wizard.where.disk.original"));
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.check.disk.original", "target", "web", "at", first));
        person.presses(say("wizard.do.disk", "name", "web"));
        person.waitsFor(say("wizard.done.disk", "target", "web", "at", first));
        assertThat(person.sees()).contains(say("wizard.care"), say("wizard.care.virus"));
        assertThat(Files.readAllBytes(web.path())).isEqualTo(OF_WEB[0]);

        person.presses(say("wizard.done.undo"));
        assertThat(person.sees()).contains(say("restore.undo.since"));
        person.presses(say("restore.undo.do", "name", "web"));
        person.waitsFor(say("wizard.done.undone", "target", "web"));
        finish(person);
        assertThat(Files.readAllBytes(web.path())).isEqualTo(harmed);
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void anUpdateOfTheSystemDiskIsTakenBackOnceItsNameIsTyped(Hand hand) throws Exception {
        Instant second = Instant.parse("2026-11-02T02:00:00Z");
        Person person = begin(hand, "wizard.happened.update");
        person.answers("system");
        assertThat(person.sees()).contains(say("wizard.noticed"), say("wizard.when.chosen", "at", second));
        person.presses(say("kit.continue"));
        person.marks(say("wizard.where.disk.original"));
        person.presses(say("kit.continue"));
        person.waitsFor(say("kit.confirm.type", "name", "system"));
        person.presses(say("wizard.do.disk", "name", "system"));
        assertThat(person.sees()).as("nothing began").contains(say("kit.confirm.type", "name", "system"));
        person.types(say("kit.confirm.type", "name", "system"), "system");
        person.presses(say("wizard.do.disk", "name", "system"));
        person.waitsFor(say("wizard.done.disk", "target", "system", "at", second));
        assertThat(person.sees()).contains(say("wizard.care.update"));
        finish(person);
        assertThat(Files.readAllBytes(system.path())).isEqualTo(ofSystem);
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void whoeverOnlyLooksGoesThroughFoldersAndChangesAnAnswerOnTheRail(Hand hand) throws Exception {
        Path folder = root.resolve("Restored");
        Files.deleteIfExists(folder.resolve("report.docx"));
        Person person = begin(hand, "wizard.happened.look");
        person.presses(say("wizard.find.browse"));
        person.waitsFor("Documents");
        person.opens("Documents");
        person.waitsFor("report.docx");
        person.opens("report.docx");
        person.waitsFor(say("wizard.do.files", "n", 1));
        person.presses(say("wizard.where"));
        assertThat(person.sees()).contains(say("browse.where.only-looking"));
        person.marks(say("browse.where.folder"));
        person.presses(say("kit.continue"));
        person.waitsFor(say("wizard.do.files", "n", 1));
        person.presses(say("wizard.do.files", "n", 1));
        person.waitsFor(say("wizard.done.file", "name", "report.docx"));
        finish(person);
        assertThat(folder.resolve("report.docx")).hasContent("second");
    }

    @Test
    void everyAnswerCanBeChangedOnTheRail() {
        Person person = begin(Hand.MOUSE, "wizard.happened.broken");
        person.answers("web");
        person.presses(say("wizard.happened"));
        person.answers(say("wizard.happened.look"));
        assertThat(person.sees()).contains(say("wizard.find.prompt"));
        person.push(KeyCode.ESCAPE);
        assertThat(person.sees()).doesNotContain(say("wizard.what"));
    }
}
