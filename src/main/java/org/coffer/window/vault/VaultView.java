package org.coffer.window.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.DetailsFrame;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.kit.page.Tabs;

/** The page about one vault: what is wrong with it, three cards, its disks, backups, tasks and tags. */
final class VaultView {
    private final Kit kit;
    private final VaultModel model;
    private final List<PageTab> lists;
    private final Runnable up;

    VaultView(Kit kit, VaultModel model, List<PageTab> lists, Runnable up) {
        this.kit = kit;
        this.model = model;
        this.lists = lists;
        this.up = up;
    }

    DetailsFrame frame() {
        State loading = State.of(Icon.BUSY, Tone.MUTED, "vault.loading");
        var cards = new StackPane();
        // Only a page that is seen may leave: others wait in the history until somebody comes back to them.
        WhileShown.of(cards).watch(model.gone(), gone -> {
            if (gone) {
                Platform.runLater(model::leave);
            }
        });
        WhileShown.of(cards)
                .watch(
                        model.details(),
                        now -> now.ifPresent(
                                details -> cards.getChildren().setAll(new VaultCards(kit, model, details).row())));
        return new DetailsFrame(kit, model.of(Vault::name, ""))
                .crumb("nav.disk-backup", up)
                .rename(model.rename())
                .state(model.of(VaultStates::of, loading))
                .id(model.id().toString())
                .acts(model.backUp(), List.of(model.bind()), model::rest)
                .message(model.details().map(now -> now.map(VaultDetails::vault).flatMap(this::message)))
                .part(cards)
                .tabs(tabs(), model.tab(), contents());
    }

    private Tabs tabs() {
        Tabs tabs = new Tabs(kit, model.tab())
                .tab(VaultModel.DISKS, "vault.tab.disks", model.disks().totalProperty())
                .only(VaultModel.DISKS, model.of(vault -> vault.protection() == Protection.BACKUP, true));
        lists.forEach(list -> tabs.tab(list.id(), list.titleKey(), list.count()));
        return tabs.tab(VaultModel.TAGS, "vault.tab.tags", model.tags().totalProperty());
    }

    private Map<String, Supplier<Node>> contents() {
        Map<String, Supplier<Node>> contents = new LinkedHashMap<>();
        contents.put(VaultModel.DISKS, () -> new BoundDisksView(kit, model));
        lists.forEach(list -> contents.put(list.id(), () -> list.content(kit)));
        contents.put(VaultModel.TAGS, () -> new VaultTagsView(kit, model));
        return contents;
    }

    /**
     * The most serious thing to be said: why the vault does not work, what is damaged, that it is full, that its key may be
     * lost.
     */
    private Optional<Node> message(Vault vault) {
        if (vault.problem().isPresent() && vault.status() != VaultStatus.AVAILABLE) {
            return Optional.of(trouble(vault, vault.problem().get()));
        }
        Optional<Damage> damage = model.damage();
        if (damage.isPresent()) {
            return damage.map(this::damaged);
        }
        if (vault.over()) {
            Problem full = Problem.of(
                    "vault.full",
                    "vault",
                    vault.name(),
                    "used",
                    Math.ceilDiv(vault.used(), Vault.GB),
                    "capacity",
                    vault.capacityGb());
            return Optional.of(banner(full, Icon.WARN, Tone.ATTENTION, List.of(model.expand())));
        }
        if (vault.sheetMissing() && vault.keyed()) {
            return Optional.of(new Banner(
                    kit,
                    Icon.KEY,
                    Tone.ATTENTION,
                    kit.say("vault.sheet.missing"),
                    kit.say("vault.sheet.missing.do"),
                    List.of(model.sheet())));
        }
        return Optional.empty();
    }

    private Node trouble(Vault vault, Problem problem) {
        Act copy = Act.of(
                "kit.copy.details",
                () -> Details.copy(
                        Details.of(kit.text(), problem, "", kit.clock().instant())));
        boolean frozen = vault.status() == VaultStatus.FROZEN;
        List<Act> acts = problem.code().equals("vault.no-key") ? List.of(model.unlock(), copy) : List.of(copy);
        return banner(problem, frozen ? Icon.FROZEN : Icon.ERROR, frozen ? Tone.ATTENTION : Tone.DANGER, acts);
    }

    private Node damaged(Damage damage) {
        Act copy = Act.of("kit.copy.details", () -> Details.copy(damage.text(kit)));
        return new Banner(
                kit,
                Icon.ERROR,
                Tone.DANGER,
                kit.say(damage.headline()),
                kit.say(damage.names()) + '\n' + kit.say(damage.remedy()),
                damage.healable()
                        ? List.of(model.heal(), model.showBackups(), copy)
                        : List.of(model.showBackups(), model.verify(), copy));
    }

    private Node banner(Problem problem, Icon icon, Tone tone, List<Act> acts) {
        Text.Explanation words = kit.text().explain(problem);
        return new Banner(kit, icon, tone, words.what(), words.rest(), acts);
    }
}
