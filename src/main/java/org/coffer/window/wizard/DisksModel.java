package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/**
 * Which disk shall come back: one of those of which there are backups. The likeliest is suggested until somebody chooses.
 */
final class DisksModel {
    private final SavedDisks service;
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<List<SavedDisk>> disks = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Optional<SavedDisk>> chosen = new SimpleObjectProperty<>(Optional.empty());

    private Predicate<SavedDisk> preferred = disk -> true;
    private Optional<SavedDisk> suggestion = Optional.empty();
    private Optional<UUID> wish = Optional.empty();

    DisksModel(SavedDisks service, Background background) {
        this.service = service;
        this.line = background.line();
    }

    /** Looks which disks there are. */
    void look() {
        line.work(service::list)
                .then(this::show)
                .onError(why -> problem.set(Optional.of(why)))
                .start();
    }

    /** Chooses a disk as soon as it is known. */
    void choose(UUID disk) {
        wish = Optional.of(disk);
        wishChosen();
    }

    private void wishChosen() {
        wish.flatMap(id -> disks.get().stream()
                        .filter(disk -> disk.id().equals(id))
                        .findFirst())
                .ifPresent(disk -> chosen.set(Optional.of(disk)));
    }

    private void show(List<SavedDisk> found) {
        problem.set(Optional.empty());
        disks.set(found);
        looked.set(true);
        wishChosen();
        suggest();
    }

    /** Suggests such a disk before others, unless somebody chose one. */
    void prefer(Predicate<SavedDisk> such) {
        preferred = such;
        suggest();
    }

    private void suggest() {
        if (chosen.get().isPresent() && !chosen.get().equals(suggestion)) {
            return;
        }
        List<SavedDisk> usable =
                disks.get().stream().filter(disk -> disk.newest().isPresent()).toList();
        suggestion = usable.stream()
                .filter(preferred)
                .findFirst()
                .or(() -> usable.stream().findFirst());
        chosen.set(suggestion);
    }

    /** The disks, by name. */
    ReadOnlyObjectProperty<List<SavedDisk>> disksProperty() {
        return disks.getReadOnlyProperty();
    }

    /** Whether the first look has ended. */
    ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** Why they could not be looked for. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The one that shall come back. */
    ObjectProperty<Optional<SavedDisk>> chosenProperty() {
        return chosen;
    }
}
