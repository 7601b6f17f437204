package org.coffer.window.backup;

import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.SelectionBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;
import org.coffer.window.task.Since;

/**
 * Filters, a line of what is chosen and what is stored, and the table of backups. Whoever places it draws the title
 * row; where there is none, {@link #withSearch} brings a search field.
 */
public final class BackupListView extends VBox {
    private final Kit kit;
    private final BackupListModel model;

    private BackupListView(Kit kit, BackupListModel model, boolean searches) {
        super(8);
        this.kit = kit;
        this.model = model;
        setMinHeight(0);
        TablePane<Backup> table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        FilterBar filters = filters(table, searches);
        HBox line = line(filters.chipsApart());
        getChildren().addAll(whatIsTicked(filters), line, table);
        WhileShown.of(this).add(model::follow);
    }

    /** A view without a search field, for pages that have one in their title row. */
    public static BackupListView of(Kit kit, BackupListModel model) {
        return new BackupListView(kit, model, false);
    }

    /** A view with a search field among the filters. */
    public static BackupListView withSearch(Kit kit, BackupListModel model) {
        return new BackupListView(kit, model, true);
    }

    // ---- above the table

    private FilterBar filters(TablePane<Backup> table, boolean searches) {
        var bar = new FilterBar(kit)
                .filter("backups.column.state", model.statuses(), all(BackupStatus.values()), kit.text()::word)
                .choice("backups.column.disk", model.diskProperty(), model.diskOptions(), Named::name);
        if (!model.ofOneVault()) {
            bar.choice("backups.column.vault", model.vaultProperty(), model.vaultOptions(), Named::name);
        }
        bar.choice("backups.column.created", model.sinceProperty(), all(Since.values()), span -> kit.say(span.key()))
                .conditions(
                        Act.of("backups.advanced", model::search).with(Icon.FILTER),
                        model.advancedProperty()
                                .map(asked -> asked.parts().stream()
                                        .map(part -> new FilterBar.Chip(
                                                part.words(),
                                                () -> model.advancedProperty()
                                                        .set(part.without()
                                                                .apply(model.advancedProperty()
                                                                        .get()))))
                                        .toList()));
        if (searches) {
            var search = new SearchField(kit, model.queryProperty());
            search.setPrefWidth(200);
            bar.end(search);
        }
        return bar.end(trash(), export()).columns(table);
    }

    private static <T> ObservableValue<List<T>> all(T[] values) {
        return new SimpleObjectProperty<>(List.of(values));
    }

    private Node trash() {
        ToggleButton button = kit.toggle(kit.say("backups.trash"));
        button.getStyleClass().addAll("button", "stays");
        button.setGraphic(Icon.DELETE.node());
        button.setTooltip(kit.tip(kit.say("backups.trash.tip")));
        button.selectedProperty().bindBidirectional(model.trashProperty());
        return button;
    }

    private Node export() {
        MenuButton button = kit.menuButton(
                kit.say("backups.export"),
                () -> List.of(
                        Act.of("backups.export.csv", () -> model.export(BackupExport.Format.CSV)),
                        Act.of("backups.export.json", () -> model.export(BackupExport.Format.JSON))));
        button.setGraphic(Icon.EXPORT.node());
        return button;
    }

    /** What is chosen at the left, what is stored at the right. */
    private HBox line(HBox chips) {
        var stored = kit.link(Act.of(model.used(), model::showStored));
        stored.setMinWidth(USE_PREF_SIZE);
        chips.setMinWidth(0);
        var none = kit.caption("");
        WhileShown.of(none).watch(model.trashProperty(), trash -> {
            none.setText(trash ? kit.say("backups.trash.note") : "");
            none.setManaged(trash);
        });
        var line = new HBox(8, none, chips, kit.spacer(), stored);
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        line.setMinHeight(28);
        line.setMaxHeight(28);
        return line;
    }

    private Node whatIsTicked(FilterBar filters) {
        var live = new SelectionBar(
                kit,
                model.rows(),
                List.of(Act.of("backups.delete.ticked", model::deleteTicked)
                        .with(Icon.DELETE)
                        .asDangerous()));
        var trashed = new SelectionBar(
                kit,
                model.rows(),
                List.of(
                        Act.of("backups.take-back", model::takeBackTicked).with(Icon.BACK),
                        Act.of("backups.delete.for-ever", model::deleteTicked)
                                .with(Icon.DELETE)
                                .asDangerous()));
        var place = new StackPane(filters, live, trashed);
        place.setMinHeight(36);
        place.setMaxHeight(36);
        Runnable paint = () -> {
            boolean ticked = model.rows().ticks().countProperty().get() > 0;
            boolean trash = model.trashProperty().get();
            filters.setVisible(!ticked);
            live.setVisible(ticked && !trash);
            trashed.setVisible(ticked && trash);
        };
        WhileShown.of(place)
                .watch(model.rows().ticks().countProperty(), count -> paint.run())
                .watch(model.trashProperty(), trash -> paint.run());
        return place;
    }

    // ---- the table

    private TablePane<Backup> table() {
        var builder = new TableBuilder<>(kit, model.ofOneVault() ? "vault-backups" : "backups", model.rows())
                .ticks()
                .custom("name", 168, () -> new NameCell(kit, model.acts(), model::held))
                .title("backups.column.name")
                .hover(backup -> backup.name() + "\n" + backup.id())
                .grows()
                .sortable()
                .custom("state", 132, () -> new StateCell(kit, model.live()))
                .states()
                .title("backups.column.state")
                .sortable()
                .text("disk", 128, Backup::diskName)
                .title("backups.column.disk")
                .grows()
                .sortable();
        if (!model.ofOneVault()) {
            builder.text("vault", 112, Backup::vaultName)
                    .title("backups.column.vault")
                    .sortable();
        }
        builder.text("created", 124, backup -> kit.formats().time(backup.createdAt()))
                .title("backups.column.created")
                .hover(backup -> kit.formats().fullTime(backup.createdAt()))
                .sortable()
                .number("added", 84, backup -> size(backup, backup.sizes().added()))
                .title("backups.column.added")
                .sortable()
                .text("consistency", 104, this::consistency)
                .title("backups.column.consistency")
                .hover(backup -> BackupWords.reason(kit, backup))
                .sortable();
        return optional(builder)
                .actions(128, 1, model.acts()::of)
                .title("backups.column.actions")
                .onOpen(model.acts()::open)
                .onKey(KeyCode.DELETE, backup -> model.acts().delete(backup).run())
                .onKey(KeyCode.F2, backup -> model.acts().edit(backup).run())
                .dated(model::find)
                .empty(this::empty)
                .onClearFilters(model::clearFilters)
                .build();
    }

    private TableBuilder<Backup> optional(TableBuilder<Backup> builder) {
        return builder.number(
                        "size", 100, backup -> kit.formats().size(backup.sizes().capacity()))
                .title("backups.column.size")
                .sortable()
                .optional()
                .number("data", 92, backup -> size(backup, backup.sizes().logical()))
                .title("backups.column.data")
                .sortable()
                .optional()
                .number("only", 92, backup -> size(backup, backup.sizes().onlyHere()))
                .title("backups.column.only")
                .sortable()
                .optional()
                .number("frees", 92, backup -> size(backup, backup.sizes().freesNow()))
                .title("backups.column.frees")
                .sortable()
                .optional()
                .text("verified", 124, this::verified)
                .title("backups.column.verified")
                .hover(backup -> BackupWords.verified(kit, backup))
                .sortable()
                .optional()
                .text("kind", 100, backup -> kit.text().word(backup.kind()))
                .title("backups.column.kind")
                .sortable()
                .optional()
                .text("origin", 92, backup -> kit.text().word(backup.origin()))
                .title("backups.column.origin")
                .sortable()
                .optional()
                .text("id", 96, backup -> backup.id().toString().substring(0, 8))
                .title("backups.column.id")
                .hover(backup -> backup.id().toString())
                .optional();
    }

    /** A dash while nothing is known yet: a zero would be a claim. */
    private String size(Backup backup, long bytes) {
        return backup.finishedAt().isEmpty() ? "—" : kit.formats().size(bytes);
    }

    private String verified(Backup backup) {
        if (backup.finishedAt().isEmpty()) {
            return "—";
        }
        return backup.damaged()
                ? kit.say("backups.damaged")
                : backup.verifiedAt().map(kit.formats()::time).orElseGet(() -> kit.say("backups.verified.never"));
    }

    private String consistency(Backup backup) {
        return backup.finishedAt().isEmpty() ? "—" : kit.say(BackupWords.consistency(backup.consistency()));
    }

    private Node empty() {
        return model.trashProperty().get()
                ? new EmptyState(kit, Icon.DELETE, kit.say("backups.trash.empty"), null)
                : new EmptyState(kit, Icon.BACKUP, kit.say("backups.empty"), Act.of("backups.back-up", model::backUp));
    }
}
