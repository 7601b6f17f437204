package org.coffer.window.kit.dialog;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.FirstField;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The box of a sheet: heading, content, buttons bottom right with Cancel left of the act. */
final class SheetView extends VBox {
    private static final double TALL = 560;

    private final Node content;
    private final Button cancel;
    private final boolean dangerous;

    SheetView(Kit kit, Sheet sheet) {
        getStyleClass().add("sheet-box");
        setMinWidth(sheet.width());
        setMaxWidth(sheet.width());
        setMaxHeight(sheet.isTall() ? TALL : USE_PREF_SIZE);
        if (sheet.isTall()) {
            setMinHeight(TALL);
        }
        dangerous = sheet.act().map(Act::dangerous).orElse(false);

        var title = kit.label(kit.say(sheet.title()), "section");
        title.setWrapText(true);
        var head = new HBox();
        head.getStyleClass().add("sheet-head");
        sheet.icon().ifPresent(icon -> {
            var mark = icon.large();
            if (dangerous || icon == Icon.ERROR) {
                mark.getStyleClass().add("danger-text");
            }
            head.getChildren().add(mark);
        });
        head.getChildren().add(title);

        content = sheet.content(kit);
        var body = new VBox(content);
        body.getStyleClass().add("sheet-body");
        VBox.setVgrow(content, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);

        cancel = kit.button(Act.of(sheet.cancel(), sheet::close));
        var foot = new HBox(cancel);
        foot.getStyleClass().add("sheet-foot");
        sheet.act().ifPresent(act -> {
            Act sends = content instanceof Form form ? form.sending(act) : act;
            if (content instanceof Form form) {
                form.sentBy(act);
            }
            Button button = kit.primary(sends);
            // Enter would fire a red default button before anybody read the question.
            button.setDefaultButton(!dangerous);
            sheet.dangerous()
                    .ifPresent(state -> WhileShown.of(button).watch(state, now -> {
                        button.getStyleClass().removeAll("accent", "danger");
                        button.getStyleClass().add(now ? "danger" : "accent");
                        button.setDefaultButton(!now);
                    }));
            foot.getChildren().add(button);
            // A radio button would take Enter for itself, and the sheet could not be sent from its choices.
            addEventFilter(KeyEvent.KEY_PRESSED, event -> {
                if (event.getCode() == KeyCode.ENTER
                        && !event.isShortcutDown()
                        && event.getTarget() instanceof RadioButton radio
                        && button.isDefaultButton()) {
                    radio.fire();
                    button.fire();
                    event.consume();
                }
            });
        });
        getChildren().addAll(head, body, foot);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                sheet.close();
                event.consume();
            }
        });
        setAccessibleRole(javafx.scene.AccessibleRole.DIALOG);
        setAccessibleText(title.getText());
    }

    /** Gives the focus to the first field; of a dangerous sheet without one, to Cancel. */
    void focusFirst() {
        if (FirstField.focus(content)) {
            return;
        }
        if (dangerous || !(getChildren().getLast() instanceof HBox foot)) {
            cancel.requestFocus();
        } else {
            foot.getChildren().getLast().requestFocus();
        }
    }
}
