package org.coffer.window.restore;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.restore.Difference;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Restores;
import org.coffer.engine.work.Work;
import org.coffer.window.kit.Background;

/** Reads the target of a restore and counts what differs, when somebody asks for it; takes as long as reading it does. */
final class Comparing {
    private final Restores restores;
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<Comparison> comparison = new ReadOnlyObjectWrapper<>(Comparison.NONE);
    private Optional<Work> running = Optional.empty();

    Comparing(Restores restores, Background background) {
        this.restores = restores;
        this.line = background.line();
    }

    /** How far it is. */
    ReadOnlyObjectProperty<Comparison> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    void start(NewRestore restore) {
        var mine = new Work();
        running = Optional.of(mine);
        comparison.set(Comparison.running(0));
        line.work(() -> count(restore, mine))
                .then(comparison::set)
                .onError(problem -> comparison.set(Comparison.failed(problem)))
                .start();
    }

    private Comparison count(NewRestore restore, Work mine) {
        Difference found = restores.compare(restore, mine);
        return Comparison.done(
                found, restore.safetyCopy() ? restores.room(restores.plan(restore), found) : Optional.empty());
    }

    /** Stops, and forgets what was counted. */
    void cancel() {
        running.ifPresent(Work::cancel);
        running = Optional.empty();
        line.drop();
        comparison.set(Comparison.NONE);
    }

    /** Looks how far it is. */
    void poll() {
        running.filter(work -> comparison.get().state() == Comparison.State.RUNNING)
                .ifPresent(work ->
                        comparison.set(Comparison.running(work.snapshot().percent())));
    }
}
