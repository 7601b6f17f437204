package org.coffer.window.vault;

import javafx.scene.control.TextField;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.form.Form;

/** The fields for secrets. */
final class SecretView {
    private SecretView() {}

    static Form passphrase(Kit kit, PassphraseModel model) {
        TextField passphrase = kit.secret("");
        passphrase.textProperty().bindBidirectional(model.passphrase());
        TextField repeated = kit.secret("");
        repeated.textProperty().bindBidirectional(model.repeated());
        return new Form(kit)
                .add(kit.prose(kit.say("vault.passphrase.line")))
                .field("vault.passphrase.field", passphrase, "vault.passphrase.help", model.problem())
                .field("vault.passphrase.repeat", repeated, model.repeatedProblem());
    }

    static Form unlock(Kit kit, UnlockModel model) {
        TextField secret = kit.secret("");
        secret.textProperty().bindBidirectional(model.secret());
        return new Form(kit)
                .add(kit.prose(kit.say("vault.unlock.line")))
                .field("vault.unlock.field", secret, "vault.unlock.help", model.problem());
    }
}
