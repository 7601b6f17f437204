package org.coffer.window.backup;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.CopyOf;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The records of replication (X1): what a backup is a copy of, and which copies it has, each with its state. */
final class ReplicationCard extends VBox {
    private final Kit kit;
    private final BackupDetailsModel model;

    ReplicationCard(Kit kit, BackupDetailsModel model) {
        super(8);
        this.kit = kit;
        this.model = model;
        getStyleClass().add("card");
        WhileShown.of(this).watch(model.whole(), this::fill);
    }

    private void fill(Optional<BackupDetailsModel.Whole> now) {
        getChildren().setAll(kit.label(kit.say("backup.replication"), "strong"));
        now.map(BackupDetailsModel.Whole::replication).ifPresent(records -> {
            if (records.of().isPresent()) {
                original(records.of().get(), records);
            } else if (records.copies().isEmpty()) {
                getChildren().add(kit.caption(kit.say("backup.replication.none")));
            }
            records.copies().forEach(copy -> getChildren().add(record(copy)));
        });
    }

    private void original(CopyOf of, BackupDetailsModel.Replication records) {
        Label words = kit.prose(kit.say("backup.replication.of", "name", of.name(), "vault", of.vault()));
        if (records.original().isEmpty()) {
            getChildren().addAll(words, kit.caption(kit.say("backup.replication.of.gone")));
            return;
        }
        Backup original = records.original().get();
        Hyperlink show = kit.nameLink(kit.say("backup.replication.show"), () -> model.open(original));
        show.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        getChildren().add(kit.row(words, show));
    }

    /** A copy: its name, where it lies, what became of it and when. */
    private Node record(Backup copy) {
        Hyperlink name = kit.nameLink(copy.name(), () -> model.open(copy));
        name.setMinWidth(USE_PREF_SIZE);
        Label where = kit.label(kit.say("backup.replication.in", "vault", copy.vaultName()), "may-clip");
        where.setMinWidth(0);
        where.setTooltip(kit.tip(where.getText()));
        HBox.setHgrow(where, Priority.ALWAYS);
        where.setMaxWidth(Double.MAX_VALUE);
        State state = BackupStates.of(copy, Optional.empty());
        Label shown = kit.state(state);
        shown.setMinWidth(USE_PREF_SIZE);
        var line = kit.row(kit.icon(Icon.COPY, Tone.MUTED), name, where, shown);
        Label when = kit.caption(copy.finishedAt()
                .map(at -> kit.say(
                        "backup.replication.at", "at", at, "bytes", copy.sizes().added()))
                .orElseGet(() -> copy.problem()
                        .map(problem -> kit.text().explain(problem).what())
                        .orElse(kit.say("backup.replication.copying"))));
        when.setWrapText(true);
        when.setMinHeight(USE_PREF_SIZE);
        return kit.column(2, line, when);
    }
}
