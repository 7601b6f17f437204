package org.coffer.window.files;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.file.FilePath;
import org.coffer.problem.Problem;
import org.coffer.text.Printable;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** Where chosen files go, and what happens then. */
final class RestoreFilesView extends VBox {
    private static final double PREVIEW = 132;

    private final Kit kit;
    private final FilePlaceModel model;
    private final VBox preview = new VBox(8);

    RestoreFilesView(Kit kit, FilePlaceModel model) {
        super(16);
        this.kit = kit;
        this.model = model;
        preview.getStyleClass().add("summary");
        preview.setMinHeight(PREVIEW);
        getChildren().addAll(new FilePlaceView(kit, model, () -> {}), preview);
        WhileShown.of(this)
                .watch(model.planProperty(), plan -> paint())
                .watch(model.failureProperty(), problem -> paint());
    }

    private void paint() {
        preview.getChildren().clear();
        FileSummary.of(model).forEach(line -> preview.getChildren().add(kit.prose(kit.say(line))));
        model.planProperty().get().ifPresent(plan -> {
            plan.blocking().forEach(why -> trouble(why, Icon.ERROR, Tone.DANGER));
            plan.warnings().forEach(why -> trouble(why, Icon.WARN, Tone.ATTENTION));
            if (!plan.unreadable().isEmpty()) {
                String first =
                        FilePath.parse(plan.unreadable().getFirst().path()).name();
                line(
                        kit.say("browse.check.unreadable", "n", plan.unreadableCount(), "name", Printable.line(first)),
                        Icon.WARN,
                        Tone.ATTENTION);
            }
        });
        model.failureProperty().get().ifPresent(why -> trouble(why, Icon.ERROR, Tone.DANGER));
        if (preview.getChildren().isEmpty()) {
            preview.getChildren().add(kit.label(kit.say("browse.looking"), "muted"));
        }
    }

    private void trouble(Problem why, Icon icon, Tone tone) {
        line(kit.text().explain(why).line(), icon, tone);
    }

    private void line(String words, Icon icon, Tone tone) {
        var sentence = kit.prose(words);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        var row = kit.row(kit.icon(icon, tone), sentence);
        row.setAlignment(Pos.TOP_LEFT);
        preview.getChildren().add(row);
    }
}
