package org.coffer.window.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FileSearch;
import org.coffer.console.file.SearchSink;
import org.coffer.console.file.SearchState;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;

/**
 * A search for names whose finds are shown as they come: the searching thread only notes them, and the window asks for all
 * of them once for many. A new search ends the one before.
 */
public final class NameSearch {
    private final BackupFiles files;
    private final Background background;
    private final Background.Line line;
    private final Consumer<List<FileHit>> found;
    private final ReadOnlyObjectWrapper<Optional<SearchState>> state = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Work> running = Optional.empty();

    /** Hands all that was found so far to {@code found}, on the window's thread, as often as something was. */
    public NameSearch(BackupFiles files, Background background, Consumer<List<FileHit>> found) {
        this.files = files;
        this.background = background;
        this.line = background.lineAfterTyping();
        this.found = found;
    }

    /** What one search found; written by its thread, read by the window's. */
    private static final class Finds implements SearchSink {
        private final Map<FileHit.Key, FileHit> hits = new LinkedHashMap<>();
        private Optional<SearchState> state = Optional.empty();
        private Runnable changed = () -> {};

        synchronized void tell(Runnable listener) {
            changed = listener;
        }

        @Override
        public synchronized void found(FileHit hit) {
            hits.put(hit.key(), hit);
            changed.run();
        }

        @Override
        public synchronized void looked(SearchState now) {
            state = Optional.of(now);
            changed.run();
        }

        synchronized Seen seen() {
            return new Seen(List.copyOf(hits.values()), state);
        }
    }

    private record Seen(List<FileHit> hits, Optional<SearchState> state) {}

    /** How far it is; empty while there is none, or nothing was looked into yet. */
    public ReadOnlyObjectProperty<Optional<SearchState>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether it still goes on. */
    public ReadOnlyBooleanProperty busyProperty() {
        return line.busyProperty();
    }

    /** Why it came to nothing. */
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Begins to look for a name. */
    public void begin(FileSearch.Scope within, String text) {
        stop();
        var work = new Work();
        running = Optional.of(work);
        var finds = new Finds();
        var bridge = new Bridge<Seen>(background, finds::seen, seen -> show(work, seen), background::unhandled);
        finds.tell(bridge::changed);
        line.work(() -> files.search(FileSearch.of(within, text.strip()), finds, work))
                .then(end -> {
                    Seen all = finds.seen();
                    show(work, new Seen(all.hits(), Optional.of(end)));
                })
                .onError(why -> problem.set(Optional.of(why)))
                .start();
    }

    private void show(Work of, Seen seen) {
        if (running.equals(Optional.of(of))) {
            seen.state().ifPresent(now -> state.set(Optional.of(now)));
            found.accept(seen.hits());
        }
    }

    /** Ends it; nothing more is shown of it. */
    public void stop() {
        running.ifPresent(Work::cancel);
        running = Optional.empty();
        line.drop();
        state.set(Optional.empty());
        problem.set(Optional.empty());
    }
}
