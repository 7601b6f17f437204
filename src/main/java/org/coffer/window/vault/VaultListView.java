package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.SelectionBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The list of vaults with its filters; the trash is the same list with other acts. */
final class VaultListView extends StackPane {
    private final Kit kit;
    private final VaultListModel model;

    VaultListView(Kit kit, VaultListModel model) {
        this.kit = kit;
        this.model = model;
        setMinHeight(0);
        WhileShown.of(this).watch(model.trash(), trash -> getChildren().setAll(list(trash)));
    }

    private Node list(boolean trash) {
        TablePane<VaultRow> table = table(trash);
        var list = new VBox(8, filters(table), table);
        VBox.setVgrow(table, Priority.ALWAYS);
        list.setMinHeight(0);
        return list;
    }

    private Node filters(TablePane<VaultRow> table) {
        var bar = new FilterBar(kit)
                .filter(
                        "vaults.filter.state",
                        model.states(),
                        new SimpleObjectProperty<>(List.of(VaultStatus.values())),
                        kit.text()::word)
                .filter("vaults.filter.location", model.locations(), model.locationOptions(), name -> name)
                .filter("vaults.filter.tags", model.tags(), model.tagOptions(), tag -> tag)
                .end(trashButton())
                .columns(table);
        return bar.orSelection(new SelectionBar(kit, model.rows(), model.batch()));
    }

    private Node trashButton() {
        ToggleButton button = kit.small(kit.toggle(""));
        button.getStyleClass().add("flat");
        button.setGraphic(Icon.DELETE.node());
        button.setSelected(model.trash().get());
        button.setOnAction(event -> model.trash().set(button.isSelected()));
        WhileShown.of(button).watch(model.trashed(), n -> {
            button.setText(kit.say("vaults.trash", "n", n.intValue()));
            boolean seen = n.intValue() > 0 || model.trash().get();
            button.setVisible(seen);
            button.setManaged(seen);
        });
        return button;
    }

    private TablePane<VaultRow> table(boolean trash) {
        var table = new TableBuilder<>(kit, "vaults", model.rows())
                .rowHeight(52)
                .ticks()
                .link("name", 176, row -> row.vault().name(), this::below, model::open)
                .grows()
                .sortable()
                .state("state", 164, row -> VaultStates.of(row.vault()), this::why)
                .sortable()
                .meter(
                        "used",
                        188,
                        row -> (double) row.vault().used() / row.vault().capacityBytes(),
                        this::used)
                .sortable()
                .twoLines(
                        "policy",
                        112,
                        row -> row.policy().map(Policy::name).orElse("—"),
                        row -> row.policy()
                                .map(policy -> kit.say(
                                        policy.enabled() ? "policies.state.enabled" : "policies.state.disabled"))
                                .orElse(""))
                .hover(row -> row.policy()
                        .map(policy -> new PolicyWords(kit.text()).line(policy.plan()))
                        .orElseGet(
                                () -> kit.say(row.copiesOnly() ? "vault.card.copies.only" : "vault.card.policy.none")))
                .number(
                        "disks",
                        56,
                        row -> row.copiesOnly()
                                ? "—"
                                : kit.formats().count(row.disks().size()))
                .hover(row -> String.join("\n", row.disks()))
                .sortable()
                .text(
                        "last",
                        116,
                        row -> row.lastGood().map(kit.formats()::relative).orElseGet(() -> kit.say("vaults.last.none")))
                .hover(row -> row.lastGood().map(kit.formats()::fullTime).orElse(""))
                .sortable()
                .text("created", 128, row -> kit.formats().time(row.vault().createdAt()))
                .sortable()
                .optional()
                .text("tags", 160, this::tags)
                .optional()
                .actions(176, 2, model::acts)
                .onOpen(model::open)
                .onKey(KeyCode.DELETE, model::delete)
                .onKey(KeyCode.F2, model::rename)
                .onClearFilters(model::clearFilters);
        return trash
                ? table.empty(Icon.DELETE, "vaults.trash.empty", null).build()
                : table.empty(Icon.VAULT, "vaults.empty", model.create()).build();
    }

    /** Why a vault is frozen or in error, in the few words that have room; else what sets it apart from others. */
    private String why(VaultRow row) {
        Vault vault = row.vault();
        return vault.problem()
                .filter(problem -> vault.trashedAt().isEmpty())
                .map(problem -> kit.text().explain(problem).what())
                .orElseGet(() -> marks(row));
    }

    private String marks(VaultRow row) {
        List<String> marks = new ArrayList<>();
        if (row.copiesOnly()) {
            marks.add(kit.say("vaults.copies"));
        }
        if (row.vault().lock().isPresent()) {
            marks.add(kit.say("vaults.lock"));
        }
        return String.join(" · ", marks);
    }

    private String below(VaultRow row) {
        Vault vault = row.vault();
        Optional<String> rests = vault.purgeAt()
                .map(at -> kit.say("vaults.trash.until", "date", kit.formats().date(at)));
        return rests.orElseGet(() -> row.shortId() + " · " + vault.locationName());
    }

    /** {@code 20 / 100 GB}: capacities are whole GB, so the unit is said once where it is the same. */
    private String used(VaultRow row) {
        return kit.say(
                "vaults.used",
                "used",
                kit.formats().size(row.vault().used()),
                "capacity",
                kit.formats().size(row.vault().capacityBytes()));
    }

    private String tags(VaultRow row) {
        return kit.formats()
                .list(row.vault().tags().entrySet().stream()
                        .map(tag -> tag.getKey() + '=' + tag.getValue())
                        .toList());
    }
}
