package org.coffer.window.files;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileKind;
import org.coffer.console.file.FilePreview;
import org.coffer.console.file.FileVersion;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/** One file looked at: its beginning, and its states over all backups of the disk. An answer that comes late is dropped. */
final class LookModel implements AutoCloseable {
    /** So much of a file is read to be shown. */
    private static final int MOST = 2_000_000;

    /** So much of a picture, of which a part alone shows little. */
    private static final int PICTURE = 20_000_000;

    private final BackupFiles files;
    private final Background.Line previewing;
    private final Background.Line versioning;
    private final Background.Line drawing;
    private final ReadOnlyObjectWrapper<Optional<Seen>> seen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<FileVersion>> versions = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<Work> work = Optional.empty();

    /**
     * What is looked at.
     *
     * @param preview what of it can be shown; empty for folders, and while it is read
     * @param problem why it cannot be read
     */
    record Seen(FileRow row, Optional<FilePreview> preview, Optional<Problem> problem) {}

    LookModel(BackupFiles files, Background background) {
        this.files = files;
        this.previewing = background.lineAfterTyping();
        this.versioning = background.lineAfterTyping();
        this.drawing = background.line();
    }

    /** What is looked at; empty for nothing. */
    ReadOnlyObjectProperty<Optional<Seen>> seenProperty() {
        return seen.getReadOnlyProperty();
    }

    /** Its states, the newest first; empty while they are looked for. */
    ReadOnlyObjectProperty<List<FileVersion>> versionsProperty() {
        return versions.getReadOnlyProperty();
    }

    /** Looks at a line of a backup, or at nothing. */
    void look(Backup backup, Optional<FileRow> row) {
        if (seen.get().map(Seen::row).equals(row)) {
            return;
        }
        stop();
        versions.set(List.of());
        seen.set(row.map(one -> new Seen(one, Optional.empty(), one.problem())));
        row.filter(one -> one.kind() == FileKind.FILE && one.problem().isEmpty())
                .ifPresent(one -> read(backup, one));
    }

    private void read(Backup backup, FileRow row) {
        var mine = new Work();
        work = Optional.of(mine);
        previewing
                .work(() -> preview(backup, row))
                .then(found -> seen.set(Optional.of(new Seen(row, Optional.of(found), Optional.empty()))))
                .onError(why -> seen.set(Optional.of(new Seen(row, Optional.empty(), Optional.of(why)))))
                .start();
        versioning
                .work(() -> files.versions(backup.diskId(), row.path(), mine))
                .then(versions::set)
                // What is shown of the file says what is wrong with it.
                .onError(why -> versions.set(List.of()))
                .start();
    }

    private FilePreview preview(Backup backup, FileRow row) {
        FilePreview beginning = files.preview(backup.id(), row.path(), MOST);
        return beginning instanceof FilePreview.Picture picture && !picture.whole()
                ? files.preview(backup.id(), row.path(), PICTURE)
                : beginning;
    }

    /** Makes something to be shown of what is looked at, off the window's thread; dropped when something else is looked at. */
    <T> void draw(Callable<T> drawing, Consumer<T> then, Runnable failed) {
        this.drawing.work(drawing).then(then).onError(why -> failed.run()).start();
    }

    private void stop() {
        work.ifPresent(Work::cancel);
        work = Optional.empty();
        previewing.drop();
        versioning.drop();
        drawing.drop();
    }

    @Override
    public void close() {
        stop();
        seen.set(Optional.empty());
    }
}
