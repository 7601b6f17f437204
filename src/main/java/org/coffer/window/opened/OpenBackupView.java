package org.coffer.window.opened;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.console.opened.OpenDisk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** The dialog that opens a backup as a disk. */
final class OpenBackupView extends VBox {
    private final Kit kit;
    private final OpenBackupModel model;

    /** @param show shows a disk that is open already */
    OpenBackupView(Kit kit, OpenBackupModel model, Consumer<OpenDisk> show) {
        super(16);
        this.kit = kit;
        this.model = model;
        var already = new VBox();
        getChildren().addAll(kit.prose(kit.say("opened.what")), already, choices(), port());
        WhileShown.of(already).watch(model.already(), found -> {
            already.getChildren()
                    .setAll(found.map(disk -> banner(disk, show)).stream().toList());
            already.setVisible(found.isPresent());
            already.setManaged(found.isPresent());
        });
    }

    private Banner banner(OpenDisk disk, Consumer<OpenDisk> show) {
        return new Banner(
                kit,
                Icon.INFO,
                Tone.MUTED,
                kit.say(disk.writable() ? "opened.already.writable" : "opened.already"),
                "",
                List.of(Act.of("opened.show", () -> show.accept(disk))));
    }

    private Region choices() {
        var place = new VBox();
        WhileShown.of(place)
                .watch(
                        model.goesOn(),
                        on -> place.getChildren()
                                .setAll(new Choices<>(kit, model.accessProperty())
                                        .choice(
                                                Access.READ_ONLY,
                                                Icon.SHIELD,
                                                kit.say("opened.read-only"),
                                                kit.say("opened.read-only.help"))
                                        .choice(
                                                Access.WRITABLE,
                                                Icon.EDIT,
                                                kit.say("opened.writable"),
                                                kit.say(on ? "opened.writable.goes-on" : "opened.writable.help"))));
        return place;
    }

    private Region port() {
        CheckBox box = kit.checkBox(kit.say("opened.port"));
        box.selectedProperty().bindBidirectional(model.portProperty());
        var help = kit.caption(kit.say("opened.port.help"));
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        help.setPadding(new javafx.geometry.Insets(0, 0, 0, 26));
        box.setAccessibleHelp(help.getText());
        return kit.column(0, box, help);
    }
}
