package org.coffer.window.disk;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;

/** An image file to be put on the list of disks. */
final class NewImageModel {
    private final DiskDesk desk;
    private final StringProperty path = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final ObjectProperty<Disk.Role> role = new SimpleObjectProperty<>(Disk.Role.DATA);
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private String suggested = "";

    NewImageModel(DiskDesk desk, Optional<Path> file) {
        this.desk = desk;
        path.subscribe(this::suggestName);
        file.ifPresent(given -> path.set(given.toString()));
        path.subscribe(() -> problem.set(Optional.empty()));
        name.subscribe(() -> problem.set(Optional.empty()));
    }

    private void suggestName(String text) {
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        String now = dot > 0 ? last.substring(0, dot) : last;
        if (name.get().equals(suggested)) {
            name.set(now);
        }
        suggested = now;
    }

    // ---- Properties

    StringProperty path() {
        return path;
    }

    StringProperty name() {
        return name;
    }

    ObjectProperty<Disk.Role> role() {
        return role;
    }

    ObservableValue<Optional<Sentence>> pathProblem() {
        return Bindings.createObjectBinding(
                () -> path.get().isBlank()
                        ? Optional.of(Sentence.of("disks.image.path.none"))
                        : problem.get().filter(cause -> !ofName(cause)).map(Sentence::explaining),
                problem,
                path);
    }

    ObservableValue<Optional<Sentence>> nameProblem() {
        return problem.map(now -> now.filter(NewImageModel::ofName).map(Sentence::explaining));
    }

    private static boolean ofName(Problem cause) {
        return cause.code().startsWith("name.");
    }

    // ---- Commands

    /** Lets the user choose the file. */
    void browse() {
        desk.dialogs().chooseFile(Sentence.of("disks.image.choose")).ifPresent(file -> path.set(file.toString()));
    }

    /** Puts it on the list; what is wrong is said at its field. */
    void add(Consumer<Disk> done) {
        Path file;
        try {
            file = Path.of(path.get().strip());
        } catch (InvalidPathException e) {
            problem.set(Optional.of(Problem.of("image.missing", "path", path.get())));
            return;
        }
        Optional<String> called = Optional.of(name.get().strip()).filter(text -> !text.isEmpty());
        desk.background()
                .work(() -> desk.services().disks().addImage(new NewImage(file, called, role.get())))
                .then(done)
                .onError(cause -> problem.set(Optional.of(cause)))
                .start();
    }
}
