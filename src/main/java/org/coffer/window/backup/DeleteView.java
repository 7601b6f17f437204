package org.coffer.window.backup;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Deletion;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** What the delete dialog says: which backups, what is freed, how many remain, trash or for ever. */
final class DeleteView extends VBox {
    private static final int NAMED = 5;

    private final Kit kit;
    private final DeleteModel model;
    private final VBox names = new VBox(4);
    private final VBox consequences = new VBox(8);
    private final VBox troubles = new VBox(8);

    DeleteView(Kit kit, DeleteModel model) {
        super(16);
        this.kit = kit;
        this.model = model;
        names.getStyleClass().add("details");
        getChildren().addAll(names, consequences, troubles);
        if (model.mayRest()) {
            getChildren().add(choice());
        }
        WhileShown.of(this)
                .watch(model.preview(), this::paint)
                .watch(model.consequences(), this::say)
                .watch(model.failure(), failure -> trouble(model.preview().getValue(), failure));
    }

    private Node choice() {
        var group = new ToggleGroup();
        RadioButton now = kit.radio(
                kit.say("backup.delete.now"), () -> model.toTrashProperty().set(false));
        RadioButton rest = kit.radio(
                kit.say("backup.delete.rest", "days", BackupTrash.DAYS),
                () -> model.toTrashProperty().set(true));
        now.setToggleGroup(group);
        rest.setToggleGroup(group);
        WhileShown.of(now).watch(model.toTrashProperty(), trash -> {
            now.setSelected(!trash);
            rest.setSelected(trash);
        });
        return kit.column(0, rest, now);
    }

    private void paint(Optional<Deletion.Preview> preview) {
        names.getChildren().clear();
        if (preview.isEmpty()) {
            names.getChildren().add(kit.label(kit.say("backup.delete.counting"), "muted"));
        } else {
            Deletion.Preview found = preview.get();
            DeleteModel.first(found, NAMED)
                    .forEach(backup -> names.getChildren().add(line(backup)));
            int more = found.backups().size() - NAMED;
            if (more > 0) {
                names.getChildren().add(kit.caption(kit.say("backup.delete.more", "n", more)));
            }
        }
        trouble(preview, model.failure().getValue());
    }

    private Node line(Backup backup) {
        var name = kit.label(backup.name(), "may-clip");
        var facts = kit.caption(backup.diskName() + " · " + kit.formats().time(backup.createdAt()));
        facts.getStyleClass().add("may-clip");
        facts.setMinWidth(USE_PREF_SIZE);
        return kit.row(name, kit.spacer(), facts);
    }

    private void say(List<Sentence> sentences) {
        consequences
                .getChildren()
                .setAll(sentences.stream().map(kit::say).map(kit::prose).toList());
        consequences.setManaged(!sentences.isEmpty());
    }

    private void trouble(Optional<Deletion.Preview> preview, Optional<Problem> failure) {
        troubles.getChildren().clear();
        failure.ifPresent(problem -> troubles.getChildren().add(trouble(problem)));
        preview.ifPresent(found -> {
            found.problems().values().stream()
                    .limit(2)
                    .forEach(problem -> troubles.getChildren().add(trouble(problem)));
            int held = found.problems().size();
            if (held > 0 && held < found.backups().size()) {
                troubles.getChildren()
                        .add(kit.row(kit.small(kit.button(
                                Act.of(Sentence.of("backup.delete.leave-out", "n", held), model::leaveOut)))));
            }
        });
        troubles.setManaged(!troubles.getChildren().isEmpty());
    }

    private Node trouble(Problem problem) {
        var words = kit.prose(kit.text().explain(problem).line());
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = kit.row(kit.icon(Icon.ERROR, Tone.DANGER), words);
        row.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        return row;
    }
}
