package org.coffer.window.location;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.NewLocation;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;

/** A folder or a bucket on its way to becoming a location: named, tried out, then added. */
final class AddLocationModel {
    private static final Sentence UNNAMED = Sentence.of("locations.add.folder.needed");

    private final Locations locations;
    private final Background background;
    private final Background.Line checks;
    private final Background.Line adding;
    private final Dialogs dialogs;
    private final FolderPart folder = new FolderPart();
    private final BucketPart bucket = new BucketPart();
    private final ObjectProperty<Location.Kind> kind = new SimpleObjectProperty<>(Location.Kind.FOLDER);
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty limit = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> untestable = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> untried = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Trial trial;
    private Optional<Location> added = Optional.empty();

    AddLocationModel(Locations locations, Background background, Dialogs dialogs) {
        this.locations = locations;
        this.background = background;
        this.checks = background.line();
        this.adding = background.line();
        this.dialogs = dialogs;
        this.trial = new Trial(Location.Kind.FOLDER, background);
        name.subscribe((old, now) -> check());
        folder.onChange(this::placed);
        bucket.onChange(this::placed);
        kind.subscribe((old, now) -> {
            trial.about(now);
            check();
        });
        limit.subscribe((old, now) -> judge());
        trial.reportProperty().subscribe(report -> judge());
        check();
    }

    /** What kind of place it is. */
    ObjectProperty<Location.Kind> kind() {
        return kind;
    }

    StringProperty name() {
        return name;
    }

    /** The folder's path. */
    StringProperty folder() {
        return folder.folder();
    }

    BucketPart bucket() {
        return bucket;
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

    /** What is wrong with a field, such as {@code name}, {@code folder} or {@code endpoint}. */
    ObservableValue<Optional<Sentence>> problem(String field) {
        return problems.map(now -> field.equals("folder") && folder().get().isBlank() && now.containsKey(field)
                ? Optional.of(UNNAMED)
                : Problems.of(now, field));
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
        folder().set(chosen.toString());
        if (name.get().isBlank()) {
            name.set(folder.suggestedName());
        }
    }

    /** Lets the user pick a file of certificates. */
    Act chooseAuthority() {
        return Act.of(
                "locations.add.choose",
                () -> dialogs.chooseFile(Sentence.of("locations.add.authority"))
                        .ifPresent(file -> bucket.authority().set(file.toString())));
    }

    /** Tries the place out; an empty name takes the bucket's. */
    Act test() {
        return Act.of("locations.test", this::tryOut).with(Icon.VERIFY).unless(untestable);
    }

    /** Adds it; impossible before a trial has passed. {@code done} closes the sheet. */
    Act add(Runnable done) {
        return Act.of("locations.add", () -> send(done)).unless(untried);
    }

    /** What was added, once it was. */
    Optional<Location> added() {
        return added;
    }

    private PlacePart part() {
        return switch (kind.get()) {
            case FOLDER -> folder;
            case S3 -> bucket;
        };
    }

    private void placed() {
        trial.forget();
        failure.set(Optional.empty());
        check();
    }

    private void tryOut() {
        PlacePart part = part();
        part.address().ifPresent(address -> {
            if (name.get().isBlank()) {
                name.set(part.suggestedName());
            }
            trial.start(() -> locations.test(address, part.secret()));
        });
    }

    private Optional<NewLocation> wanted() {
        PlacePart part = part();
        long most = Limits.read(limit.get()).orElse(0);
        return part.address().map(address -> new NewLocation(name.get(), address, part.secret(), "", most));
    }

    private void send(Runnable done) {
        if (adding.busyProperty().get()) {
            return;
        }
        wanted().ifPresent(wanted -> {
            failure.set(Optional.empty());
            adding.work(() -> locations.add(wanted))
                    .then(location -> {
                        added = Optional.of(location);
                        done.run();
                    })
                    .onError(problem -> failure.set(Optional.of(problem)))
                    .start();
        });
    }

    private void check() {
        Map<String, Problem> own = part().problems();
        Optional<NewLocation> wanted = wanted();
        if (wanted.isEmpty()) {
            checks.drop();
            found(own);
            return;
        }
        Address asked = wanted.get().address();
        checks.work(() -> locations.problems(wanted.get()))
                .then(more -> {
                    if (part().address().equals(Optional.of(asked))) {
                        Map<String, Problem> all = new LinkedHashMap<>(own);
                        all.putAll(more);
                        found(all);
                    }
                })
                .onError(background::unhandled)
                .start();
    }

    private void found(Map<String, Problem> now) {
        problems.set(now);
        judge();
    }

    private void judge() {
        if (kind.get() == Location.Kind.FOLDER && folder().get().isBlank()) {
            untestable.set(Optional.of(UNNAMED));
            untried.set(Optional.of(UNNAMED));
            return;
        }
        untestable.set(part().problems().values().stream().findFirst().map(Problems::what));
        Optional<Sentence> wrong = problems.get().values().stream()
                .findFirst()
                .or(() -> Limits.problem(limit.get()))
                .map(Problems::what);
        untried.set(wrong.or(() -> trial.passed()
                ? Optional.empty()
                : Optional.of(
                        Sentence.of("locations.add.untried." + kind.get().name().toLowerCase(Locale.ROOT)))));
    }
}
