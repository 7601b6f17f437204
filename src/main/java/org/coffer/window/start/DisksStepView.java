package org.coffer.window.start;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** What should be protected? The disks with those that hold data ticked; the rest of the way in one click if it is safe. */
final class DisksStepView extends VBox {
    private final Kit kit;
    private final StartModel model;
    private final VBox rows = new VBox(8);

    /**
     * The step.
     *
     * @param startNow starts with everything as it is answered now
     */
    DisksStepView(Kit kit, StartModel model, Act startNow) {
        super(16);
        this.kit = kit;
        this.model = model;
        var now = kit.button(startNow);
        var offer = new VBox(4, now, kit.following(kit.caption(""), shortWay()));
        WhileShown.of(offer).watch(model.safe(), safe -> {
            offer.setVisible(safe);
            offer.setManaged(safe);
        });
        getChildren()
                .addAll(
                        kit.prose(kit.say("start.what.help")),
                        rows,
                        kit.row(kit.button(model.addImage())),
                        spacer(),
                        offer);
        WhileShown.of(rows)
                .watch(model.disksProperty(), disks -> show(disks))
                .watch(model.tickedProperty(), ticked -> tick())
                .watch(
                        model.lookedProperty(),
                        looked -> show(model.disksProperty().get()));
    }

    private ObservableValue<Sentence> shortWay() {
        return Bindings.createObjectBinding(
                () -> model.choice()
                        .map(choice -> Sentence.of(
                                "start.now.help",
                                "what",
                                kit.say(model.disksAnswer().getValue()),
                                "where",
                                kit.say(StartModel.name(choice.place())),
                                "folder",
                                choice.place().address().text(),
                                "when",
                                kit.say(model.when().answer().getValue())))
                        .orElse(Sentence.data("")),
                model.chosenProperty(),
                model.disksAnswer(),
                model.choicesProperty(),
                model.when().answer());
    }

    private static Region spacer() {
        var spacer = new Region();
        VBox.setVgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    private void show(List<Disk> disks) {
        if (disks.isEmpty()) {
            String key = model.lookedProperty().get() ? "start.what.none" : "start.what.looking";
            rows.getChildren().setAll(kit.label(kit.say(key), "muted"));
            return;
        }
        rows.getChildren().setAll(disks.stream().map(this::row).toList());
        tick();
    }

    private Node row(Disk disk) {
        var words = new VBox(2, title(disk), kit.label(details(disk), "caption", "may-clip"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = kit.row(words);
        row.getStyleClass().add("start-disk");
        if (disk.state().readable()) {
            CheckBox box = kit.checkBox("");
            box.setUserData(disk.id());
            box.setAccessibleText(disk.name());
            box.setAccessibleHelp(details(disk));
            box.setOnAction(event -> model.tick(disk.id(), box.isSelected()));
            words.setOnMouseClicked(event -> box.fire());
            row.getChildren().addFirst(box);
        } else {
            row.getChildren().addFirst(kit.icon(Icon.WARN, Tone.ATTENTION));
            boolean rights = disk.cause()
                    .map(cause -> cause.code().equals("disk.permission"))
                    .orElse(false);
            var how = kit.link(Act.of(rights ? "start.what.allow" : "start.what.why", () -> model.explain(disk)));
            how.setMinWidth(USE_PREF_SIZE);
            row.getChildren().add(how);
        }
        return row;
    }

    private Node title(Disk disk) {
        var name = kit.label(disk.name(), "strong", "may-clip");
        var size = kit.label(kit.formats().size(disk.capacity()));
        size.setMinWidth(USE_PREF_SIZE);
        var role = kit.label(kit.text().word(disk.role()), "muted");
        role.setMinWidth(USE_PREF_SIZE);
        return disk.capacity() > 0 ? kit.row(name, size, role) : kit.row(name);
    }

    private String details(Disk disk) {
        if (!disk.state().readable()) {
            boolean rights = disk.cause()
                    .map(cause -> cause.code().equals("disk.permission"))
                    .orElse(false);
            return rights
                    ? kit.say("start.what.rights")
                    : disk.cause()
                            .map(cause -> kit.text().explain(cause).what())
                            .orElse(kit.text().word(disk.state()));
        }
        String where = disk.mounts().isEmpty() ? "" : kit.say("start.what.mounted", "at", disk.mounts());
        return List.of(disk.path().toString(), disk.model(), where).stream()
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" · "));
    }

    private void tick() {
        for (Node row : rows.getChildren()) {
            if (row instanceof HBox box
                    && box.getChildren().getFirst() instanceof CheckBox tick
                    && tick.getUserData() instanceof UUID id) {
                tick.setSelected(model.tickedProperty().get().contains(id));
            }
        }
    }
}
