package org.coffer.window.kit.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Boxes above a page:
 *
 * <pre>
 *   page:  [opener]      box:  [name field]  [Cancel] [Delete]
 * </pre>
 */
class ModalDialogsTest {
    private final Kit kit =
            new Kit(Text.of(Language.ENGLISH, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());
    private final Button opener = Fx.call(() -> new Button("opener"));
    private final DialogHost host = Fx.call(DialogHost::new);
    private final ModalDialogs dialogs = new ModalDialogs(() -> kit, host);
    private final Question delete = Question.dangerous(
            Sentence.data("Delete vault_f61e?"),
            Sentence.data("Delete vault"),
            Sentence.data("12 backups go with it."));
    private final Stage stage = Fx.call(() -> {
        host.setPage(new VBox(opener));
        var made = new Stage(StageStyle.UNDECORATED);
        var scene = new Scene(host, 900, 600);
        Theme.dress(scene, false);
        made.setScene(scene);
        made.setX(0);
        made.setY(0);
        return made;
    });

    @BeforeEach
    void show() {
        Fx.run(() -> {
            stage.show();
            opener.requestFocus();
        });
        Fx.pulses(3);
    }

    @AfterEach
    void close() {
        Fx.close(stage);
    }

    @Test
    void theFocusOfADangerousQuestionIsOnCancelAndEnterDestroysNothing() throws Exception {
        var answer = asked(() -> dialogs.confirm(delete));
        assertThat(focused())
                .isInstanceOfSatisfying(
                        Button.class, button -> assertThat(button.getText()).isEqualTo("Cancel"));
        Fx.run(() -> assertThat(button("Delete vault").isDefaultButton()).isFalse());
        Keys.push(KeyCode.ENTER);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(focused()).isEqualTo(opener);
    }

    @Test
    void aNameMustBeTypedBeforeTheVaultGoes() throws Exception {
        var answer = asked(() -> dialogs.confirmByName(delete, "vault_f61e"));
        assertThat(focused()).isInstanceOf(TextField.class);
        Fx.run(() -> button("Delete vault").fire());
        assertThat(answer).isNotDone();
        Fx.run(() -> ((TextField) host.getScene().getFocusOwner()).setText("vault_f61e"));
        Fx.run(() -> button("Delete vault").fire());
        assertThat(answer.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anOrdinarySheetHasItsVerbAsDefaultAndEscLeavesIt() throws Exception {
        var answer =
                asked(() -> dialogs.confirm(Question.plain(Sentence.data("Back up now?"), Sentence.data("Back up"))));
        Fx.run(() -> assertThat(button("Back up").isDefaultButton()).isTrue());
        Keys.push(KeyCode.ESCAPE);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void tabNeverReachesThePageBelow() throws Exception {
        var answer = asked(() -> dialogs.confirmByName(delete, "vault_f61e"));
        for (int i = 0; i < 8; i++) {
            Keys.push(KeyCode.TAB);
            assertThat(focused()).isNotEqualTo(opener);
        }
        Keys.push(KeyCode.ESCAPE);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void anErrorAboveASheetClosesFirst() throws Exception {
        var sheet =
                new Sheet(Sentence.data("Back up"), 480, shown -> new Label("disks")).act(Act.of("=Back up", () -> {}));
        var answer = asked(() -> dialogs.show(sheet));
        Fx.run(() -> dialogs.error(Problem.of("bug", "details", "x")));
        Fx.pulses(6);
        Keys.push(KeyCode.ESCAPE);
        Fx.pulses(3);
        assertThat(answer).isNotDone();
        assertThat(Fx.call(host::isOpen)).isTrue();
        Fx.run(sheet::done);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Fx.call(host::isOpen)).isFalse();
    }

    @Test
    void aWizardGoesOnOnlyWithAnAnswer() throws Exception {
        var valid = new SimpleObjectProperty<>(false);
        var finished = new ArrayList<String>();
        var step = new Step("=What?", shown -> new Label("a"), new SimpleObjectProperty<>(Sentence.data("")), valid);
        var last = new Step(
                "=Check",
                shown -> new Label("b"),
                new SimpleObjectProperty<>(Sentence.data("")),
                new SimpleObjectProperty<>(true));
        var wizard = new Wizard[1];
        wizard[0] = new Wizard("=Restore", List.of(step, last), Act.of("=Restore", () -> {
            finished.add("done");
            wizard[0].finish();
        }));
        var answer = asked(() -> dialogs.show(wizard[0]));
        Fx.run(() -> button("Continue").fire());
        assertThat(Fx.call(() -> wizard[0].atProperty().get())).isZero();
        Fx.run(() -> valid.set(true));
        Fx.run(() -> button("Continue").fire());
        assertThat(Fx.call(() -> wizard[0].atProperty().get())).isEqualTo(1);
        Fx.run(() -> wizard[0].act().run());
        assertThat(answer.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(finished).containsExactly("done");
    }

    private CompletableFuture<Boolean> asked(Supplier<Boolean> question) {
        var answer = new CompletableFuture<Boolean>();
        Platform.runLater(() -> answer.complete(question.get()));
        Fx.pulses(15);
        return answer;
    }

    private Node focused() {
        Fx.pulses(2);
        return Fx.call(() -> host.getScene().getFocusOwner());
    }

    private Button button(String words) {
        return host.lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> words.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }
}
