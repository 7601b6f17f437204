package org.coffer.window.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Desk;

/** The sheet in which is ticked which vaults a policy serves (P9): whom it takes over from another policy, it says. */
final class BindVaults {
    private static final double WIDTH = 480;
    private static final double TALLEST = 360;

    private final Policies policies;
    private final Vaults vaults;
    private final Desk desk;

    BindVaults(Policies policies, Vaults vaults, Desk desk) {
        this.policies = policies;
        this.vaults = vaults;
        this.desk = desk;
    }

    /** What the sheet shows. */
    private record Choice(Map<Vault, Optional<Problem>> all, Map<UUID, Policy> now) {}

    void open(Policy policy) {
        desk.background()
                .work(() -> {
                    Map<Vault, Optional<Problem>> all = new LinkedHashMap<>();
                    vaults.list(VaultFilter.ALL).forEach(vault -> all.put(vault, policies.refusal(policy, vault)));
                    return new Choice(all, policies.byVault(policy.kind()));
                })
                .then(choice -> open(policy, choice))
                .start();
    }

    private void open(Policy policy, Choice choice) {
        Set<UUID> before = choice.now().entrySet().stream()
                .filter(bond -> bond.getValue().id().equals(policy.id()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<UUID> ticked = new LinkedHashSet<>(before);
        var sheet = new Sheet(
                Sentence.of("policies.bind.title", "policy", policy.name()),
                WIDTH,
                kit -> view(kit, policy, choice, ticked));
        sheet.act(Act.of("policies.bind.save", () -> {
            Set<UUID> after = Set.copyOf(ticked);
            desk.background()
                    .act(() -> apply(policy, before, after))
                    .then(done -> {
                        sheet.done();
                        desk.news()
                                .tell(
                                        Sentence.of("policies.bound", "n", after.size(), "policy", policy.name()),
                                        Optional.empty());
                    })
                    .start();
        }));
        desk.dialogs().show(sheet);
    }

    private void apply(Policy policy, Set<UUID> before, Set<UUID> after) {
        after.stream().filter(id -> !before.contains(id)).forEach(id -> policies.bind(policy.id(), id));
        // What another policy serves by now, or none, is no longer this sheet's to unbind.
        before.stream()
                .filter(id -> !after.contains(id))
                .filter(id ->
                        policies.ofVault(id, policy.kind()).map(Policy::id).equals(Optional.of(policy.id())))
                .forEach(id -> policies.unbind(id, policy.kind()));
    }

    private static Node view(Kit kit, Policy policy, Choice choice, Set<UUID> ticked) {
        List<Node> lines = new ArrayList<>();
        choice.all()
                .forEach((vault, refusal) -> lines.add(line(
                        kit,
                        policy,
                        vault,
                        refusal,
                        Optional.ofNullable(choice.now().get(vault.id())),
                        ticked)));
        if (lines.isEmpty()) {
            return kit.label(kit.say("policies.bind.none"), "muted");
        }
        return new Scrolled(kit.column(4, lines.toArray(Node[]::new)), TALLEST);
    }

    private static Node line(
            Kit kit, Policy policy, Vault vault, Optional<Problem> refused, Optional<Policy> now, Set<UUID> ticked) {
        CheckBox box = kit.checkBox(vault.name());
        box.setSelected(ticked.contains(vault.id()));
        box.selectedProperty().subscribe((before, on) -> {
            if (on) {
                ticked.add(vault.id());
            } else {
                ticked.remove(vault.id());
            }
        });
        HBox line = kit.row(box, kit.spacer());
        Optional<String> refusal =
                refused.map(problem -> kit.text().explain(problem).what());
        // One that it serves already can be let go, whatever became of its place.
        box.setDisable(refusal.isPresent() && !ticked.contains(vault.id()));
        String about = refusal.orElseGet(() -> now.filter(other -> !other.id().equals(policy.id()))
                .map(other -> kit.say("policies.bind.other", "policy", other.name()))
                .orElse(""));
        Label beside = kit.caption(about);
        beside.setWrapText(true);
        beside.setMaxWidth(WIDTH / 2);
        beside.setMinHeight(Region.USE_PREF_SIZE);
        line.getChildren().add(beside);
        return line;
    }
}
