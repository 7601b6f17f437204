package org.coffer.window.opened;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.opened.OpenDisk;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** The dialog about one open disk: its address, lines to copy, its files here, and closing it. */
final class OpenDiskView extends VBox {
    private final Kit kit;
    private final OpenDiskModel model;
    private final Consumer<OpenDisk> close;
    private final ObjectProperty<Optional<String>> copied = new SimpleObjectProperty<>(Optional.empty());

    /** @param close asks, then closes the disk */
    OpenDiskView(Kit kit, OpenDiskModel model, Consumer<OpenDisk> close) {
        super(16);
        this.kit = kit;
        this.model = model;
        this.close = close;
        var facts = new VBox(12);
        var acts = new HBox(8);
        var refused = new VBox(4);
        getChildren().addAll(facts, acts, refused);
        WhileShown.of(this)
                .watch(model.disk(), disk -> {
                    facts.getChildren().clear();
                    acts.getChildren().clear();
                    disk.ifPresentOrElse(
                            now -> fill(now, facts, acts),
                            () -> facts.getChildren().add(kit.prose(kit.say("opened.closed"))));
                })
                .watch(model.refused(), problems -> tell(problems, refused));
        WhileShown.of(this).add(model::follow);
    }

    private void fill(OpenDisk disk, VBox facts, HBox acts) {
        var state = kit.row(kit.state(OpenDiskStates.of(disk)));
        if (disk.clients() > 0) {
            state.getChildren().add(kit.caption(kit.say("opened.clients", "n", disk.clients())));
        }
        facts.getChildren().add(state);
        disk.problem().ifPresent(problem -> facts.getChildren().add(trouble(problem)));
        disk.uri().ifPresent(uri -> facts.getChildren().add(new CopyLine(kit, kit.say("opened.address"), uri, copied)));
        model.recipes()
                .forEach(recipe ->
                        facts.getChildren().add(new CopyLine(kit, kit.say(recipe.key()), recipe.command(), copied)));
        for (Path point : disk.mounted()) {
            facts.getChildren().add(new CopyLine(kit, kit.say("opened.mounted"), point.toString(), copied));
        }
        if (disk.uri().isPresent()) {
            acts.getChildren().add(kit.button(disk.mounted().isEmpty() ? model.mount() : model.unmount()));
        }
        acts.getChildren()
                .add(kit.button(Act.of("opened.close", () -> close.accept(disk)).with(Icon.STOP)));
    }

    private javafx.scene.Node trouble(Problem problem) {
        var words = kit.prose(kit.say(Sentence.explaining(problem)));
        words.getStyleClass().add("danger-text");
        return words;
    }

    private void tell(List<Problem> problems, VBox place) {
        place.getChildren()
                .setAll(problems.stream()
                        .map(problem -> kit.prose(kit.say(Sentence.explaining(problem))))
                        .toList());
        place.getChildren().forEach(line -> line.getStyleClass().add("muted"));
        place.setVisible(!problems.isEmpty());
        place.setManaged(!problems.isEmpty());
    }
}
