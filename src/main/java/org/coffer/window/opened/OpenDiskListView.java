package org.coffer.window.opened;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.opened.OpenDisk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The table of open disks. Whoever places it draws title and search. */
final class OpenDiskListView extends VBox {
    private final Kit kit;

    OpenDiskListView(Kit kit, OpenDiskListModel model) {
        this.kit = kit;
        setMinHeight(0);
        TablePane<OpenDisk> table = new TableBuilder<>(kit, "opened", model.rows())
                .rowHeight(52)
                .link("backup", 176, OpenDisk::name, OpenDisk::diskName, model::toBackup)
                .grows()
                .sortable()
                .state("state", 228, OpenDiskStates::of, this::below)
                .hover(this::below)
                .text("address", 248, disk -> disk.uri().orElse("—"))
                .hover(disk -> disk.uri().orElse(""))
                .text("opened", 116, disk -> kit.formats().time(disk.openedAt()))
                .hover(disk -> kit.formats().fullTime(disk.openedAt()))
                .sortable()
                .number(
                        "clients",
                        84,
                        disk -> disk.uri().isPresent() ? kit.formats().count(disk.clients()) : "—")
                .sortable()
                .actions(164, 1, disk -> model.acts(disk, Details::copy))
                .onOpen(model::show)
                .onKey(
                        KeyCode.DELETE,
                        disk -> model.acts(disk, Details::copy).stream()
                                .filter(act -> act.icon()
                                        .filter(icon -> icon == Icon.STOP || icon == Icon.DELETE)
                                        .isPresent())
                                .findFirst()
                                .ifPresent(Act::run))
                .empty(Icon.DISK, "opened.empty", null)
                .onClearFilters(() -> model.queryProperty().set(""))
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().add(table);
        WhileShown.of(this).add(model::follow);
    }

    /** What is wrong, or where its files are. */
    private String below(OpenDisk disk) {
        return disk.problem()
                .map(problem -> kit.say(Sentence.explaining(problem)))
                .orElseGet(() -> kit.formats()
                        .list(disk.mounted().stream().map(Path::toString).toList()));
    }
}
