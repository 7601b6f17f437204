package org.coffer.window.location;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.location.Address;
import org.coffer.console.location.Locations;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/** Trying a place out: writes, reads, lists, deletes, and tells how each went. */
final class Trial {
    private final Locations locations;
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<List<TestStep>> steps = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    Trial(Locations locations, Background background) {
        this.locations = locations;
        this.line = background.line();
    }

    /** Tries {@code address}; what an earlier trial said is forgotten at once. */
    void start(Address address) {
        forget();
        line.work(() -> locations.test(address))
                .then(steps::set)
                .onError(cause -> problem.set(Optional.of(cause)))
                .start();
    }

    /** Forgets what was found, as when another place is named. */
    void forget() {
        line.drop();
        steps.set(List.of());
        problem.set(Optional.empty());
    }

    /** How the steps went, in order; empty before the first trial ended. */
    ReadOnlyObjectProperty<List<TestStep>> stepsProperty() {
        return steps.getReadOnlyProperty();
    }

    /** Why nothing could be tried. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it is being tried now. */
    ReadOnlyBooleanProperty busyProperty() {
        return line.busyProperty();
    }

    /** Whether all steps passed. */
    boolean passed() {
        return steps.get().size() == TestStep.Act.values().length
                && steps.get().stream().allMatch(TestStep::passed);
    }
}
