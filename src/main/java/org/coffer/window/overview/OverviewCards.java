package org.coffer.window.overview;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.console.overview.Overview;
import org.coffer.console.policy.Agenda;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.page.Card;

/** The row of cards: how much is protected, and how full the vaults are. */
final class OverviewCards {
    private static final double HEIGHT = 120;
    private static final int MOST_VAULTS = 3;
    private static final double PROTECTION = 240;
    private static final double RUNS = 248;
    /** Below this ratio nobody cares what was saved. */
    private static final double WORTH_SAYING = 1.1;

    private final Kit kit;
    private final OverviewModel model;

    OverviewCards(Kit kit, OverviewModel model) {
        this.kit = kit;
        this.model = model;
    }

    /** The cards of one snapshot. */
    HBox row(Overview now) {
        Card protection = sized(protection(now));
        wide(protection, PROTECTION);
        Card runs = sized(runs());
        wide(runs, RUNS);
        Card storage = sized(storage(now));
        HBox.setHgrow(storage, Priority.ALWAYS);
        storage.setMaxWidth(Double.MAX_VALUE);
        var row = new HBox(protection, runs, storage);
        row.getStyleClass().add("card-row");
        return row;
    }

    private static void wide(Card card, double width) {
        card.setMinWidth(width);
        card.setPrefWidth(width);
        card.setMaxWidth(width);
    }

    private Card runs() {
        Card card = new Card(kit, Icon.POLICY, "overview.runs");
        List<Agenda.Upcoming> upcoming = model.upcomingProperty().get();
        if (upcoming.isEmpty()) {
            return card.act(model.policies()).add(prose("overview.runs.none"));
        }
        upcoming.stream().limit(MOST_VAULTS).forEach(run -> {
            Label vault = kit.label(run.vault().name(), "may-clip");
            vault.setMinWidth(0);
            vault.setTooltip(kit.tip(run.policy().name()));
            Label at = kit.label(kit.formats().time(run.at()), "muted");
            at.setMinWidth(Region.USE_PREF_SIZE);
            card.add(kit.row(vault, kit.spacer(), at));
        });
        return card.act(model.policies());
    }

    private Label prose(String key) {
        Label words = kit.caption(kit.say(key));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }

    private static Card sized(Card card) {
        card.setMinHeight(HEIGHT);
        card.setPrefHeight(HEIGHT);
        card.setMaxHeight(HEIGHT);
        return card;
    }

    private Card protection(Overview now) {
        Label figure = kit.label(
                kit.say("overview.protection.figure", "safe", now.protectedDisks(), "disks", now.disks()), "figure");
        double share = now.disks() == 0 ? 0 : (double) now.protectedDisks() / now.disks();
        String oldest = now.oldestGood().map(at -> kit.formats().relative(at)).orElse("—");
        return new Card(kit, Icon.SHIELD, "overview.protection")
                .add(figure, Meter.progress(PROTECTION - 32, share))
                .fact("overview.protection.oldest", oldest);
    }

    private Card storage(Overview now) {
        var vaults = new VBox(4);
        now.vaults().stream()
                .limit(MOST_VAULTS)
                .forEach(vault -> vaults.getChildren().add(vault(vault, now)));
        HBox.setHgrow(vaults, Priority.ALWAYS);
        var figures = new VBox(
                2,
                kit.label(kit.formats().size(now.stored()), "figure"),
                kit.caption(kit.say("overview.storage.stored", "n", now.vaults().size())));
        if (now.stored() > 0 && now.held() > now.stored() * WORTH_SAYING) {
            double ratio = (double) now.held() / now.stored();
            Label saved =
                    kit.caption(kit.say("overview.storage.saved", "ratio", String.format(Locale.ROOT, "%.1f", ratio)));
            saved.setTooltip(kit.tip(kit.say("overview.storage.saved.of", "held", now.held())));
            figures.getChildren().add(saved);
        }
        figures.setMinWidth(Region.USE_PREF_SIZE);
        var card = new Card(kit, Icon.VAULT, "overview.storage");
        int more = now.vaults().size() - MOST_VAULTS;
        if (more > 0) {
            card.aside(kit.say("overview.storage.more", "n", more));
        }
        return card.add(new HBox(24, figures, vaults));
    }

    private Node vault(Vault vault, Overview now) {
        var name = kit.nameLink(vault.name(), () -> model.open(vault.id()));
        name.getStyleClass().add("may-clip");
        name.setMinWidth(104);
        name.setPrefWidth(104);
        name.setMaxWidth(104);
        String numbers = kit.say(
                "overview.storage.vault",
                "used",
                vault.used(),
                "capacity",
                vault.capacityBytes(),
                "p",
                vault.percentUsed());
        Optional<Long> days = Optional.ofNullable(now.fullInDays().get(vault.id()));
        var words = kit.label(days.map(left -> kit.say("overview.storage.full", "p", vault.percentUsed(), "n", left))
                .orElse(numbers));
        words.setTooltip(kit.tip(numbers));
        words.setMinWidth(Region.USE_PREF_SIZE);
        double share = (double) vault.used() / Math.max(1, vault.capacityBytes());
        return kit.row(name, Meter.used(56, share), words);
    }
}
