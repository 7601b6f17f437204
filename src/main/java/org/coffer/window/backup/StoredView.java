package org.coffer.window.backup;

import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The dialog that says what the backups of each disk stored. */
final class StoredView extends VBox {
    StoredView(Kit kit, StoredModel model) {
        super(12);
        var note = kit.prose(kit.say("backups.stored.note"));
        note.getStyleClass().add("muted");
        TablePane<StoredModel.Row> table = new TableBuilder<>(kit, "stored", model.rows())
                .rowHeight(52)
                .twoLines(
                        "disk", 260, StoredModel.Row::disk, row -> row.diskId().toString())
                .title("backups.column.disk")
                .grows()
                .sortable()
                .text("role", 100, row -> row.role().map(kit.text()::word).orElse("—"))
                .title("backups.stored.role")
                .text("vault", 160, StoredModel.Row::vault)
                .title("backups.column.vault")
                .sortable()
                .number("backups", 96, row -> kit.formats().count(row.backups()))
                .title("backups.stored.backups")
                .sortable()
                .number("added", 112, row -> kit.formats().size(row.added()))
                .title("backups.column.added")
                .sortable()
                .empty(Icon.BACKUP, "backups.empty", null)
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(note, table);
    }
}
