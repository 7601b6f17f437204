package org.coffer.window.vault;

import java.util.Arrays;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** A passphrase or a recovery code that is to open a vault. */
final class UnlockModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final StringProperty secret = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Problem>> refused = new ReadOnlyObjectWrapper<>(Optional.empty());

    UnlockModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
        secret.subscribe(() -> refused.set(Optional.empty()));
    }

    // ---- Properties

    StringProperty secret() {
        return secret;
    }

    ObservableValue<Optional<Sentence>> problem() {
        return Bindings.createObjectBinding(
                () -> secret.get().isBlank()
                        ? Optional.of(Sentence.of("vault.unlock.nothing"))
                        : refused.get().map(Sentence::explaining),
                secret,
                refused);
    }

    // ---- Commands

    /** Tries it; a wrong secret is said at the field and stays there to be mended. */
    void unlock(Runnable done) {
        char[] typed = secret.get().strip().toCharArray();
        desk.background()
                .act(() -> {
                    try {
                        desk.services().vaults().keys().unlock(vault.id(), typed);
                    } finally {
                        Arrays.fill(typed, '\0');
                    }
                })
                .then(opened -> done.run())
                .onError(problem -> refused.set(Optional.of(problem)))
                .start();
    }
}
