package org.coffer.window.location;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.Secret;
import org.coffer.problem.Problem;

/** A folder on its way to becoming a location. */
final class FolderPart implements PlacePart {
    private final StringProperty folder = new SimpleStringProperty("");

    /** Its path, as it is typed. */
    StringProperty folder() {
        return folder;
    }

    @Override
    public Location.Kind kind() {
        return Location.Kind.FOLDER;
    }

    @Override
    public Optional<Address> address() {
        return path().map(Address.Folder::new);
    }

    @Override
    public Secret secret() {
        return Secret.NONE;
    }

    @Override
    public Map<String, Problem> problems() {
        return path().isPresent() ? Map.of() : Map.of("folder", Problem.of("location.missing", "path", folder.get()));
    }

    @Override
    public String suggestedName() {
        return path().map(Path::getFileName).map(Path::toString).orElse("");
    }

    @Override
    public void onChange(Runnable heard) {
        folder.subscribe((old, now) -> heard.run());
    }

    private Optional<Path> path() {
        try {
            String typed = folder.get().strip();
            return typed.isEmpty() ? Optional.empty() : Optional.of(Path.of(typed));
        } catch (InvalidPathException e) {
            // The field's problem says that there is no such folder.
            return Optional.empty();
        }
    }
}
