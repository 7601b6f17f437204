package org.coffer.window.vault;

import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.disk.DiskStates;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.SelectionBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The disks bound to a vault. */
final class BoundDisksView extends VBox {

    BoundDisksView(Kit kit, VaultModel model) {
        super(8);
        setMinHeight(0);
        TablePane<BoundDisk> table = new TableBuilder<>(kit, "vault.disks", model.disks())
                .ticks()
                .text("disk", 208, row -> row.disk().name())
                .hover(row -> row.disk().path().toString())
                .grows()
                .sortable()
                .text("role", 108, row -> kit.text().word(row.disk().role()))
                .state("state", 136, row -> DiskStates.of(row.disk()))
                .number("size", 92, row -> kit.formats().size(row.disk().capacity()))
                .sortable()
                .number("backups", 76, row -> kit.formats().count(row.backups()))
                .sortable()
                .number("stored", 92, row -> kit.formats().size(row.stored()))
                .sortable()
                .text(
                        "last",
                        120,
                        row -> row.lastGood().map(kit.formats()::relative).orElseGet(() -> kit.say("vaults.last.none")))
                .hover(row -> row.lastGood().map(kit.formats()::fullTime).orElse(""))
                .sortable()
                .actions(148, 1, model::diskActs)
                .empty(Icon.DISK, "vault.disks.empty", model.bind())
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        var bar = new FilterBar(kit)
                .end(kit.small(kit.flat(model.bind())))
                .columns(table)
                .orSelection(new SelectionBar(kit, model.disks(), model.batch()));
        getChildren().addAll(bar, table);
    }
}
