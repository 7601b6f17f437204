package org.coffer.window.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.form.Choices;

/** The sheet in which a vault gets a policy, another one, or none (P9). */
public final class ChoosePolicy {
    private static final double WIDTH = 520;
    private static final double TALLEST = 400;

    private final Policies policies;
    private final Background background;
    private final Dialogs dialogs;

    /** The sheet over these services. */
    public ChoosePolicy(Policies policies, Background background, Dialogs dialogs) {
        this.policies = policies;
        this.background = background;
        this.dialogs = dialogs;
    }

    /** Opens the sheet for a vault; {@code done} is called when its policy of this kind is another than before. */
    public void open(Vault vault, PolicyKind kind, Runnable done) {
        background
                .work(() -> choice(vault, kind))
                .then(choice -> open(vault, choice, done))
                .start();
    }

    /** Looks at the policies; blocks. */
    Choice choice(Vault vault, PolicyKind kind) {
        Map<Policy, Optional<Problem>> all = new LinkedHashMap<>();
        policies.list(kind).forEach(policy -> all.put(policy, policies.refusal(policy, vault)));
        return new Choice(kind, all, policies.ofVault(vault.id(), kind).map(Policy::id));
    }

    /**
     * What is known when the sheet opens.
     *
     * @param kind which kind of policy is chosen
     * @param all those there are, each with the reason why it cannot serve the vault, if there is one
     * @param before which serves the vault
     */
    record Choice(PolicyKind kind, Map<Policy, Optional<Problem>> all, Optional<UUID> before) {
        /** The first that can be chosen. */
        Optional<UUID> first() {
            return all.entrySet().stream()
                    .filter(policy -> policy.getValue().isEmpty())
                    .map(policy -> policy.getKey().id())
                    .findFirst();
        }

        /** The policy that would serve the vault no longer if another, or none, were chosen (P9). */
        Optional<Policy> left(Optional<UUID> chosen) {
            return all.keySet().stream()
                    .filter(policy -> before.equals(Optional.of(policy.id())) && !chosen.equals(before))
                    .findFirst();
        }
    }

    private void open(Vault vault, Choice choice, Runnable done) {
        ObjectProperty<Optional<UUID>> chosen =
                new SimpleObjectProperty<>(choice.before().or(choice::first));
        var sheet = new Sheet(
                        Sentence.of(
                                choice.kind() == PolicyKind.BACKUP
                                        ? "policy.choose.title"
                                        : "policy.choose.title.replication",
                                "vault",
                                vault.name()),
                        WIDTH,
                        kit -> view(kit, choice, chosen))
                .icon(Icon.POLICY);
        sheet.act(Act.of(
                "policy.choose.save",
                () -> background
                        .act(() -> apply(vault.id(), choice, chosen.get()))
                        .then(ended -> {
                            sheet.done();
                            done.run();
                        })
                        .start()));
        dialogs.show(sheet);
    }

    private void apply(UUID vault, Choice choice, Optional<UUID> after) {
        if (choice.before().equals(after)) {
            return;
        }
        after.ifPresentOrElse(policy -> policies.bind(policy, vault), () -> policies.unbind(vault, choice.kind()));
    }

    private static Node view(Kit kit, Choice choice, ObjectProperty<Optional<UUID>> chosen) {
        var words = new PolicyWords(kit.text());
        Choices<Optional<UUID>> choices = new Choices<>(kit, chosen);
        choice.all().forEach((policy, refusal) -> {
            if (refusal.isPresent() && !choice.before().equals(Optional.of(policy.id()))) {
                choices.impossible(
                        Icon.POLICY,
                        policy.name(),
                        kit.text().explain(refusal.get()).what());
            } else {
                choices.choice(Optional.of(policy.id()), Icon.POLICY, policy.name(), words.briefLine(policy.plan()));
            }
        });
        choices.choice(
                Optional.empty(),
                Icon.OFF,
                kit.say("policy.choose.none"),
                kit.say(
                        choice.kind() == PolicyKind.BACKUP
                                ? "policy.choose.none.help"
                                : "policy.choose.none.help.replication"));
        var scroll = new Scrolled(choices, TALLEST);
        Label left = kit.prose("");
        left.setMinHeight(Region.USE_PREF_SIZE);
        WhileShown.of(left).watch(chosen, now -> {
            Optional<Policy> leaves = choice.left(now);
            left.setText(leaves.map(policy -> kit.say("policy.choose.left", "policy", policy.name()))
                    .orElse(""));
            left.setManaged(leaves.isPresent());
        });
        return kit.column(8, scroll, left);
    }
}
