package org.coffer.window.location;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Sentence;

/** How fast data may go to and come from a location (B13). */
final class LimitModel {
    private final Locations locations;
    private final Location location;
    private final Background.Line line;
    private final StringProperty limit;
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());

    LimitModel(Locations locations, Location location, Background background) {
        this.locations = locations;
        this.location = location;
        this.line = background.line();
        this.limit = new SimpleStringProperty(Limits.text(location.limit()));
    }

    /** What is typed: whole MB a second, empty for no limit. */
    StringProperty limit() {
        return limit;
    }

    /** What is wrong with it. */
    ObservableValue<Optional<Sentence>> problem() {
        return limit.map(text -> Limits.problem(text).map(Problems::what));
    }

    /** Why it could not be kept. */
    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Keeps it; what runs now goes by it at once. {@code done} closes the sheet. */
    Act keep(Runnable done) {
        return Act.of("locations.limit.keep", () -> send(done)).unless(problem());
    }

    private void send(Runnable done) {
        failure.set(Optional.empty());
        long wanted = Limits.read(limit.get()).orElse(0);
        line.work(() -> locations.limit(location.id(), wanted))
                .then(changed -> done.run())
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }
}
