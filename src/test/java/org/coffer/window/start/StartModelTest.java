package org.coffer.window.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.console.event.Event;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Retention;
import org.coffer.console.vault.Places;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.machine.FoundDisk;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The home lies on the system disk sda, as it does on most computers.
 *
 * <pre>
 *   sda   system   carries root/home
 *   sdb   data     mounted at root/usb
 *   sdc   no right to read
 * </pre>
 */
class StartModelTest {
    @TempDir
    Path root;

    private TestConsole home;
    private final FakeDialogs dialogs = new FakeDialogs();
    private StartModel model;

    @BeforeEach
    void open() throws IOException {
        home = new TestConsole(root);
        home.machine()
                .device("sda", 240_000_000_000L, FoundDisk.Role.SYSTEM, "/")
                .carries("sda", root.resolve("home"))
                .forbidden("sdc", 500_000_000_000L);
        var console = home.console();
        var places = new Places(console.locations(), console.disks());
        model = new StartModel(
                console.disks(),
                new Beginning(places, console.vaults(), console.policies(), console.backups(), new Random(1)),
                new WhenModel(console.policies(), TestConsole.direct(), Clock.system(ZoneId.of("Asia/Shanghai"))),
                TestConsole.direct(),
                dialogs,
                "This computer");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private UUID disk(String name) {
        return model.disksProperty().get().stream()
                .filter(disk -> disk.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void disksThatHoldDataAreTickedAndUnreadableOnesAreNot() {
        model.look();

        assertThat(model.disksProperty().get()).extracting(disk -> disk.name()).containsExactly("sda", "sdc");
        assertThat(model.tickedProperty().get()).containsExactly(disk("sda"));
        assertThat(model.disksAnswer().getValue().args()).contains(1, 240_000_000_000L);
    }

    @Test
    void whyADiskCannotBeReadIsTold() {
        model.look();

        model.explain(model.disksProperty().get().getLast());

        assertThat(dialogs.problems()).extracting(problem -> problem.code()).containsExactly("disk.permission");
    }

    @Test
    void thePlaceOnAProtectedDiskIsRefused() {
        model.look();

        PlaceChoice ready = model.choice().orElseThrow();
        assertThat(ready.place().kind()).isEqualTo(Places.PlaceKind.READY);
        assertThat(ready.refusal().orElseThrow().code()).isEqualTo("location.same-disk");
        assertThat(model.placeFits().get()).isFalse();
        assertThat(model.safe().get()).isFalse();
    }

    @Test
    void anotherFolderIsOfferedAndChosen() throws IOException {
        model.look();

        dialogs.choose(home.folder("usb"));
        model.otherFolder().run();

        assertThat(model.choice().orElseThrow().place().address().text())
                .isEqualTo(root.resolve("usb").toString());
        assertThat(model.placeFits().get()).isTrue();
        assertThat(model.safe().get()).isTrue();
    }

    @Test
    void whatIsTickedDecidesWhatThePlaceIsWorth() throws IOException {
        model.look();
        model.addImage(home.image("web.img", 4));

        model.tick(disk("sda"), false);

        assertThat(model.choice().orElseThrow().refusal()).isEmpty();
        assertThat(model.placeFits().get()).isTrue();
    }

    @Test
    void aPlaceOnTheDiskItselfGreysTheStartAndSaysWhy() {
        model.look();
        model.choose(model.choicesProperty().get().getFirst().place().address());

        assertThat(model.placeFits().get()).isFalse();
        assertThat(model.start(started -> {}).whyNot().getValue())
                .hasValueSatisfying(why -> assertThat(why.key()).isEqualTo("start.where.unfit"));
    }

    @Test
    void nothingTickedStopsTheFirstStep() {
        model.look();

        model.tick(disk("sda"), false);

        assertThat(model.somethingTicked().get()).isFalse();
    }

    @Test
    void anImageThatCannotBeUsedIsToldAndNothingIsTicked() throws IOException {
        model.look();

        model.addImage(home.folder("folder.img"));

        assertThat(dialogs.problems()).extracting(problem -> problem.code()).containsExactly("image.folder");
        assertThat(model.tickedProperty().get()).containsExactly(disk("sda"));
    }

    @Test
    void startingMakesALocationAVaultAndARunningBackupThatEndsWell() throws Exception {
        model.look();
        model.addImage(home.image("web.img", 4));
        model.tick(disk("sda"), false);
        List<Started> begun = new ArrayList<>();

        model.start(begun::add).run();

        assertThat(model.problemProperty().get()).isEmpty();
        Started started = begun.getFirst();
        Vault vault = home.console().vaults().list(VaultFilter.ALL).getFirst();
        assertThat(vault.name()).matches("vault_[0-9a-f]{4}");
        assertThat(vault.encrypted()).isTrue();
        assertThat(vault.locationName()).isEqualTo("This computer");
        assertThat(started.tasks()).hasSize(1);
        assertThat(ended(started)).isInstanceOfSatisfying(FirstBackupModel.State.Done.class, done -> {
            assertThat(done.disks()).isOne();
            assertThat(done.stored()).isGreaterThan(1_900_000);
            assertThat(done.backup()).isPresent();
        });
        assertThat(home.console().policies().ofVault(vault.id()))
                .as("every night from now on")
                .map(policy -> policy.plan().schedule().times())
                .contains(List.of(LocalTime.of(2, 0)));
    }

    @Test
    void otherTimesChangeThePolicyThatThereIsAndOnlyNowBindsNone() throws Exception {
        model.look();
        model.addImage(home.image("web.img", 4));
        model.tick(disk("sda"), false);
        WhenModel when = model.when();
        when.kind().set(WhenModel.Kind.OTHER);
        when.times().set("12:00, 12:59");
        assertThat(when.problem().getValue()).map(Problem::code).contains("policy.times-close");
        assertThat(model.start(started -> {}).whyNot().getValue())
                .map(Sentence::key)
                .contains("start.when.unfit");
        when.times().set("noon");
        assertThat(when.problem().getValue()).map(Problem::code).contains("policy.time-unreadable");
        when.times().set("12, 21:30");
        when.count().set("0");
        assertThat(when.problem().getValue()).map(Problem::code).contains("policy.keep-count");
        when.count().set("7");
        assertThat(when.fits().get()).isTrue();
        List<Started> begun = new ArrayList<>();

        model.start(begun::add).run();

        ended(begun.getFirst());
        Policy made =
                home.console().policies().ofVault(begun.getFirst().vault()).orElseThrow();
        assertThat(home.console().policies().list()).as("changed, not added").containsExactly(made);
        assertThat(made.name()).isEqualTo("Policy-1200");
        assertThat(made.plan().schedule().times()).containsExactly(LocalTime.of(12, 0), LocalTime.of(21, 30));
        assertThat(made.plan().retention()).isEqualTo(new Retention.ByCount(7, Retention.Periods.NONE));
        when.kind().set(WhenModel.Kind.ONCE);
        assertThat(when.decision()).isEqualTo(new When.Once());
    }

    @Test
    void aFirstBackupThatFailedCanBeRepeatedWhereItFailed() throws Exception {
        Path image = home.image("web.img", 4);
        model.look();
        model.addImage(image);
        model.tick(disk("sda"), false);
        Path elsewhere = root.resolve("unplugged.img");
        List<Started> begun = new ArrayList<>();
        // Told before the task runs: unplugged when everything is set up, and nothing is read yet.
        try (var _ = home.console().events().subscribe(event -> {
            if (event instanceof Event.TaskChanged && Files.exists(image)) {
                move(image, elsewhere);
            }
        })) {
            model.start(begun::add).run();
        }

        try (FirstBackupModel following = following(begun.getFirst())) {
            assertThat(ended(following)).isInstanceOfSatisfying(FirstBackupModel.State.Failed.class, failed -> {
                assertThat(failed.cause().code()).isEqualTo("disk.missing");
                assertThat(failed.repeatable()).isTrue();
            });
            Files.move(elsewhere, image);
            var done = new CountDownLatch(1);
            following.stateProperty().subscribe(now -> {
                if (now instanceof FirstBackupModel.State.Done) {
                    done.countDown();
                }
            });
            following.retry().run();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FirstBackupModel.State ended(Started started) throws InterruptedException {
        try (FirstBackupModel following = following(started)) {
            return ended(following);
        }
    }

    private FirstBackupModel following(Started started) {
        var console = home.console();
        return new FirstBackupModel(
                started,
                console.tasks(),
                console.vaults(),
                console.events(),
                TestConsole.direct(),
                Clock.system(ZoneId.systemDefault()),
                vault -> {},
                backup -> {});
    }

    private static FirstBackupModel.State ended(FirstBackupModel following) throws InterruptedException {
        var end = new CountDownLatch(1);
        following.stateProperty().subscribe(now -> {
            if (!(now instanceof FirstBackupModel.State.Running)) {
                end.countDown();
            }
        });
        assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        return following.stateProperty().get();
    }
}
