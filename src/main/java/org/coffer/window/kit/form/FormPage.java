package org.coffer.window.kit.form;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.FirstField;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/**
 * A form as a full page: the form 640 wide, 24 beside it a summary of 344 that says what will happen and grows while the
 * form is filled, or something else of another width; buttons bottom right.
 */
public final class FormPage extends VBox {
    private static final double FORM = 640;
    private static final double GAP = 24;
    private static final double SUMMARY = 344;
    /** Room for the bar where both together are too high. */
    private static final double BAR = 12;

    private final Act submit;
    private final Button button;

    /**
     * A page for {@code form}.
     *
     * @param back the crumb that leads back, doing the same as Cancel
     * @param summary what will happen, one paragraph each
     * @param submit the verb of the act; sends the form
     * @param second another way to send it, if there is one
     */
    public FormPage(
            Kit kit,
            String titleKey,
            Act back,
            Form form,
            ObservableValue<List<Sentence>> summary,
            Act submit,
            Optional<Act> second) {
        this(kit, titleKey, back, form, FORM, summary(kit, summary), SUMMARY, submit, second);
    }

    /**
     * The same with something else beside the form.
     *
     * @param formWidth of the form, in px
     * @param beside what stands beside it; it scrolls with the form
     * @param besideWidth its width, in px
     */
    public FormPage(
            Kit kit,
            String titleKey,
            Act back,
            Form form,
            double formWidth,
            Region beside,
            double besideWidth,
            Act submit,
            Optional<Act> second) {
        this.submit = form.sending(submit);
        getStyleClass().add("page");
        var crumbs = new HBox(kit.link(back), Icon.NEXT.node(), kit.label(kit.say(titleKey), "muted"));
        crumbs.getStyleClass().add("crumbs");
        var title = new HBox(kit.pageTitle(kit.say(titleKey)));
        title.getStyleClass().add("title-row");

        form.setMinWidth(formWidth);
        form.setMaxWidth(formWidth);
        beside.setMinWidth(besideWidth);
        beside.setMaxWidth(besideWidth);
        form.sentBy(submit);
        var content = new HBox(GAP, form, beside);
        content.setFillHeight(false);
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);

        var buttons = new HBox(8, kit.spacer(), kit.button(Act.of("kit.cancel", back::run)));
        second.ifPresent(act -> buttons.getChildren().add(kit.button(form.sending(act))));
        button = kit.primary(this.submit);
        buttons.getChildren().add(button);
        buttons.setMinHeight(48);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        var column = new VBox(4, crumbs, title, scroll, buttons);
        VBox.setMargin(scroll, new Insets(8, 0, 0, 0));
        VBox.setMargin(buttons, new Insets(0, BAR, 0, 0));
        column.setMaxWidth(formWidth + GAP + besideWidth + BAR);
        VBox.setVgrow(column, Priority.ALWAYS);
        setAlignment(Pos.TOP_CENTER);
        getChildren().add(column);
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                Platform.runLater(() -> FirstField.focus(this));
            }
        });
    }

    /** Draws the button red while {@code now} holds true, as when what is typed decides whether something is lost. */
    public FormPage dangerousWhile(ObservableValue<Boolean> now) {
        WhileShown.of(button).watch(now, dangerous -> {
            button.getStyleClass().removeAll("accent", "danger");
            button.getStyleClass().add(dangerous ? "danger" : "accent");
        });
        return this;
    }

    /** What Ctrl+N does: nothing more than the button. */
    public Act primaryAct() {
        return submit;
    }

    /** A column that says what will happen. */
    static VBox summary(Kit kit, ObservableValue<List<Sentence>> sentences) {
        var lines = new VBox(8);
        var column = new VBox(kit.label(kit.say("kit.form.summary"), "strong"), lines);
        column.getStyleClass().add("summary");
        WhileShown.of(lines)
                .watch(
                        sentences,
                        now -> lines.getChildren()
                                .setAll(now.stream()
                                        .map(sentence -> line(kit, sentence))
                                        .toList()));
        return column;
    }

    private static Label line(Kit kit, Sentence sentence) {
        Label label = kit.prose(kit.say(sentence));
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
