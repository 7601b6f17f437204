package org.coffer.window.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.coffer.text.Language;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Look;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.kit.page.Tabs;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The window with two pages: one with a long list and a field, one with tabs. */
class ShellTest {
    private final List<String> heard = new ArrayList<>();
    private final LayoutMemory memory = LayoutMemory.shortLived();
    private final Appearance appearance = new Appearance(Language.ENGLISH, Look.LIGHT, memory, Clock.systemUTC());
    private final SimpleStringProperty input = new SimpleStringProperty("");
    private final SimpleObjectProperty<String> tab = new SimpleObjectProperty<>("a");
    private final Stage stage = Fx.call(Stage::new);
    private final Shell shell = Fx.call(() -> new Shell(stage, appearance));

    @BeforeEach
    void open() {
        Fx.run(() -> {
            shell.pages()
                    .add(PageEntry.top("vaults", "=Vaults", Group.BACKUP, Icon.DISK, route -> this::vaults))
                    .add(PageEntry.top("tasks", "=Tasks", Group.OPERATION, Icon.TASK, route -> this::tasks))
                    .add(PageEntry.top("audit", "=Audit", Group.MANAGEMENT, Icon.AUDIT, route -> this::audit));
            shell.help(page -> heard.add("help " + page));
            shell.restore(Act.of("=Restore data", () -> heard.add("restore")));
            stage.setX(0);
            stage.setY(0);
            shell.open(Route.to("vaults"));
        });
        Fx.pulses(4);
    }

    @AfterEach
    void close() {
        Fx.close(stage);
    }

    @Test
    void anotherLanguageKeepsPageScrollAndInput() {
        Fx.run(() -> {
            ((TextField) stage.getScene().lookup(".text-field")).setText("half a name");
            ((ScrollPane) stage.getScene().lookup(".scroll-pane")).setVvalue(0.5);
        });
        Fx.run(() -> appearance.languageProperty().set(Language.CHINESE));
        Fx.pulses(3);
        Fx.run(() -> {
            assertThat(((TextField) stage.getScene().lookup(".text-field")).getText())
                    .isEqualTo("half a name");
            assertThat(((ScrollPane) stage.getScene().lookup(".scroll-pane")).getVvalue())
                    .isEqualTo(0.5);
            assertThat(((Label) stage.getScene().lookup(".strip .label")).getText())
                    .isEqualTo(appearance.kit().getValue().say("shell.idle"));
        });
    }

    @Test
    void anotherLookChangesTheSheetsAtOnce() {
        Fx.run(() -> appearance.lookProperty().set(Look.DARK));
        assertThat(Fx.call(() -> String.join(" ", stage.getScene().getStylesheets())))
                .contains("coffer-dark.css");
        Fx.run(() -> appearance.lookProperty().set(Look.LIGHT));
        assertThat(Fx.call(() -> String.join(" ", stage.getScene().getStylesheets())))
                .doesNotContain("coffer-dark.css");
    }

    @Test
    void keysLeadEverywhere() {
        Keys.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        Fx.pulses(2);
        assertThat(page()).isEqualTo("tasks");
        Keys.push(KeyCode.CONTROL, KeyCode.TAB);
        assertThat(Fx.call(tab::get)).isEqualTo("b");
        Keys.push(KeyCode.F5);
        Keys.push(KeyCode.CONTROL, KeyCode.N);
        Keys.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        Keys.push(KeyCode.CONTROL, KeyCode.F);
        Fx.pulses(2);
        assertThat(heard).containsExactly("refresh", "create", "restore");
        assertThat(Fx.call(() -> stage.getScene().getFocusOwner())).isInstanceOf(SearchField.class);
        Keys.push(KeyCode.ALT, KeyCode.LEFT);
        Fx.pulses(2);
        assertThat(page()).isEqualTo("vaults");
    }

    @Test
    void aListInTheOrderOfTimeIsLeftForADayAndNoOtherIs() {
        Keys.push(KeyCode.CONTROL, KeyCode.G);
        Fx.pulses(3);
        assertThat(Fx.call(() -> stage.getScene().lookup(".sheet-box"))).isNull();
        Keys.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        Fx.pulses(3);
        Keys.push(KeyCode.CONTROL, KeyCode.G);
        Fx.pulses(6);
        type("yesterday");
        Keys.push(KeyCode.ENTER);
        Fx.pulses(3);
        assertThat(heard).isEmpty();
        type("2026-11-17");
        Keys.push(KeyCode.ENTER);
        Fx.pulses(6);
        assertThat(heard).containsExactly("find 2026-11-17");
        Node owner = Fx.call(() -> stage.getScene().getFocusOwner());
        assertThat(owner).isInstanceOf(TableView.class);
        assertThat(((TableView<?>) owner).getSelectionModel().getSelectedItem()).isEqualTo("c");
    }

    private void type(String words) {
        Fx.run(() -> ((TextField) stage.getScene().getFocusOwner()).setText(words));
    }

    @Test
    void f1ExplainsThePageAtHand() {
        Keys.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        Keys.push(KeyCode.F1);
        Fx.pulses(2);
        assertThat(heard).containsExactly("help audit");
    }

    @Test
    void f6GoesRoundTheRegions() {
        var seen = new ArrayList<Node>();
        for (int i = 0; i < 4; i++) {
            Keys.push(KeyCode.F6);
            Fx.pulses(1);
            seen.add(Fx.call(() -> stage.getScene().getFocusOwner()));
        }
        Keys.push(KeyCode.SHIFT, KeyCode.F6);
        Fx.pulses(1);
        assertThat(Fx.call(() -> stage.getScene().getFocusOwner())).isEqualTo(seen.get(2));
        assertThat(seen.stream().distinct().count()).isGreaterThanOrEqualTo(2);
        assertThat(seen).anySatisfy(node -> assertThat(node.getStyleClass()).contains("nav-entry"));
    }

    @Test
    void theTitleTellsHowFarItIs() {
        Fx.run(() -> shell.strip()
                .runningProperty()
                .set(Optional.of(new Strip.Running(Sentence.data("web-data"), 0.625, () -> {}))));
        assertThat(Fx.call(stage::getTitle)).isEqualTo("62 % · Vaults · Coffer");
    }

    @Test
    void theNavigationFoldsInANarrowWindow() {
        Fx.run(() -> stage.setWidth(1090));
        Fx.pulses(3);
        assertThat(Fx.call(
                        () -> stage.getScene().lookup(".nav").getLayoutBounds().getWidth()))
                .isEqualTo(56);
        Fx.run(() -> stage.setWidth(1280));
        Fx.pulses(3);
        assertThat(Fx.call(
                        () -> stage.getScene().lookup(".nav").getLayoutBounds().getWidth()))
                .isEqualTo(200);
    }

    @Test
    void sizeAndPageAreRemembered() {
        Fx.run(() -> {
            shell.navigator().open(Route.to("tasks"));
            stage.setWidth(1200);
            stage.close();
        });
        assertThat(memory.recall("window.page")).contains("tasks");
        assertThat(memory.recall("window.place").orElseThrow().split(",", -1)[2])
                .isEqualTo("1200.0");
    }

    private String page() {
        return Fx.call(() ->
                shell.history().currentProperty().get().orElseThrow().entry().id());
    }

    private Node vaults(Kit kit) {
        var field = kit.field("");
        field.textProperty().bindBidirectional(input);
        var list = new VBox();
        list.getChildren()
                .setAll(IntStream.range(0, 200)
                        .mapToObj(i -> new Label("row " + i))
                        .toList());
        return new VBox(field, new ScrollPane(list));
    }

    private Node audit(Kit kit) {
        var rows = new ListRows<String>(TestConsole.direct(), word -> word, () -> List.of("a", "b", "c"));
        rows.refresh();
        return new TableBuilder<>(kit, "list", rows)
                .text("name", 200, word -> word)
                .title("=Name")
                .dated((day, at) -> {
                    heard.add("find " + day);
                    at.accept(2);
                })
                .build();
    }

    private Node tasks(Kit kit) {
        return new PageFrame(kit, "=Tasks")
                .search(new SimpleStringProperty(""))
                .refresh(Act.of("=Refresh", () -> heard.add("refresh")))
                .primary(Act.of("=Create", () -> heard.add("create")))
                .tabs(new Tabs(kit, tab).tab("a", "=A").tab("b", "=B"))
                .content(new Label("content"));
    }
}
