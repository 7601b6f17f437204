package org.coffer.window.wizard;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.restore.FileField;

/** Where a disk comes back to: three cards, those that cannot be with their reasons; the chosen one opens its field. */
final class DiskPlaceView extends VBox {
    private final Kit kit;
    private final DiskPlaceModel model;
    private final Runnable goOn;
    private final VBox cards = new VBox();
    private final VBox others = new VBox(8);

    DiskPlaceView(Kit kit, DiskPlaceModel model, Runnable goOn) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.goOn = goOn;
        Node file = file();
        getChildren().addAll(cards, file, others);
        WhileShown.of(this)
                .watch(model.judgedProperty(), now -> {
                    paintCards();
                    paintOthers();
                })
                .watch(model.wayProperty(), way -> {
                    see(file, way == DiskWay.NEW_FILE);
                    see(others, way == DiskWay.OTHER_DISK);
                });
    }

    private void paintCards() {
        var choices = new Choices<>(kit, model.wayProperty()).onGoOn(goOn);
        for (DiskWay way : DiskWay.values()) {
            String title = kit.say(way.key());
            Icon icon = way == DiskWay.NEW_FILE ? Icon.FILE : Icon.DISK;
            model.refusal(way)
                    .ifPresentOrElse(
                            why -> choices.impossible(icon, title, kit.say(why)),
                            () -> choices.choice(way, icon, title, kit.say(way.key() + ".help")));
        }
        cards.getChildren().setAll(choices);
    }

    private Node file() {
        return kit.column(4, kit.label(kit.say("wizard.where.file"), "strong"), new FileField(kit, model.file()));
    }

    private void paintOthers() {
        others.getChildren().clear();
        others.getChildren().add(kit.label(kit.say("wizard.where.which"), "strong"));
        model.judgedProperty().get().ifPresent(now -> {
            var choices = new Choices<>(kit, model.otherProperty()).onGoOn(goOn);
            for (DiskChoice choice : now.others()) {
                Disk disk = choice.disk();
                String details = kit.say(
                        "wizard.where.other.details",
                        "bytes",
                        disk.capacity(),
                        "path",
                        disk.path().toString());
                choice.refusal()
                        .ifPresentOrElse(
                                why -> choices.impossible(Icon.DISK, disk.name(), kit.say(Plainly.why(why))),
                                () -> choices.choice(Optional.of(disk.id()), Icon.DISK, disk.name(), details));
            }
            others.getChildren().add(choices);
        });
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
