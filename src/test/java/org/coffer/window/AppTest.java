package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.coffer.console.Console;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.event.Event;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.picture.ClippedText;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.coffer.window.picture.Pictures;
import org.coffer.window.settings.About;
import org.coffer.window.tray.TestDesktop;
import org.coffer.window.tray.Tray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;

/** The window over a real home, used as a person would. */
class AppTest {
    @TempDir
    Path root;

    private final Works works = new Works();
    private Optional<Stage> stage = Optional.empty();
    private Optional<TestConsole> home = Optional.empty();

    private App open(Language language) throws IOException {
        return open(language, Tray.NONE);
    }

    private App open(Language language, Tray tray) throws IOException {
        var opened = new TestConsole(root);
        home = Optional.of(opened);
        opened.console().disks().addImage(new NewImage(opened.image("web.img", 24), Optional.empty(), Disk.Role.DATA));
        return Fx.call(() -> {
            var app = new App(
                    new About("0.1", root.resolve("home"), root.resolve("log"), Optional.empty()),
                    Optional.of(language),
                    false,
                    Clock.system(ZoneId.systemDefault()),
                    tray,
                    works);
            var window = new Stage();
            window.setX(0);
            window.setY(0);
            stage = Optional.of(window);
            app.show(window);
            app.furnish(opened.console(), App.look(opened.console()));
            return app;
        });
    }

    @AfterEach
    void close() {
        stage.ifPresent(window -> Fx.close(window));
        home.ifPresent(TestConsole::close);
    }

    private Stage window() {
        return stage.orElseThrow();
    }

    private boolean reads(String words) {
        return window().getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(node -> node instanceof Labeled label
                        && label.getText() != null
                        && label.getText().contains(words)
                        && label.getScene() != null
                        && label.isVisible());
    }

    private Node button(String words) {
        return window().getScene().getRoot().lookupAll(".button").stream()
                .filter(node -> node instanceof Button button && words.equals(button.getText()) && node.isVisible())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + words));
    }

    private void picture(String name, Language language) {
        Pictures.write(window(), name + "-" + language.tag() + "-window");
        assertThat(Fx.call(() -> ClippedText.in(window().getScene().getRoot())))
                .as(name)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void anEmptyHomeLeadsToARunningBackupByKeyboardAlone(Language language) throws IOException {
        open(language);
        Text text = Text.of(language, Clock.system(ZoneId.systemDefault()));
        Fx.until(
                "the disk is ticked",
                () -> window().getScene().getRoot().lookupAll(".check-box").stream()
                        .anyMatch(node -> node instanceof CheckBox box && box.isSelected()));
        picture("first-start-what", language);

        Keys.push(KeyCode.CONTROL, KeyCode.ENTER);
        Fx.until("the second question", () -> reads(text.get("start.where.good").substring(0, 4)));
        picture("first-start-where", language);
        Keys.push(KeyCode.CONTROL, KeyCode.ENTER);
        Fx.until("the third question", () -> reads(text.get("start.when.help")));
        picture("first-start-when", language);
        Keys.push(KeyCode.CONTROL, KeyCode.ENTER);
        Fx.until("the first backup", () -> reads(text.get("start.sheet.title")));
        picture("first-start-running", language);
        Fx.until("its end", () -> reads(text.get("start.done.try.help")));
        picture("first-start-done", language);
        Keys.push(KeyCode.ESCAPE);
        Fx.until("the overview", () -> reads(text.get("overview.protection")));
        picture("overview", language);

        var console = home.orElseThrow().console();
        Vault vault = console.vaults().list(VaultFilter.ALL).getFirst();
        assertThat(vault.encrypted()).isTrue();
        assertThat(console.backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 10))
                .extracting(backup -> backup.status())
                .containsExactly(BackupStatus.AVAILABLE);
        assertThat(console.policies().ofVault(vault.id()))
                .as("it goes on every night")
                .isPresent();
    }

    @Test
    void startedAtLoginItShowsNothingUntilItIsCalled() throws IOException {
        var opened = new TestConsole(root);
        home = Optional.of(opened);
        App app = Fx.call(() -> {
            var hidden = new App(
                    new About("0.1", root.resolve("home"), root.resolve("log"), Optional.empty()),
                    Optional.of(Language.ENGLISH),
                    true,
                    Clock.system(ZoneId.systemDefault()),
                    Tray.NONE,
                    Thread::startVirtualThread);
            var window = new Stage();
            stage = Optional.of(window);
            hidden.show(window);
            hidden.furnish(opened.console(), App.look(opened.console()));
            return hidden;
        });
        Fx.pulses(3);
        assertThat(window().isShowing()).isFalse();
        assertThat(app.hasEnded()).as("it stays for the policies").isFalse();
        app.toFront();
        Fx.until("the window", () -> window().isShowing());
        Fx.until(
                "the overview",
                () -> reads(Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()))
                        .get("overview.empty")));
    }

    @Test
    void anEmptyHomeLeadsToARunningBackupByOneClick() throws IOException {
        open(Language.ENGLISH);
        Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until(
                "all answers are safe",
                () -> window().getScene().getRoot().lookupAll(".button").stream()
                        .anyMatch(node -> node instanceof Button button
                                && text.get("start.now").equals(button.getText())
                                && button.getParent().isVisible()));

        new FxRobot().clickOn(button(text.get("start.now")));

        Fx.until("its end", () -> reads(text.get("start.done.try.help")));
        assertThat(home.orElseThrow().console().vaults().list(VaultFilter.ALL)).hasSize(1);
    }

    @Test
    void leavingTheFirstStartLeavesItsWayBackOnTheOverview() throws IOException {
        open(Language.ENGLISH);
        Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until("the first question", () -> reads(text.get("start.what.help")));

        Keys.push(KeyCode.ESCAPE);
        Fx.until("the empty overview", () -> reads(text.get("overview.empty")));
        new FxRobot().clickOn(button(text.get("overview.start")));

        Fx.until("the first question again", () -> reads(text.get("start.what.help")));
    }

    @Test
    void everyPageOpensByKeyboardInBothLanguages() throws IOException {
        open(Language.ENGLISH);
        Text english = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until("the first question", () -> reads(english.get("start.what.help")));
        Keys.push(KeyCode.ESCAPE);
        Fx.until("the overview", () -> reads(english.get("overview.empty")));
        int pages = Fx.call(
                () -> window().getScene().getRoot().lookupAll(".nav-entry").size());
        assertThat(pages).isGreaterThan(3);
        for (int i = 1; i <= pages; i++) {
            Keys.push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + i));
            works.settle();
            assertThat(Fx.call(() -> ClippedText.in(window().getScene().getRoot())))
                    .as("page " + i)
                    .isEmpty();
        }
    }

    @Test
    void anOpenWindowNoticesByItselfThatALocationWentAwayAndCameBack() throws Exception {
        open(Language.ENGLISH);
        TestConsole opened = home.orElseThrow();
        Path stick = opened.folder("stick");
        Location place = opened.console().locations().add(new NewLocation("stick", stick, ""));
        var changes = new Semaphore(0);
        opened.console().events().subscribe(event -> {
            if (event.equals(new Event.LocationChanged(place.id()))) {
                changes.release();
            }
        });
        Files.move(stick, root.resolve("away"));
        assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).as("gone").isTrue();
        Files.move(root.resolve("away"), stick);
        assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).as("back").isTrue();
    }

    @Test
    void closingWithNothingRunningEndsTheProgram() throws IOException {
        App app = open(Language.ENGLISH);
        Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until("the first question", () -> reads(text.get("start.what.help")));
        Keys.push(KeyCode.ESCAPE);
        Fx.until("the overview", () -> reads(text.get("overview.empty")));

        Fx.run(() -> window().fireEvent(new WindowEvent(window(), WindowEvent.WINDOW_CLOSE_REQUEST)));

        Fx.until("the end", app::hasEnded);
        assertThat(root.resolve("home").resolve("window.properties")).exists();
    }

    @Test
    void closingWhereAPolicyRunsGoesOnOrEndsAsTheUserChooses() throws IOException {
        App app = open(Language.ENGLISH);
        Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until("the first question", () -> reads(text.get("start.what.help")));
        Keys.push(KeyCode.ESCAPE);
        Fx.until("the overview", () -> reads(text.get("overview.empty")));
        served("office");

        askedToClose();
        Fx.until("the choice", () -> chosen(text.get("window.close.stay")));
        Keys.push(KeyCode.ENTER);
        Fx.until("the window is hidden", () -> !window().isShowing());
        assertThat(app.hasEnded()).isFalse();

        app.toFront();
        Fx.until("a second start brings it back", () -> window().isShowing());
        askedToClose();
        Fx.until("the choice again", () -> chosen(text.get("window.close.stay")));
        Keys.push(KeyCode.DOWN);
        Keys.push(KeyCode.ENTER);
        Fx.until("the end", app::hasEnded);
    }

    @Test
    void closingWhileWorkRunsHidesTheWindowAndEndsWithTheWork() throws IOException {
        App app = open(Language.ENGLISH);
        Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
        Fx.until("the first question", () -> reads(text.get("start.what.help")));
        Keys.push(KeyCode.ESCAPE);
        Fx.until("the overview", () -> reads(text.get("overview.empty")));
        var release = new CountDownLatch(1);
        Tasks tasks = home.orElseThrow().console().tasks();
        tasks.register(TaskType.VERIFY, new Waiting(release));
        tasks.launch(tasks.create(new NewTask(
                TaskType.VERIFY, Task.Subject.vault(UUID.randomUUID(), "vault_f61e", UUID.randomUUID()), Map.of())));

        askedToClose();
        Fx.until("the notice", () -> reads(text.get("window.close.goes-on")));
        Keys.push(KeyCode.ENTER);
        Fx.until("the window is hidden", () -> !window().isShowing());
        assertThat(app.hasEnded()).isFalse();

        assertThat(app.toFront()).isTrue();
        Fx.until("a second start brings it back", () -> window().isShowing());
        askedToClose();
        Fx.until("the notice again", () -> reads(text.get("window.close.goes-on")));
        Keys.push(KeyCode.ENTER);
        Fx.until("the window is hidden again", () -> !window().isShowing());
        release.countDown();

        Fx.until("the end of the work", app::hasEnded);
    }

    /** A vault that a policy serves, so that there is something to stay for. */
    private Vault served(String name) throws IOException {
        Console console = home.orElseThrow().console();
        Location place = console.locations()
                .add(new NewLocation("place", home.orElseThrow().place("place"), ""));
        Vault vault = console.vaults()
                .create(new NewVault(
                        name, "", place.id(), 100, List.of(), false, Optional.empty(), false, "", Map.of()));
        console.policies().bind(console.policies().list().getFirst().id(), vault.id());
        return vault;
    }

    private void askedToClose() {
        Platform.runLater(() -> window().fireEvent(new WindowEvent(window(), WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whileItsWindowIsClosedItIsSeenAndReachedInTheTray(Language language) throws Exception {
        try (TestDesktop desktop = new TestDesktop(Files.createTempDirectory(root, "desktop"))) {
            desktop.begin(true);
            App app = open(language, Tray.here(desktop.environment()));
            Text text = Text.of(language, Clock.system(ZoneId.systemDefault()));
            Fx.until("the first question", () -> reads(text.get("start.what.help")));
            Keys.push(KeyCode.ESCAPE);
            Fx.until("the overview", () -> reads(text.get("overview.empty")));
            served("office-of-the-whole-company-with-a-name-of-many-letters_2026");
            assertThat(desktop.nobody()).as("nothing while the window is there").isTrue();

            askedToClose();
            Fx.until("the choice", () -> chosen(text.get("window.close.stay")));
            picture("close-to-tray", language);
            Keys.push(KeyCode.ENTER);
            Fx.until("the window is hidden", () -> !window().isShowing());
            String icon = desktop.announced();
            assertThat(desktop.lines(icon))
                    .startsWith(text.get("tray.open"), "-")
                    .endsWith("-", text.get("tray.quit"))
                    .anyMatch(line -> line.contains("office-of-the-whole-company"));

            desktop.item(icon).Activate(0, 0);
            Fx.until("a click brings it back", () -> window().isShowing());
            desktop.untilGone(icon);

            askedToClose();
            Fx.until("the choice again", () -> chosen(text.get("window.close.stay")));
            Keys.push(KeyCode.ENTER);
            icon = desktop.announced();
            desktop.choose(icon, text.get("tray.quit"));
            Fx.until("the question", () -> chosen(text.get("window.close.end")));
            picture("quit-from-tray", language);
            Keys.push(KeyCode.ESCAPE);
            icon = desktop.announced();
            assertThat(app.hasEnded()).as("it goes on as it was").isFalse();
            assertThat(window().isShowing()).isFalse();

            desktop.choose(icon, text.get("tray.quit"));
            Fx.until("the question again", () -> chosen(text.get("window.close.end")));
            Keys.push(KeyCode.ENTER);
            Fx.until("the end", app::hasEnded);
            desktop.untilGone(icon);
        }
    }

    @Test
    void fromTheTrayWorkIsPausedAndGoesOn() throws Exception {
        try (TestDesktop desktop = new TestDesktop(Files.createTempDirectory(root, "desktop"))) {
            desktop.begin(true);
            open(Language.ENGLISH, Tray.here(desktop.environment()));
            Text text = Text.of(Language.ENGLISH, Clock.system(ZoneId.systemDefault()));
            Fx.until("the first question", () -> reads(text.get("start.what.help")));
            Keys.push(KeyCode.ESCAPE);
            Fx.until("the overview", () -> reads(text.get("overview.empty")));
            Vault vault = served("office");
            Console console = home.orElseThrow().console();
            var release = new CountDownLatch(1);
            console.tasks().register(TaskType.VERIFY, new Waiting(release));
            Task task = console.tasks()
                    .create(new NewTask(
                            TaskType.VERIFY, Task.Subject.vault(vault.id(), "office", vault.locationId()), Map.of()));
            console.tasks().launch(task);
            askedToClose();
            Fx.until("the choice", () -> chosen(text.get("window.close.stay")));
            Keys.push(KeyCode.ENTER);
            String icon = desktop.announced();
            desktop.untilLine(icon, text.get("tray.pause"));
            desktop.choose(icon, text.get("tray.pause"));
            desktop.untilLine(icon, text.get("tray.resume"));
            assertThat(console.tasks().find(task.id()).orElseThrow().status()).isEqualTo(TaskStatus.PAUSED);
            assertThat(desktop.lines(icon)).doesNotContain(text.get("tray.pause"));
            desktop.choose(icon, text.get("tray.resume"));
            desktop.untilLine(icon, text.get("tray.pause"));
            release.countDown();
            console.tasks().await(task.id());
            assertThat(console.tasks().find(task.id()).orElseThrow().status()).isEqualTo(TaskStatus.SUCCEEDED);
        }
    }

    /** Whether a choice of these words has the focus. */
    private boolean chosen(String words) {
        return window().getScene().getFocusOwner() instanceof RadioButton radio
                && words.equals(radio.getAccessibleText());
    }

    /** Work that takes until somebody lets it end. */
    private record Waiting(CountDownLatch release) implements TaskHandler {
        @Override
        public void run(TaskRun run) {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean pausable() {
            return true;
        }

        @Override
        public boolean settle(Task interrupted) {
            return false;
        }

        @Override
        public Task retry(Task failed) {
            throw new UnsupportedOperationException();
        }
    }
}
