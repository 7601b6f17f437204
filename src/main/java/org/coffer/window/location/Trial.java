package org.coffer.window.location;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.location.Location;
import org.coffer.console.location.TestReport;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/** Trying a place out, step by step, and how each step went. */
final class Trial {
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<List<TestStep.Act>> acts = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<TestReport>> report = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** @param kind what kind of place it is */
    Trial(Location.Kind kind, Background background) {
        this.line = background.line();
        acts.set(TestStep.Act.of(kind));
    }

    /** Tries a place out; what an earlier trial said is forgotten at once. */
    void start(Callable<TestReport> test) {
        forget();
        line.work(test)
                .then(done -> report.set(Optional.of(done)))
                .onError(cause -> problem.set(Optional.of(cause)))
                .start();
    }

    /** Forgets what was found, as when another place is named. */
    void forget() {
        line.drop();
        report.set(Optional.empty());
        problem.set(Optional.empty());
    }

    /** Forgets what was found; from now on it is about another kind of place. */
    void about(Location.Kind kind) {
        forget();
        acts.set(TestStep.Act.of(kind));
    }

    /** What is tried, in its order. */
    ReadOnlyObjectProperty<List<TestStep.Act>> actsProperty() {
        return acts.getReadOnlyProperty();
    }

    /** How it went; empty before the first trial ended. */
    ReadOnlyObjectProperty<Optional<TestReport>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    /** Why nothing could be tried. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it is being tried now. */
    ReadOnlyBooleanProperty busyProperty() {
        return line.busyProperty();
    }

    /** Whether the place can be used. */
    boolean passed() {
        return report.get().map(TestReport::usable).orElse(false);
    }
}
