package org.coffer.window.backup;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.kit.form.Form;

/** The sheet in which is chosen where a copy goes: each vault of another location, with the reason where it cannot take it. */
final class ReplicateView {
    private static final double TALLEST = 280;

    private final Kit kit;
    private final ReplicateModel model;
    private final Runnable close;

    /** @param close closes the sheet */
    ReplicateView(Kit kit, ReplicateModel model, Runnable close) {
        this.kit = kit;
        this.model = model;
        this.close = close;
    }

    Form form() {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.name());
        var targets = new Scrolled(TALLEST);
        WhileShown.of(targets).watch(model.targets(), now -> targets.setContent(choices()));
        var form = new Form(kit)
                .field("replicate.to", targets)
                .field("backup.name", name, model.nameProblem())
                .add(kit.prose(kit.say(model.travels())));
        // What the service refuses is known only after sending, when the fields were judged already.
        WhileShown.of(form).watch(model.nameProblem(), now -> now.ifPresent(cause -> form.judge()));
        return form;
    }

    private Node choices() {
        if (model.targets().getValue().isEmpty()) {
            return kit.column(
                    8,
                    kit.prose(model.whyNot().getValue().map(kit::say).orElse("")),
                    kit.link(model.createVault(close)));
        }
        var choices = new Choices<>(kit, model.target());
        for (ReplicateModel.Target target : model.targets().getValue()) {
            Vault vault = target.vault();
            if (target.refusal().isPresent()) {
                choices.impossible(
                        Icon.VAULT,
                        vault.name(),
                        kit.say(Problems.what(target.refusal().get())));
            } else {
                choices.choice(
                        Optional.of(vault),
                        Icon.VAULT,
                        vault.name(),
                        kit.say(
                                "replicate.target",
                                "location",
                                vault.locationName(),
                                "used",
                                vault.used(),
                                "capacity",
                                vault.capacityBytes()));
            }
        }
        return choices;
    }
}
