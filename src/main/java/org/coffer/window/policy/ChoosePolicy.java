package org.coffer.window.policy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.vault.Vault;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
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

    /** Opens the sheet for a vault; {@code done} is called when its policy is another than before. */
    public void open(Vault vault, Runnable done) {
        background
                .work(() -> new Choice(
                        policies.list(PolicyKind.BACKUP),
                        policies.ofVault(vault.id()).map(Policy::id)))
                .then(choice -> open(vault, choice, done))
                .start();
    }

    /**
     * What is known when the sheet opens.
     *
     * @param before which serves the vault
     */
    record Choice(List<Policy> all, Optional<UUID> before) {
        /** The policy that would serve the vault no longer if another, or none, were chosen (P9). */
        Optional<Policy> left(Optional<UUID> chosen) {
            return all.stream()
                    .filter(policy -> before.equals(Optional.of(policy.id())) && !chosen.equals(before))
                    .findFirst();
        }
    }

    private void open(Vault vault, Choice choice, Runnable done) {
        ObjectProperty<Optional<UUID>> chosen = new SimpleObjectProperty<>(
                choice.before().or(() -> choice.all().stream().findFirst().map(Policy::id)));
        var sheet = new Sheet(
                        Sentence.of("policy.choose.title", "vault", vault.name()),
                        WIDTH,
                        kit -> view(kit, choice, chosen))
                .icon(Icon.POLICY);
        sheet.act(Act.of(
                "policy.choose.save",
                () -> background
                        .act(() -> apply(vault.id(), choice.before(), chosen.get()))
                        .then(ended -> {
                            sheet.done();
                            done.run();
                        })
                        .start()));
        dialogs.show(sheet);
    }

    private void apply(UUID vault, Optional<UUID> before, Optional<UUID> after) {
        if (before.equals(after)) {
            return;
        }
        after.ifPresentOrElse(policy -> policies.bind(policy, vault), () -> policies.unbind(vault));
    }

    private static Node view(Kit kit, Choice choice, ObjectProperty<Optional<UUID>> chosen) {
        var words = new PolicyWords(kit.text());
        Choices<Optional<UUID>> choices = new Choices<>(kit, chosen);
        choice.all()
                .forEach(policy -> choices.choice(
                        Optional.of(policy.id()), Icon.POLICY, policy.name(), words.briefLine(policy.plan())));
        choices.choice(Optional.empty(), Icon.OFF, kit.say("policy.choose.none"), kit.say("policy.choose.none.help"));
        var scroll = new ScrollPane(choices);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(TALLEST);
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
