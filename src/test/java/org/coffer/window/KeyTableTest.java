package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The keys that the window promises, line by line, over the pages as they are. Every line begins on the overview.
 *
 * <pre>
 *   Ctrl+1 Overview   Ctrl+2 Disk backup   Ctrl+3 Tasks   Ctrl+4 Storage locations   Ctrl+5 Audit   Ctrl+6 Settings
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyTableTest {
    private OpenWindow window;

    @BeforeAll
    void open(@TempDir Path root) throws Exception {
        window = new OpenWindow(root);
    }

    @AfterAll
    void close() {
        window.close();
    }

    @BeforeEach
    void fromTheOverview() {
        for (int i = 0; i < 3 && !sheet().isEmpty(); i++) {
            push(KeyCode.ESCAPE);
        }
        push(KeyCode.CONTROL, KeyCode.DIGIT1);
    }

    Stream<Named<Runnable>> lines() {
        return Stream.of(
                Named.of("Ctrl+1…9 opens the pages in the order of the navigation", this::numbers),
                Named.of("Ctrl+Shift+R restores data", this::restore),
                Named.of("Ctrl+F searches, Esc clears", this::search),
                Named.of("Ctrl+N does the page's primary act, on details pages too", this::primary),
                Named.of("Ctrl+G goes to a day on every page in the order of time", this::goToDate),
                Named.of("F6 goes through navigation, filters, table, panel, strip, Shift+F6 back", this::regions),
                Named.of("Space ticks a row, Ctrl+A the page", this::ticks),
                Named.of("Enter opens, F2 renames, Delete asks, Shift+F10 shows the menu", this::rows),
                Named.of("arrows, Home and End move in a timeline", this::timeline),
                Named.of("Ctrl+Tab turns tabs, Alt+Left goes back", this::tabs),
                Named.of("Ctrl+Enter submits a form, and says what is missing", this::submit),
                Named.of("F1 explains the page", this::help));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyKeyDoesWhatItsLineSays(Runnable line) {
        line.run();
    }

    private void numbers() {
        List<String> opened = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + i));
            opened.add(Fx.call(() -> all(".nav-entry").stream()
                    .filter(node -> node instanceof ToggleButton entry && entry.isSelected())
                    .map(Node::getAccessibleText)
                    .findFirst()
                    .orElse("")));
        }
        assertThat(opened).hasSize(7).doesNotHaveDuplicates().doesNotContain("");
    }

    private void restore() {
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        assertThat(words()).contains("What happened?", "A file is gone or spoiled");
        push(KeyCode.ESCAPE);
        assertThat(words()).doesNotContain("A file is gone or spoiled");
    }

    private void search() {
        for (KeyCode page : List.of(KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT5, KeyCode.DIGIT6)) {
            push(KeyCode.CONTROL, page);
            push(KeyCode.CONTROL, KeyCode.F);
            Node owner = owner();
            assertThat(owner).as("page " + page).isInstanceOf(SearchField.class);
            Keys.type("none");
            push(KeyCode.ENTER);
            push(KeyCode.ESCAPE);
            assertThat(Fx.call(() -> ((TextField) owner).getText())).isEmpty();
        }
    }

    private void primary() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        push(KeyCode.CONTROL, KeyCode.N);
        assertThat(words()).contains("Create vault", "Disks to protect");
        push(KeyCode.ALT, KeyCode.LEFT);
        openVault();
        push(KeyCode.CONTROL, KeyCode.N);
        assertThat(sheet()).contains("Back up");
    }

    private void goToDate() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        push(KeyCode.CONTROL, KeyCode.TAB);
        asksForADay("backups");
        push(KeyCode.CONTROL, KeyCode.DIGIT4);
        asksForADay("tasks");
        push(KeyCode.CONTROL, KeyCode.DIGIT6);
        asksForADay("audit");
    }

    private void asksForADay(String page) {
        push(KeyCode.CONTROL, KeyCode.G);
        assertThat(sheet()).as(page).contains("Go to date");
        push(KeyCode.ENTER);
        assertThat(sheet()).as(page).isEmpty();
        TableView<?> table = (TableView<?>) owner();
        assertThat(Fx.call(() -> table.getSelectionModel().getSelectedIndex()))
                .as(page)
                .isZero();
    }

    private void regions() {
        push(KeyCode.CONTROL, KeyCode.DIGIT4);
        Fx.run(() -> {
            table().requestFocus();
            table().getSelectionModel().select(0);
        });
        push(KeyCode.ENTER);
        List<String> round = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            push(KeyCode.F6);
            round.add(region());
        }
        assertThat(round).containsExactlyInAnyOrder("nav", "bar", "table-view", "docked");
        push(KeyCode.SHIFT, KeyCode.F6);
        assertThat(region()).isEqualTo(round.get(2));
    }

    private String region() {
        return Fx.call(() -> {
            for (Node at = scene().getFocusOwner(); at != null; at = at.getParent()) {
                for (String name : List.of("nav", "bar", "table-view", "docked", "strip")) {
                    if (at.getStyleClass().contains(name)) {
                        return name;
                    }
                }
            }
            return "none";
        });
    }

    private void ticks() {
        firstRow();
        push(KeyCode.SPACE);
        assertThat(words()).contains("1 selected");
        push(KeyCode.SPACE);
        assertThat(words()).doesNotContain("1 selected");
        push(KeyCode.CONTROL, KeyCode.A);
        assertThat(words()).contains("1 selected");
        push(KeyCode.SPACE);
    }

    private void rows() {
        firstRow();
        push(KeyCode.F2);
        assertThat(sheet()).contains("Rename vault_f61e");
        push(KeyCode.ESCAPE);
        push(KeyCode.DELETE);
        assertThat(sheet()).contains("Delete vault vault_f61e?");
        push(KeyCode.ESCAPE);
        push(KeyCode.SHIFT, KeyCode.F10);
        assertThat(Fx.call(() -> Window.getWindows().stream()
                        .filter(open -> open instanceof ContextMenu)
                        .count()))
                .isEqualTo(1);
        push(KeyCode.ESCAPE);
        push(KeyCode.ENTER);
        assertThat(words()).contains("Location and key");
    }

    private void timeline() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        push(KeyCode.CONTROL, KeyCode.TAB);
        Fx.run(() -> {
            table().requestFocus();
            table().getSelectionModel().selectLast();
        });
        push(KeyCode.ENTER);
        Node line = Fx.call(() -> all(".timeline").getFirst());
        Fx.run(line::requestFocus);
        for (KeyCode key : List.of(KeyCode.LEFT, KeyCode.RIGHT, KeyCode.HOME, KeyCode.END)) {
            push(key);
            assertThat(words()).as(key.getName()).contains("1 of 1");
            assertThat(Fx.call(() -> all(".timeline"))).as(key.getName()).hasSize(1);
        }
    }

    private void tabs() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        Set<String> turned = new LinkedHashSet<>();
        for (int i = 0; i < 3; i++) {
            turned.add(Fx.call(() -> all(".tabs > .toggle-button").stream()
                    .filter(node -> node instanceof ToggleButton tab && tab.isSelected())
                    .map(node -> ((ToggleButton) node).getText())
                    .findFirst()
                    .orElse("")));
            push(KeyCode.CONTROL, KeyCode.TAB);
        }
        assertThat(turned).hasSize(3);
        openVault();
        push(KeyCode.ALT, KeyCode.LEFT);
        assertThat(words()).contains("Disk backup").doesNotContain("Location and key");
    }

    private void submit() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        push(KeyCode.CONTROL, KeyCode.N);
        Fx.run(() -> all(".text-field").stream()
                .map(TextField.class::cast)
                .filter(field -> field.getText().startsWith("vault_"))
                .forEach(field -> {
                    field.setText("no/name");
                    field.requestFocus();
                }));
        window.settle();
        push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(words()).contains("Disks to protect").anyMatch(said -> said.contains("/ is not allowed"));
    }

    private void help() {
        push(KeyCode.CONTROL, KeyCode.DIGIT6);
        push(KeyCode.F1);
        assertThat(sheet()).isNotEmpty();
        push(KeyCode.ESCAPE);
        assertThat(sheet()).isEmpty();
    }

    // ---- The window

    private void push(KeyCode... keys) {
        Keys.push(keys);
        window.settle();
    }

    private void firstRow() {
        push(KeyCode.CONTROL, KeyCode.DIGIT2);
        showTab("Vaults");
        Fx.run(() -> {
            table().requestFocus();
            table().getSelectionModel().select(0);
        });
    }

    private void openVault() {
        firstRow();
        push(KeyCode.ENTER);
    }

    private void showTab(String name) {
        Fx.run(() -> all(".tabs > .toggle-button").stream()
                .map(ToggleButton.class::cast)
                .filter(tab -> name.equals(tab.getText()) && !tab.isSelected())
                .forEach(ToggleButton::fire));
        window.settle();
    }

    private Scene scene() {
        return window.stage().getScene();
    }

    private Node owner() {
        return Fx.call(() -> scene().getFocusOwner());
    }

    /** The table that is seen; called on the window's thread. */
    private TableView<?> table() {
        return (TableView<?>) all(".table-view").getFirst();
    }

    private List<Node> all(String selector) {
        return scene().getRoot().lookupAll(selector).stream()
                .filter(KeyTableTest::isSeen)
                .toList();
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** What is written in the window. */
    private List<String> words() {
        return Fx.call(() -> written(all(".root *")));
    }

    /** What is written in the topmost box; nothing if none is open. */
    private List<String> sheet() {
        return Fx.call(() -> all(".sheet-box").isEmpty() ? List.of() : written(all(".sheet-box *")));
    }

    private static List<String> written(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node instanceof Labeled labeled && labeled.getText() != null)
                .map(node -> ((Labeled) node).getText())
                .filter(said -> !said.isBlank())
                .toList();
    }
}
