package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Window;
import org.coffer.console.TestHome;
import org.coffer.console.attach.Attaching;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vault that another Coffer kept, which is gone for good, is kept here from now on: by somebody who uses keys alone, and by
 * somebody with the mouse, who first thinks better of it.
 */
class KeepHereTest {
    private static final Clock CLOCK = Clock.system(ZoneId.systemDefault());
    private static final int MOST = 40;

    @TempDir
    private Path root;

    private TestConsole home;
    private Vault vault;

    @BeforeEach
    void worksBesideAnother() throws Exception {
        char[] passphrase = "open sesame".toCharArray();
        try (TestHome others = new TestHome(root.resolve("others"))) {
            NewVault plain = others.newVault("shared", others.image("mail", 1));
            others.console()
                    .vaults()
                    .create(new NewVault(
                            plain.name(),
                            "",
                            plain.location(),
                            plain.capacityGb(),
                            plain.disks(),
                            true,
                            Optional.of(passphrase.clone()),
                            false,
                            "",
                            Map.of()));
        }
        home = new TestConsole(root.resolve("here"));
        Attaching attaching = home.console().attaching();
        Location place = home.console().locations().add(new NewLocation("drive", root.resolve("others/place"), ""));
        try (OpenedStranger opened = attaching.open(attaching.find(place.id()).getFirst(), Optional.of(passphrase))) {
            vault = attaching.attach(opened, false).vault();
        }
        assertThat(beside()).isTrue();
    }

    @AfterEach
    void close() {
        home.close();
    }

    private boolean beside() {
        return home.console().vaults().get(vault.id()).beside();
    }

    private static String said(Language language, String key) {
        return Text.of(language, CLOCK).get(key, "vault", "shared");
    }

    @Test
    void withKeysAlone() {
        try (var window = new ShownWindow(home.console(), CLOCK, Language.ENGLISH, root)) {
            var person = new Person.AtTheKeyboard(window);
            opensItsMenuByKeys(window, person);
            assertThat(marked()).isEqualTo(said(Language.ENGLISH, "vault.keep"));
            Pictures.write(menu(), "vault-keep-menu-en");
            person.push(KeyCode.ENTER);
            person.waitsFor(said(Language.ENGLISH, "vault.keep.title"));
            assertThat(Fx.call(KeepHereTest::shown))
                    .as("the menu is gone, or it would take the keys")
                    .isEmpty();
            person.push(KeyCode.ENTER);
            assertThat(beside())
                    .as("Enter alone does nothing that cannot be taken back")
                    .isTrue();
            if (!person.sees().contains(said(Language.ENGLISH, "vault.keep.title"))) {
                opensItsMenuByKeys(window, person);
                person.push(KeyCode.ENTER);
                person.waitsFor(said(Language.ENGLISH, "vault.keep.title"));
            }
            person.presses(said(Language.ENGLISH, "vault.keep.act"));
            person.waitsFor(said(Language.ENGLISH, "vault.keep.done"));
            assertThat(beside()).isFalse();
        }
    }

    /** Walks from the row of the list through its menu to the entry. */
    private void opensItsMenuByKeys(ShownWindow window, Person person) {
        person.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        Fx.run(() -> {
            TableView<?> table = (TableView<?>) Person.all(window.root()).stream()
                    .filter(TableView.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            table.requestFocus();
            table.getSelectionModel().select(0);
        });
        Keys.push(KeyCode.SHIFT, KeyCode.F10);
        Fx.until("the menu", () -> shown().isPresent());
        for (int i = 0; i < MOST && !marked().equals(said(Language.ENGLISH, "vault.keep")); i++) {
            Keys.push(KeyCode.DOWN);
        }
    }

    @Test
    void withTheMouseAndASecondThought() {
        Language chinese = Language.CHINESE;
        try (var window = new ShownWindow(home.console(), CLOCK, chinese, root)) {
            var person = new Person.WithTheMouse(window);
            person.push(KeyCode.CONTROL, KeyCode.DIGIT2);
            clicksTheEntry(window, chinese);
            person.waitsFor(said(chinese, "vault.keep.title"));
            person.presses(said(chinese, "kit.cancel"));
            assertThat(beside()).as("thought better of it").isTrue();
            clicksTheEntry(window, chinese);
            person.waitsFor(said(chinese, "vault.keep.title"));
            person.presses(said(chinese, "vault.keep.act"));
            person.waitsFor(said(chinese, "vault.keep.done"));
            assertThat(beside()).isFalse();
            clicks(moreOfItsRow(window));
            assertThat(entries()).doesNotContain(said(chinese, "vault.keep"));
            Keys.push(KeyCode.ESCAPE);
        }
    }

    private void clicksTheEntry(ShownWindow window, Language language) {
        clicks(moreOfItsRow(window));
        Fx.until("the menu", () -> shown().isPresent());
        Fx.pulses(2);
        Pictures.write(menu(), "vault-keep-menu-zh");
        clicks(() -> inMenu(node ->
                node instanceof Labeled labeled && said(language, "vault.keep").equals(labeled.getText())));
        window.settle();
    }

    private static java.util.function.Supplier<Node> moreOfItsRow(ShownWindow window) {
        return () -> Person.all(window.root()).stream()
                .filter(node -> node instanceof TableRow<?> row && !row.isEmpty())
                .flatMap(row -> Person.all(row).stream())
                .filter(MenuButton.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void clicks(java.util.function.Supplier<Node> what) {
        Robot robot = Fx.call(Robot::new);
        Fx.run(() -> {
            Node node = what.get();
            Bounds at = node.localToScreen(node.getLayoutBounds());
            robot.mouseMove(at.getCenterX(), at.getCenterY());
        });
        Platform.runLater(() -> robot.mousePress(MouseButton.PRIMARY));
        Platform.runLater(() -> robot.mouseRelease(MouseButton.PRIMARY));
        Fx.pulses(3);
    }

    // ---- The open menu, which is a window of its own

    private static Optional<ContextMenu> shown() {
        return Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .filter(Window::isShowing)
                .findFirst();
    }

    private static ContextMenu menu() {
        return Fx.call(() -> shown().orElseThrow());
    }

    private static Node inMenu(Predicate<Node> wanted) {
        return Person.all(shown().orElseThrow().getScene().getRoot()).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> entries() {
        return Fx.call(() -> Person.all(shown().orElseThrow().getScene().getRoot()).stream()
                .flatMap(node -> node instanceof Labeled labeled
                        ? Optional.ofNullable(labeled.getText()).stream()
                        : java.util.stream.Stream.<String>empty())
                .toList());
    }

    /** The words of the entry that has the focus. */
    private static String marked() {
        return Fx.call(() -> Optional.ofNullable(
                        shown().orElseThrow().getScene().getFocusOwner())
                .stream()
                .flatMap(node -> Person.all(node).stream())
                .filter(node -> node instanceof Labeled labeled
                        && labeled.getText() != null
                        && !labeled.getText().isEmpty())
                .map(node -> ((Labeled) node).getText())
                .findFirst()
                .orElse(""));
    }
}
