package org.coffer.window.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.text.Language;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.Test;

/** The controls that the kit makes, in a window. */
class KitTest {
    private final Kit kit = new Kit(
            org.coffer.text.Text.of(Language.ENGLISH, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());

    @Test
    void noControlSwallowsUnderscores() {
        Fx.run(() -> {
            Act act = Act.of("=Delete vault_f61e", () -> {}).with(Icon.DELETE);
            List<Labeled> controls = List.of(
                    kit.button(act),
                    kit.primary(act),
                    kit.flat(act),
                    kit.iconButton(act),
                    kit.link(act),
                    kit.nameLink("vault_f61e", () -> {}),
                    kit.checkBox("a_b"),
                    kit.radio("a_b", () -> {}),
                    kit.toggle("a_b"),
                    kit.more(List::of),
                    kit.menuButton("a_b", List::of));
            assertThat(controls)
                    .allSatisfy(
                            control -> assertThat(control.isMnemonicParsing()).isFalse());
            assertThat(kit.item(act).isMnemonicParsing()).isFalse();
        });
    }

    @Test
    void aListThatComesLaterIsAsTallAsItsBrokenLinesAndScrollsOnlyAboveItsLimit() {
        Scrolled list = Fx.call(() -> new Scrolled(300));
        VBox lines = Fx.call(() -> new VBox());
        Stage stage = shown(() -> list);
        try {
            Fx.run(() -> list.setContent(lines));
            Fx.pulses(3);
            Fx.run(() -> {
                var words = kit.prose("word ".repeat(100));
                words.setMinHeight(Region.USE_PREF_SIZE);
                lines.getChildren().setAll(words);
            });
            Fx.pulses(3);
            Fx.run(() -> {
                assertThat(lines.getHeight()).isBetween(40.0, 299.0);
                assertThat(list.getHeight()).isGreaterThanOrEqualTo(lines.getHeight());
                lines.setMinHeight(1000);
            });
            Fx.pulses(3);
            Fx.run(() -> assertThat(list.getHeight()).isEqualTo(300));
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void inALowPlaceAnEmptyListKeepsItsWordsAndItsButtonInSight() {
        EmptyState empty = Fx.call(() -> new EmptyState(kit, Icon.TAG, "Nothing.", Act.of("=Begin", () -> {})));
        Stage stage = shown(() -> {
            var place = new javafx.scene.layout.StackPane(empty);
            place.setMaxHeight(120);
            place.setPrefHeight(120);
            return place;
        });
        try {
            Fx.pulses(2);
            Fx.run(() -> {
                assertThat(empty.getHeight()).isEqualTo(120);
                assertThat(empty.getChildren().stream().filter(Node::isVisible))
                        .hasSize(2)
                        .allSatisfy(part -> assertThat(empty.getLayoutBounds().contains(part.getBoundsInParent()))
                                .isTrue());
            });
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void everyIconHasAGlyph() {
        Fx.run(() -> assertThat(Icon.values()).allSatisfy(icon -> {
            assertThat(icon.node().getText()).isNotEmpty();
            assertThat(icon.node().isMouseTransparent()).isTrue();
        }));
    }

    @Test
    void anImpossibleActStaysInReachAndSaysWhy() {
        var runs = new ArrayList<String>();
        var why = new SimpleObjectProperty<>(Optional.of(Sentence.data("Task 4711 is using it.")));
        Act act = Act.of("=Delete", () -> runs.add("deleted")).unless(why);
        Stage stage = shown(() -> kit.button(act));
        try {
            Fx.run(() -> {
                Button button = (Button)
                        stage.getScene().getRoot().getChildrenUnmodifiable().getFirst();
                assertThat(button.isDisabled()).isFalse();
                assertThat(button.getPseudoClassStates()).contains(Unavailable.UNAVAILABLE);
                assertThat(button.getOpacity()).isEqualTo(0.55);
                assertThat(button.getAccessibleHelp()).isEqualTo("Task 4711 is using it.");
                button.fire();
                assertThat(runs).isEmpty();
                assertThat(button.getTooltip().isShowing()).isTrue();
                button.getTooltip().hide();

                why.set(Optional.empty());
                button.fire();
                assertThat(runs).containsExactly("deleted");
            });
        } finally {
            Fx.close(stage);
        }
    }

    /** A tip whose window reached below the pointer would take it away from the control, and be gone at once. */
    @Test
    void aTipStaysClearOfThePointer() {
        Stage stage = shown(() -> kit.iconButton(Act.of("=Refresh", () -> {}).with(Icon.REFRESH)));
        try {
            Fx.run(() -> {
                var tip = ((Button) stage.getScene().lookup(".button")).getTooltip();
                tip.show(stage, 40, 40);
                assertThat(tip.getX()).isGreaterThanOrEqualTo(40);
                assertThat(tip.getY()).isGreaterThanOrEqualTo(40);
                tip.hide();
            });
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void anImpossibleMenuItemCarriesItsReason() {
        Fx.run(() -> {
            var item = (CustomMenuItem)
                    kit.item(Act.of("=Delete", () -> {}).unless(Optional.of(Sentence.data("Task 4711 is using it."))));
            assertThat(item.isHideOnClick()).isFalse();
            assertThat(words(item.getContent())).contains("Delete", "Task 4711 is using it.");
        });
    }

    @Test
    void nothingIsWrittenSmallerThanTwelve() {
        Stage stage = shown(() -> new VBox(
                kit.small(kit.button(Act.of("=Back up", () -> {}))),
                kit.caption("caption"),
                kit.pill(State.of(Icon.OK, Tone.SUCCESS, "=Available")),
                kit.label("132", "count"),
                kit.choice(FXCollections.observableArrayList("a"), word -> word)));
        try {
            Fx.run(() -> {
                var sizes = new ArrayList<Double>();
                fonts(stage.getScene().getRoot(), sizes);
                assertThat(sizes)
                        .isNotEmpty()
                        .allSatisfy(size -> assertThat(size).isGreaterThanOrEqualTo(12));
            });
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void oneFamilyWritesBothLanguagesWithDigitsOfEqualWidth() {
        Fx.run(() -> {
            var font = Font.font(Theme.family(), 13);
            var widths = new ArrayList<Double>();
            for (char digit = '0'; digit <= '9'; digit++) {
                var text = new Text(String.valueOf(digit));
                text.setFont(font);
                widths.add(text.getLayoutBounds().getWidth());
            }
            assertThat(widths.stream().distinct()).hasSize(1);
        });
    }

    @Test
    void aCopiedValueSaysSoInItsPlace() {
        Stage stage = shown(() -> kit.copyable("va-5e2ec4"));
        try {
            Fx.run(() -> {
                var link = (Copyable) stage.getScene().getRoot().lookup(".copyable");
                double width = link.getWidth();
                link.fire();
                assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("va-5e2ec4");
                assertThat(link.getText()).isEqualTo("Copied");
                assertThat(link.getMinWidth()).isEqualTo(width);
            });
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void aLeftPageIsSubscribedToNothing() {
        Fx.run(() -> {
            var value = new SimpleObjectProperty<>("a");
            var heard = new ArrayList<String>();
            var node = new CheckBox();
            WhileShown.of(node).watch(value, heard::add);
            value.set("b");
            assertThat(heard).isEmpty();
            var scene = new Scene(new VBox(node));
            assertThat(heard).containsExactly("b");
            ((VBox) scene.getRoot()).getChildren().clear();
            value.set("c");
            assertThat(heard).containsExactly("b");
            ((VBox) scene.getRoot()).getChildren().add(node);
            assertThat(heard).containsExactly("b", "c");
        });
    }

    @Test
    void progressIsPaintedAtMostFourTimesASecond() {
        var progress = new SimpleObjectProperty<>(new ProgressView.Progress(0, Sentence.data("0 %")));
        var view = new ProgressView[1];
        Stage stage = shown(() -> view[0] = new ProgressView(kit, 48, progress));
        try {
            Fx.run(() -> {
                for (int i = 1; i <= 100; i++) {
                    progress.set(new ProgressView.Progress(i / 100.0, Sentence.data(i + " %")));
                }
                // The first paint, and one more if a quarter of a second went by since: never one for each number.
                assertThat(view[0].paints()).isBetween(1, 2);
            });
            for (int i = 0; i < 100 && !Fx.call(() -> words(view[0]).contains("100 %")); i++) {
                Fx.pulses(5);
            }
            Fx.run(() -> {
                assertThat(words(view[0])).contains("100 %");
                assertThat(view[0].paints()).isBetween(2, 3);
            });
        } finally {
            Fx.close(stage);
        }
    }

    @Test
    void aMeterTurnsAmberFromNinetyAndRedAboveAHundredPercent() {
        Fx.run(() -> {
            assertThat(Meter.used(56, 0.89).getStyleClass()).contains("tone-accent");
            assertThat(Meter.used(56, 0.9).getStyleClass()).contains("tone-attention");
            assertThat(Meter.used(56, 1.0).getStyleClass()).contains("tone-attention");
            assertThat(Meter.used(56, 1.01).getStyleClass()).contains("tone-danger");
        });
    }

    @Test
    void aStateIsReadAloudWithItsReason() {
        Fx.run(() -> assertThat(kit.state(
                                State.of(Icon.FROZEN, Tone.ATTENTION, "=Frozen").because("=drive not connected"))
                        .getAccessibleText())
                .isEqualTo("State: Frozen, drive not connected"));
    }

    static Stage shown(java.util.function.Supplier<Node> node) {
        Stage stage = Fx.call(() -> {
            var made = new Stage(StageStyle.UNDECORATED);
            var scene = new Scene(new VBox(node.get()), 640, 480);
            Theme.dress(scene, false);
            made.setScene(scene);
            made.setX(0);
            made.setY(0);
            made.show();
            return made;
        });
        Fx.pulses(3);
        return stage;
    }

    private static List<String> words(Node node) {
        var words = new ArrayList<String>();
        if (node instanceof Labeled label) {
            words.add(label.getText());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> words.addAll(words(child)));
        }
        return words;
    }

    private static void fonts(Node node, List<Double> sizes) {
        if (node instanceof Text text && !(node instanceof org.kordamp.ikonli.javafx.FontIcon)) {
            sizes.add(text.getFont().getSize());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> fonts(child, sizes));
        }
    }
}
