package org.coffer.window.kit.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.FirstField;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A form of two fields; the first must not be empty. */
class FormTest {
    private final Kit kit =
            new Kit(Text.of(Language.ENGLISH, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());
    private final SimpleStringProperty name = new SimpleStringProperty("");
    private final SimpleObjectProperty<Optional<Sentence>> problem =
            new SimpleObjectProperty<>(Optional.of(Sentence.data("A name is needed.")));
    private final ArrayList<String> sent = new ArrayList<>();
    private final TextField first = Fx.call(() -> kit.field(""));
    private final TextField second = Fx.call(() -> kit.field(""));
    private final Form form = Fx.call(() -> new Form(kit)
            .field("=Name", first, "=Letters and digits.", problem)
            .field("=Tags", second)
            .sentBy(Act.of("=Create", () -> sent.add("sent"))));
    private final Stage stage = Fx.call(() -> {
        first.textProperty().bindBidirectional(name);
        name.subscribe(
                now -> problem.set(now.isEmpty() ? Optional.of(Sentence.data("A name is needed.")) : Optional.empty()));
        var made = new Stage(StageStyle.UNDECORATED);
        var scene = new Scene(form, 640, 480);
        Theme.dress(scene, false);
        made.setScene(scene);
        made.setX(0);
        made.setY(0);
        made.show();
        first.requestFocus();
        return made;
    });

    @AfterEach
    void close() {
        Fx.close(stage);
    }

    @Test
    void aProblemSpeaksWhenTheFieldIsLeftAndGoesWhenItIsMended() {
        assertThat(complaint().isVisible()).isFalse();
        Fx.run(second::requestFocus);
        assertThat(complaint().isVisible()).isTrue();
        assertThat(Fx.call(first::getAccessibleHelp)).isEqualTo("A name is needed.");
        Fx.run(() -> first.setText("vault_f61e"));
        assertThat(complaint().isVisible()).isFalse();
        assertThat(Fx.call(first::getAccessibleHelp)).isEqualTo("Letters and digits.");
    }

    @Test
    void aPageGivesTheFocusToItsFirstFieldBeforeItIsDrawn() {
        // Within one turn of the window's thread: the pane that scrolls has no skin yet.
        Fx.run(() -> {
            second.requestFocus();
            var page = new FormPage(
                    kit,
                    "=Create",
                    Act.of("=Back", () -> {}),
                    form,
                    new SimpleObjectProperty<>(List.of()),
                    Act.of("=Create", () -> {}),
                    Optional.empty());
            stage.getScene().setRoot(page);
            assertThat(FirstField.focus(page)).isTrue();
            assertThat(stage.getScene().getFocusOwner()).isEqualTo(first);
        });
    }

    @Test
    void arrowKeysChooseAsTheMouseDoes() {
        var chosen = new SimpleObjectProperty<>("one");
        Fx.run(() -> {
            var choices =
                    new Choices<>(kit, chosen).choice("one", Icon.OK, "One", "").choice("two", Icon.OK, "Two", "");
            stage.getScene().setRoot(choices);
            FirstField.focus(choices);
        });
        Fx.pulses(3);
        Keys.push(KeyCode.DOWN);
        Fx.pulses(3);
        assertThat(Fx.call(chosen::get)).isEqualTo("two");
    }

    @Test
    void ctrlEnterSendsOnlyWhatIsRight() {
        Fx.run(second::requestFocus);
        Keys.push(KeyCode.CONTROL, KeyCode.ENTER);
        Fx.pulses(2);
        assertThat(sent).isEmpty();
        assertThat(Fx.call(() -> stage.getScene().getFocusOwner())).isEqualTo(first);
        Fx.run(() -> first.setText("vault_f61e"));
        Keys.push(KeyCode.CONTROL, KeyCode.ENTER);
        Fx.pulses(2);
        assertThat(sent).containsExactly("sent");
    }

    private Label complaint() {
        return Fx.call(() -> (Label) form.lookup(".field-problem"));
    }

    @Test
    void whatIsWrongBelowMoreOptionsIsUnfoldedAndGoneTo() {
        TextField rare = Fx.call(() -> kit.field(""));
        Fx.run(() -> {
            name.set("web");
            Form below = new Form(kit)
                    .field(
                            "=Limit",
                            rare,
                            "=MB a second.",
                            new SimpleObjectProperty<>(Optional.of(Sentence.data("No number."))));
            var far = new Region();
            far.setMinHeight(2000);
            form.add(far);
            form.more(below);
            stage.getScene().setRoot(new ScrollPane(form));
        });
        Fx.pulses(2);
        assertThat(Fx.call(form::judge)).isFalse();
        Fx.pulses(2);
        assertThat(Fx.call(rare::isFocused)).isTrue();
        assertThat(Fx.call(() -> stage.getScene().getHeight()
                        > rare.localToScene(rare.getLayoutBounds()).getMaxY()))
                .as("scrolled to")
                .isTrue();
    }
}
