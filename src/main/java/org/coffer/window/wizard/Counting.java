package org.coffer.window.wizard;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.restore.NewRestore;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/** Counts what would be overwritten, as far as somebody wants to know: it takes as long as reading the target does. */
final class Counting {
    private final DiskPlaces places;
    private final Background.Line line;
    private final Consumer<Problem> failed;
    private final ReadOnlyObjectWrapper<Count> count = new ReadOnlyObjectWrapper<>(new Count.NotAsked());
    private Optional<Work> running = Optional.empty();

    /** How many bytes would be overwritten. */
    sealed interface Count {
        /** Nobody asked. */
        record NotAsked() implements Count {}

        /** The target is being read. */
        record Running() implements Count {}

        /**
         * So many.
         *
         * @param room why the safety copy of them may have no room
         */
        record Done(long bytes, Optional<Problem> room) implements Count {}
    }

    /** Nobody asked yet; {@code failed} takes why the target cannot be read. */
    Counting(DiskPlaces places, Background background, Consumer<Problem> failed) {
        this.places = places;
        this.line = background.line();
        this.failed = failed;
    }

    ReadOnlyObjectProperty<Count> countProperty() {
        return count.getReadOnlyProperty();
    }

    void start(NewRestore restore) {
        var work = new Work();
        running = Optional.of(work);
        count.set(new Count.Running());
        line.work(() -> places.compare(restore, work))
                .then(found -> count.set(new Count.Done(found.bytes(), found.room())))
                .onError(why -> {
                    count.set(new Count.NotAsked());
                    failed.accept(why);
                })
                .start();
    }

    /** Stops, and forgets what was counted. */
    void stop() {
        running.ifPresent(Work::cancel);
        running = Optional.empty();
        line.drop();
        count.set(new Count.NotAsked());
    }
}
