package org.coffer.window.policy;

import java.time.LocalTime;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** The times of day: a field in which one is typed, and those that there are, each with a cross. */
final class TimesField extends FlowPane {
    private static final double TYPED = 72;

    private final Kit kit;
    private final Drafted draft;
    private final HBox adding;

    TimesField(Kit kit, Drafted draft) {
        super(8, 8);
        this.kit = kit;
        this.draft = draft;
        TextField typed = kit.field(kit.say("policy.form.time.prompt"));
        typed.setPrefWidth(TYPED);
        typed.textProperty().bindBidirectional(draft.typedTime);
        typed.setAccessibleText(kit.say("policy.form.time"));
        Act add = Act.of("policy.form.time.add", () -> add(typed))
                .with(Icon.ADD)
                .when(
                        typed.textProperty().map(text -> TypedTimes.one(text).isPresent()),
                        Sentence.of("policy.form.time.how"));
        typed.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown() && add.possible()) {
                add.run();
                event.consume();
            }
        });
        adding = kit.row(typed, kit.flat(add));
        WhileShown.of(this).watch(draft.times, now -> show());
    }

    private void add(TextField typed) {
        if (draft.addTyped().isEmpty()) {
            typed.requestFocus();
        }
    }

    private void show() {
        getChildren().setAll(draft.times.get().stream().map(this::chip).toList());
        getChildren().add(adding);
    }

    private HBox chip(LocalTime time) {
        var chip = new HBox(
                kit.label(time.toString()),
                kit.iconButton(Act.of(
                                Sentence.of("policy.form.time.remove", "time", time.toString()),
                                () -> draft.remove(time))
                        .with(Icon.CLOSE)));
        chip.getStyleClass().add("chip");
        return chip;
    }
}
