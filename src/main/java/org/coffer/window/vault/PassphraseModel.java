package org.coffer.window.vault;

import java.util.Arrays;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultKeys;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** Another passphrase for a vault, typed twice. */
final class PassphraseModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final StringProperty passphrase = new SimpleStringProperty("");
    private final StringProperty repeated = new SimpleStringProperty("");

    PassphraseModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
    }

    // ---- Properties

    StringProperty passphrase() {
        return passphrase;
    }

    StringProperty repeated() {
        return repeated;
    }

    ObservableValue<Optional<Sentence>> problem() {
        return passphrase.map(text -> VaultKeys.problem(text.toCharArray()).map(Sentence::explaining));
    }

    ObservableValue<Optional<Sentence>> repeatedProblem() {
        return Bindings.createObjectBinding(
                () -> passphrase.get().equals(repeated.get())
                        ? Optional.<Sentence>empty()
                        : Optional.of(Sentence.explaining(Problem.of("passphrase.differs"))),
                passphrase,
                repeated);
    }

    // ---- Commands

    void save(Runnable done) {
        char[] secret = passphrase.get().toCharArray();
        desk.background()
                .act(() -> {
                    try {
                        desk.services().vaults().keys().changePassphrase(vault.id(), secret);
                    } finally {
                        Arrays.fill(secret, '\0');
                    }
                })
                .then(saved -> done.run())
                .onError(desk.dialogs()::error)
                .start();
    }
}
