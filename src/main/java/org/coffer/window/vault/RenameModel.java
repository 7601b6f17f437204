package org.coffer.window.vault;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.name.Names;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** A vault's name and description. */
final class RenameModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final StringProperty name;
    private final StringProperty description;
    private final ReadOnlyObjectWrapper<Optional<Problem>> refused = new ReadOnlyObjectWrapper<>(Optional.empty());

    RenameModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
        this.name = new SimpleStringProperty(vault.name());
        this.description = new SimpleStringProperty(vault.description());
        name.subscribe(() -> refused.set(Optional.empty()));
    }

    // ---- Properties

    StringProperty name() {
        return name;
    }

    StringProperty description() {
        return description;
    }

    ObservableValue<Optional<Sentence>> nameProblem() {
        return Bindings.createObjectBinding(
                () -> Names.problem(name.get()).or(refused::get).map(Sentence::explaining), name, refused);
    }

    ObservableValue<Optional<Sentence>> descriptionProblem() {
        return description.map(text -> Names.descriptionProblem(text).map(Sentence::explaining));
    }

    // ---- Commands

    void save(Runnable done) {
        String called = name.get();
        String described = description.get();
        desk.background()
                .act(() -> desk.services().vaults().rename(vault.id(), called, described))
                .then(saved -> done.run())
                .onError(problem -> refused.set(Optional.of(problem)))
                .start();
    }
}
