package org.coffer.window.shell;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;

/** What the strip at the bottom says: what runs, and what else should not be forgotten. */
public final class Strip {
    private final ObjectProperty<Optional<Running>> running = new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<Act> notes = FXCollections.observableArrayList();

    /**
     * What runs now.
     *
     * @param words one line: what, how far, how fast, how long still
     * @param also what else there is beside it, such as <em>1 paused</em>
     * @param share 0 to 1; shown in the window's title too
     * @param still whether nothing moves, because all of it is paused
     * @param open leads to it
     */
    public record Running(Sentence words, Optional<Sentence> also, double share, boolean still, Runnable open) {
        /** Something that moves, and nothing else. */
        public Running(Sentence words, double share, Runnable open) {
            this(words, Optional.empty(), share, false, open);
        }
    }

    /** What runs now; set it at most four times a second. */
    public ObjectProperty<Optional<Running>> runningProperty() {
        return running;
    }

    /** Links at the right end, such as <em>1 disk open</em>. */
    public ObservableList<Act> notes() {
        return notes;
    }
}
