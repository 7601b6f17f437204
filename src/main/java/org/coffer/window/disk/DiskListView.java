package org.coffer.window.disk;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The list of disks, and a message above it if this account may not read some of them. */
final class DiskListView extends VBox {
    private final Kit kit;
    private final DiskListModel model;

    DiskListView(Kit kit, DiskListModel model) {
        super(8);
        this.kit = kit;
        this.model = model;
        var message = new StackPane();
        message.setManaged(false);
        WhileShown.of(message).watch(model.noRight(), problems -> {
            message.getChildren().clear();
            if (!problems.isEmpty()) {
                message.getChildren().setAll(banner(problems));
            }
            message.setManaged(!problems.isEmpty());
        });
        TablePane<DiskRow> table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        setMinHeight(0);
        getChildren().addAll(message, table);
    }

    /** One disk is named with its own way out, several are counted. */
    private Node banner(List<Problem> problems) {
        Text.Explanation words = kit.text().explain(problems.getFirst());
        boolean one = problems.size() == 1;
        return new Banner(
                kit,
                Icon.WARN,
                Tone.ATTENTION,
                one ? words.what() : kit.say("disks.no-right", "n", problems.size()),
                one ? words.rest() : kit.say("disks.no-right.do"),
                List.of());
    }

    private TablePane<DiskRow> table() {
        return new TableBuilder<>(kit, "disks", model.rows())
                .rowHeight(52)
                .twoLines("disk", 212, row -> row.disk().name(), DiskRow::about)
                .grows()
                .sortable()
                .text("device", 128, row -> row.disk().path().toString())
                .hover(row -> row.disk().path().toString())
                .grows()
                .sortable()
                .number("size", 92, row -> kit.formats().size(row.disk().capacity()))
                .sortable()
                .text("role", 108, row -> kit.text().word(row.disk().role()))
                .state("state", 156, row -> DiskStates.of(row.disk()))
                .sortable()
                .twoLines("protection", 152, this::protection, this::protectedBy)
                .sortable()
                .actions(168, 1, model::acts)
                .onOpen(model::open)
                .onKey(KeyCode.DELETE, row -> model.acts(row).getLast().run())
                .empty(Icon.DISK, "disks.empty", model.addImage())
                .onClearFilters(() -> model.query().set(""))
                .build();
    }

    private String protection(DiskRow row) {
        return row.vault().map(vault -> vault.name()).orElseGet(() -> kit.say("disks.unprotected"));
    }

    private String protectedBy(DiskRow row) {
        return row.vault().map(vault -> vault.locationName()).orElse("");
    }
}
