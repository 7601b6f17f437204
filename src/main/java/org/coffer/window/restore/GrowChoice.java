package org.coffer.window.restore;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.coffer.console.restore.Growth;
import org.coffer.problem.Problem;

/**
 * The choice to let what comes last on a larger target use all of it (S1). Nothing is chosen until somebody does, because it
 * changes more than the backup says; and no longer once the target is another.
 */
public final class GrowChoice {
    private final ReadOnlyObjectWrapper<Optional<Growth>> growth = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty chosen = new SimpleBooleanProperty();

    /** Whether there is anything to choose; empty if nothing is left over on the target, or that is not known yet. */
    public ReadOnlyObjectProperty<Optional<Growth>> growthProperty() {
        return growth.getReadOnlyProperty();
    }

    /** What was chosen; counts only as long as it is offered. */
    public BooleanProperty chosenProperty() {
        return chosen;
    }

    /** Begins with another target. */
    public void forget() {
        chosen.set(false);
        show(Optional.empty());
    }

    /** Takes what was found out about the target. */
    public void show(Optional<Growth> found) {
        growth.set(found);
        if (refusal().isPresent()) {
            chosen.set(false);
        }
    }

    /** What can be done. */
    public Optional<Growth.Offered> offered() {
        return growth.get().filter(Growth.Offered.class::isInstance).map(Growth.Offered.class::cast);
    }

    /** Why nothing can be done. */
    public Optional<Problem> refusal() {
        return growth.get().filter(Growth.Refused.class::isInstance).map(found -> ((Growth.Refused) found).why());
    }

    /** What is to be done. */
    public Optional<Growth.Offered> wanted() {
        return offered().filter(found -> chosen.get());
    }
}
