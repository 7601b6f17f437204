package org.coffer.window.shell;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.WhileShown;

/** The strip, 32 high: what runs at the left, notes at the right. */
final class StripView extends HBox {
    private final Kit kit;
    private final Strip strip;
    private final Meter bar = Meter.progress(96, 0);
    private final Hyperlink running;
    private final Label idle;
    private final HBox notes = new HBox(8);

    StripView(Kit kit, Strip strip) {
        this.kit = kit;
        this.strip = strip;
        getStyleClass().add("strip");
        running = kit.nameLink("", () -> {});
        running.getStyleClass().setAll("hyperlink", "may-clip");
        running.setGraphic(Icon.BUSY.node());
        running.setMinWidth(0);
        idle = kit.label(kit.say("shell.idle"));
        idle.setGraphic(Icon.DONE.node());
        notes.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        getChildren().addAll(idle, running, bar, kit.spacer(), notes);
        WhileShown.of(this).watch(strip.runningProperty(), this::show).add(() -> {
            ListChangeListener<Act> listener = change -> showNotes();
            strip.notes().addListener(listener);
            showNotes();
            return () -> strip.notes().removeListener(listener);
        });
    }

    private void show(Optional<Strip.Running> now) {
        see(idle, now.isEmpty());
        see(running, now.isPresent());
        see(bar, now.isPresent());
        now.ifPresent(work -> {
            running.setText(kit.say(work.words())
                    + work.also().map(also -> "  ·  " + kit.say(also)).orElse(""));
            running.setGraphic((work.still() ? Icon.PAUSED : Icon.BUSY).node());
            running.setOnAction(event -> work.open().run());
            bar.showProgress(work.share(), work.still());
        });
    }

    private void showNotes() {
        notes.getChildren().setAll(strip.notes().stream().map(kit::link).toList());
    }

    private static void see(javafx.scene.Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
