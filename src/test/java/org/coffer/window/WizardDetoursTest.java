package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.window.fixture.FileDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the wizard's way leads over something that has to be mended first, through the whole window: in each language by keyboard
 * alone, and by mouse.
 *
 * <pre>
 *         1 November   2
 *   web   a            b, in a vault with a passphrase
 * </pre>
 */
class WizardDetoursTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-11-02T02:00:00Z");
    private static final String PASSPHRASE = "correcthorsebattery";

    @TempDir
    Path root;

    private Optional<WizardHome> made = Optional.empty();
    private Optional<Backup> second = Optional.empty();
    private byte[] ofFirst = {};
    private byte[] ofSecond = {};

    private WizardHome twoDays() throws Exception {
        var home = new WizardHome(root, FIRST);
        made = Optional.of(home);
        Disk web = home.days().image("web", 4, Disk.Role.DATA);
        var place = home.console().locations().add(new NewLocation("Backup drive", root.resolve("place"), ""));
        Vault vault = home.console()
                .vaults()
                .create(new NewVault(
                        "main",
                        "",
                        place.id(),
                        100,
                        List.of(web.id()),
                        true,
                        Optional.of(PASSPHRASE.toCharArray()),
                        false,
                        "",
                        Map.of()));
        ofFirst = Files.readAllBytes(web.path());
        home.days().backUp(vault, web, "web-0");
        home.days().pass(Duration.ofDays(1));
        home.days().change(web, 1_000_000, 90_000);
        ofSecond = Files.readAllBytes(web.path());
        second = Optional.of(home.days().backup(home.days().backUp(vault, web, "web-1")));
        home.days().pass(Duration.ofDays(1));
        return home;
    }

    @AfterEach
    void close() throws Exception {
        if (made.isPresent()) {
            made.get().leave();
            made.get().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH, KEYS", "CHINESE, KEYS", "ENGLISH, MOUSE", "CHINESE, MOUSE"})
    void aVaultWhoseKeyIsLostIsUnlockedOnTheWay(Language language, WizardHome.Hand hand) throws Exception {
        WizardHome home = twoDays();
        home.withoutKeys();
        home.show(language);
        Person person = home.begin(hand, "wizard.happened.broken");
        person.answers("web");
        person.presses(home.say("kit.continue"));
        person.presses(home.say("kit.continue"));
        person.waitsFor(home.say("wizard.why.vault.no-key", "vault", "main"));
        person.presses(home.say("wizard.check.unlock"));
        person.waitsFor(home.say("vault.unlock.title", "vault", "main"));
        person.types(home.say("vault.unlock.field"), "wronghorse");
        person.presses(home.say("vault.unlock"));
        assertThat(person.sees())
                .as("a wrong one is said, and can be mended")
                .anyMatch(words -> words.contains(home.say("problem.key.wrong.what", "vault", "main")));
        person.types(home.say("vault.unlock.field"), PASSPHRASE);
        person.presses(home.say("vault.unlock"));
        person.waitsFor(home.say("wizard.do.new-file"));
        assertThat(person.sees()).doesNotContain(home.say("wizard.check.unlock"));
        person.presses(home.say("wizard.do.new-file"));
        person.waitsFor(home.say("wizard.done.new-file", "disk", "web", "at", SECOND));
        home.finish(person);
        assertThat(Files.readAllBytes(root.resolve("web-2026-11-02.img"))).isEqualTo(ofSecond);
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH, KEYS", "CHINESE, KEYS", "ENGLISH, MOUSE", "CHINESE, MOUSE"})
    void fromADamagedBackupTheSoundOneBeforeIsOneStepAway(Language language, WizardHome.Hand hand) throws Exception {
        WizardHome home = twoDays();
        home.console()
                .backups()
                .damaged(
                        second.orElseThrow().id(),
                        Problem.of("vault.damaged", "vault", "main", "location", "place", "object", "data/1"));
        home.show(language);
        Person person = home.begin(hand, "wizard.happened.broken");
        person.answers("web");
        assertThat(person.sees()).as("the newest sound one").contains(home.say("wizard.when.chosen", "at", FIRST));
        person.presses(home.say("backup.timeline.later"));
        assertThat(person.sees())
                .contains(home.say("wizard.when.chosen.damaged", "at", SECOND), home.say("wizard.when.damaged"));
        person.presses(home.say("wizard.when.use", "at", FIRST));
        assertThat(person.sees())
                .contains(home.say("wizard.when.chosen", "at", FIRST))
                .doesNotContain(home.say("wizard.when.damaged"));
        person.presses(home.say("kit.continue"));
        person.presses(home.say("kit.continue"));
        person.waitsFor(home.say("wizard.do.new-file"));
        person.presses(home.say("wizard.do.new-file"));
        person.waitsFor(home.say("wizard.done.new-file", "disk", "web", "at", FIRST));
        home.finish(person);
        assertThat(Files.readAllBytes(root.resolve("web-2026-11-01.img"))).isEqualTo(ofFirst);
    }

    /**
     * <pre>
     *   1 November   report small
     *   2            report large, damaged afterwards
     *   3            the same blocks of report; folders written anew, so that they are sound
     * </pre>
     */
    @ParameterizedTest
    @CsvSource({"ENGLISH, KEYS", "CHINESE, KEYS", "ENGLISH, MOUSE", "CHINESE, MOUSE"})
    void inPlaceOfADamagedFileTheOneFromTheDayBeforeIsOneStepAway(Language language, WizardHome.Hand hand)
            throws Exception {
        var home = new WizardHome(root, FIRST);
        made = Optional.of(home);
        var content = new FileDisk(root.resolve("files.img"));
        content.write("Documents/report.docx", "of the first day");
        Disk files =
                home.console().disks().addImage(new NewImage(content.image(), Optional.of("files"), Disk.Role.DATA));
        Vault vault = home.days().vault("main", files);
        home.days().backUp(vault, files, "one");
        byte[] random = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(random);
        content.write("Documents/report.docx", HexFormat.of().formatHex(random));
        home.days().pass(Duration.ofDays(1));
        home.days().backUp(vault, files, "two");
        try (LoopDevice loop = LoopDevice.attach(content.image());
                LoopDevice.Mounted mounted = loop.mount(Files.createDirectory(root.resolve("mounted")))) {
            Files.writeString(mounted.point().resolve("more.txt"), "another file");
            Files.writeString(mounted.point().resolve("Documents/more.txt"), "another file");
        }
        home.days().pass(Duration.ofDays(1));
        home.days().backUp(vault, files, "three");
        home.days().pass(Duration.ofDays(1));
        try (Stream<Path> all = Files.walk(root.resolve("place"))) {
            Path pack = all.filter(path -> path.toString().contains("/data/"))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
            TestHome.flip(pack, Files.size(pack) / 2);
        }
        home.show(language);
        Person person = home.begin(hand, "wizard.happened.file");
        person.types(home.say("wizard.find.prompt"), "report");
        person.waitsFor("report.docx");
        person.opens("report.docx");
        person.waitsFor(home.say("wizard.do.files", "n", 1));
        person.presses(home.say("wizard.where"));
        person.marks(home.say("browse.where.folder"));
        person.presses(home.say("kit.continue"));
        person.waitsFor(home.say("wizard.do.files", "n", 1));
        person.presses(home.say("wizard.do.files", "n", 1));
        person.waitsFor(home.say("wizard.done.files.partly", "n", 0, "all", 1));
        Path back = root.resolve("Restored/report.docx");
        assertThat(back).as("nothing wrong is written").doesNotExist();
        person.presses(home.say("wizard.done.instead", "at", FIRST));
        person.waitsFor(home.say("wizard.done.file", "name", "report.docx"));
        assertThat(person.sees()).doesNotContain(home.say("wizard.done.instead", "at", FIRST));
        home.finish(person);
        assertThat(back).hasContent("of the first day");
    }
}
