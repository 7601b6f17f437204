package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileVersion;
import org.coffer.engine.work.Work;
import org.coffer.window.kit.Background;

/** The states of one file over all backups of its disk, so that a moment can be chosen by them. */
final class VersionsModel implements AutoCloseable {
    private final BackupFiles files;
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<List<FileVersion>> versions = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<WantedFiles> shown = Optional.empty();
    private Optional<Work> work = Optional.empty();

    VersionsModel(BackupFiles files, Background background) {
        this.files = files;
        this.line = background.line();
    }

    /** Looks for the states of what is wanted, if that is one file. */
    void show(WantedFiles wanted) {
        if (shown.equals(Optional.of(wanted))) {
            return;
        }
        stop();
        shown = Optional.of(wanted);
        versions.set(List.of());
        if (wanted.singleFile()) {
            var mine = new Work();
            work = Optional.of(mine);
            line.work(() -> files.versions(wanted.disk(), wanted.paths().getFirst(), mine))
                    .then(versions::set)
                    // The moments can be chosen without them.
                    .onError(why -> versions.set(List.of()))
                    .start();
        }
    }

    /** The states, the newest first; empty while they are looked for, and where there is more than one file. */
    ReadOnlyObjectProperty<List<FileVersion>> versionsProperty() {
        return versions.getReadOnlyProperty();
    }

    /** Whether they are still looked for. */
    ReadOnlyBooleanProperty busyProperty() {
        return line.busyProperty();
    }

    private void stop() {
        work.ifPresent(Work::cancel);
        work = Optional.empty();
        line.drop();
    }

    @Override
    public void close() {
        stop();
    }
}
