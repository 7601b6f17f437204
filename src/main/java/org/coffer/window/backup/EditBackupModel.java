package org.coffer.window.backup;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** A backup's name and description being changed. */
public final class EditBackupModel {
    private final Backups backups;
    private final Desk desk;
    private final Backup backup;
    private final StringProperty name;
    private final StringProperty description;
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** Begins with what {@code backup} is called now. */
    public EditBackupModel(Backups backups, Desk desk, Backup backup) {
        this.backups = backups;
        this.desk = desk;
        this.backup = backup;
        this.name = new SimpleStringProperty(backup.name());
        this.description = new SimpleStringProperty(backup.description());
        name.addListener((property, old, now) -> problem.set(Optional.empty()));
        description.addListener((property, old, now) -> problem.set(Optional.empty()));
    }

    /** The name. */
    public StringProperty nameProperty() {
        return name;
    }

    /** The description. */
    public StringProperty descriptionProperty() {
        return description;
    }

    /** What the service refused about the name. */
    public ObservableValue<Optional<Sentence>> nameProblem() {
        return problem.map(now ->
                now.filter(cause -> !cause.code().startsWith("description.")).map(Sentence::explaining));
    }

    /** What the service refused about the description. */
    public ObservableValue<Optional<Sentence>> descriptionProblem() {
        return problem.map(now ->
                now.filter(cause -> cause.code().startsWith("description.")).map(Sentence::explaining));
    }

    /** Saves; {@code done} is called when it is saved. */
    public void save(Runnable done) {
        String called = name.get().strip();
        String told = description.get();
        desk.background()
                .act(() -> backups.rename(backup.id(), called, told))
                .then(yes -> done.run())
                .onError(cause -> problem.set(Optional.of(cause)))
                .start();
    }
}
