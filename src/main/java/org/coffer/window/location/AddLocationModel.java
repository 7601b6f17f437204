package org.coffer.window.location;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.Secret;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;

/** A folder on its way to becoming a location: named, tried out, then added. */
final class AddLocationModel {
    private static final Sentence UNNAMED = Sentence.of("locations.add.folder.needed");
    private static final Sentence UNTRIED = Sentence.of("locations.add.untried");

    private final Locations locations;
    private final Background background;
    private final Background.Line checks;
    private final Background.Line adding;
    private final Dialogs dialogs;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty folder = new SimpleStringProperty("");
    private final StringProperty limit = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> untried = new ReadOnlyObjectWrapper<>(Optional.of(UNTRIED));
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Trial trial;

    AddLocationModel(Locations locations, Background background, Dialogs dialogs) {
        this.locations = locations;
        this.background = background;
        this.checks = background.line();
        this.adding = background.line();
        this.dialogs = dialogs;
        this.trial = new Trial(Location.Kind.FOLDER, background);
        name.subscribe((old, now) -> check());
        folder.subscribe((old, now) -> {
            trial.forget();
            check();
        });
        limit.subscribe((old, now) -> judge());
        trial.reportProperty().subscribe(report -> judge());
        check();
    }

    StringProperty name() {
        return name;
    }

    StringProperty folder() {
        return folder;
    }

    /** Whole MB a second, empty for no limit. */
    StringProperty limit() {
        return limit;
    }

    /** What is wrong with the limit. */
    ObservableValue<Optional<Sentence>> limitProblem() {
        return limit.map(text -> Limits.problem(text).map(Problems::what));
    }

    Trial trial() {
        return trial;
    }

    /** What is wrong with a field: {@code name} or {@code folder}. */
    ObservableValue<Optional<Sentence>> problem(String field) {
        return problems.map(now ->
                field.equals("folder") && folder.get().isBlank() ? Optional.of(UNNAMED) : Problems.of(now, field));
    }

    /** Why adding failed after all. */
    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Lets the user pick the folder; an empty name takes the folder's. */
    Act choose() {
        return Act.of(
                "locations.add.choose",
                () -> dialogs.chooseFolder(Sentence.of("locations.add.folder")).ifPresent(this::take));
    }

    /** Takes a folder as chosen. */
    void take(Path chosen) {
        folder.set(chosen.toString());
        if (name.get().isBlank() && chosen.getFileName() != null) {
            name.set(chosen.getFileName().toString());
        }
    }

    /** Tries the folder out. */
    Act test() {
        return Act.of("locations.test", () -> path().ifPresent(this::tryOut)).with(Icon.VERIFY);
    }

    /** Adds it; impossible before a trial has passed. {@code done} closes the sheet. */
    Act add(Runnable done) {
        return Act.of("locations.add", () -> send(done)).unless(untried);
    }

    private void tryOut(Path path) {
        trial.start(() -> locations.test(new Address.Folder(path), Secret.NONE));
    }

    private void send(Runnable done) {
        path().ifPresent(path -> {
            failure.set(Optional.empty());
            NewLocation wanted = new NewLocation(
                    name.get(),
                    new Address.Folder(path),
                    "",
                    Limits.read(limit.get()).orElse(0));
            adding.work(() -> locations.add(wanted))
                    .then(added -> done.run())
                    .onError(problem -> failure.set(Optional.of(problem)))
                    .start();
        });
    }

    private void check() {
        Optional<Path> path = path();
        if (path.isEmpty()) {
            checks.drop();
            problems.set(Map.of("folder", Problem.of("location.missing", "path", folder.get())));
            judge();
            return;
        }
        NewLocation wanted = new NewLocation(name.get(), path.get(), "");
        checks.work(() -> locations.problems(wanted))
                .then(found -> {
                    problems.set(found);
                    judge();
                })
                .onError(background::unhandled)
                .start();
    }

    private void judge() {
        if (folder.get().isBlank()) {
            untried.set(Optional.of(UNNAMED));
            return;
        }
        Optional<Sentence> wrong = problems.get().values().stream()
                .findFirst()
                .or(() -> Limits.problem(limit.get()))
                .map(Problems::what);
        untried.set(wrong.or(() -> trial.passed() ? Optional.empty() : Optional.of(UNTRIED)));
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
