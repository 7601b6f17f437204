package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Leases;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileSearch;
import org.coffer.window.files.FolderModel;
import org.coffer.window.files.NameSearch;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.table.ListRows;

/**
 * Which files shall come back: found by name in all backups, or by going through the folders of one. What is chosen in one
 * way is given up by choosing in the other.
 */
final class FindModel implements AutoCloseable {
    /** How files are looked for. */
    enum Mode {
        SEARCH,
        BROWSE
    }

    private final ListRows<FileHit> hits;
    private final NameSearch search;
    private final FolderModel folders;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.SEARCH);
    private final ReadOnlyObjectWrapper<Optional<WantedFiles>> wanted = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<SavedDisk> browsed = Optional.empty();

    FindModel(BackupFiles files, Leases leases, Background background) {
        this.hits = new ListRows<>(background, hit -> hit.disk() + hit.path().text(), List::of);
        this.search = new NameSearch(files, background, this::found);
        this.folders = new FolderModel(files, leases, background);
        hits.show(List.of());
        query.subscribe((was, now) -> look(now));
        mode.subscribe((was, now) -> wanted.set(Optional.empty()));
        hits.selectedProperty().subscribe((was, now) -> choose(now));
        folders.rows().selectedProperty().subscribe((was, now) -> chooseInFolder());
        folders.rows().ticks().changesProperty().subscribe((was, now) -> chooseInFolder());
    }

    // ---- Searching

    /** Part of the name. */
    StringProperty queryProperty() {
        return query;
    }

    /** The places that were found so far. */
    ListRows<FileHit> hits() {
        return hits;
    }

    /** The search as it goes. */
    NameSearch search() {
        return search;
    }

    private void look(String text) {
        wanted.set(Optional.empty());
        hits.selectedProperty().set(Optional.empty());
        hits.show(List.of());
        if (text.isBlank()) {
            search.stop();
        } else {
            search.begin(new FileSearch.Scope.All(), text);
        }
    }

    private void found(List<FileHit> now) {
        hits.show(now);
    }

    private void choose(Optional<String> id) {
        if (mode.get() == Mode.SEARCH) {
            wanted.set(hit(id).map(FindModel::wanted));
        }
    }

    private Optional<FileHit> hit(Optional<String> id) {
        return id.flatMap(wish ->
                hits.all().stream().filter(hit -> hits.idOf(hit).equals(wish)).findFirst());
    }

    /** The find that is selected. */
    Optional<FileHit> selectedHit() {
        return mode.get() == Mode.SEARCH ? hit(hits.selectedProperty().get()) : Optional.empty();
    }

    /** Chooses what was found. */
    void choose(FileHit hit) {
        hits.selectedProperty().set(Optional.of(hits.idOf(hit)));
        wanted.set(Optional.of(wanted(hit)));
    }

    private static WantedFiles wanted(FileHit hit) {
        return new WantedFiles(
                hit.disk(),
                hit.diskName(),
                List.of(hit.path()),
                hit.newest().entry().isFolder());
    }

    // ---- Going through folders

    /** Whether one searches or goes through folders. */
    ObjectProperty<Mode> modeProperty() {
        return mode;
    }

    /** The folders. */
    FolderModel folders() {
        return folders;
    }

    /** Shows the folders of a disk as they were in a backup. */
    void browse(SavedDisk disk, Backup backup) {
        if (!browsed.map(SavedDisk::id).equals(Optional.of(disk.id()))) {
            folders.go(Optional.empty());
        }
        browsed = Optional.of(disk);
        folders.show(backup);
    }

    private void chooseInFolder() {
        if (mode.get() != Mode.BROWSE) {
            return;
        }
        List<FilePath> paths = folders.chosen();
        if (paths.isEmpty()) {
            // Reading a folder again takes the lines away for a moment; what was chosen there is still wanted
            // elsewhere.
            wanted.set(Optional.empty());
            return;
        }
        boolean folder =
                folders.rows().all().stream().anyMatch(row -> row.isFolder() && paths.equals(List.of(row.path())));
        wanted.set(browsed.map(disk -> new WantedFiles(disk.id(), disk.name(), paths, folder)));
    }

    // ---- What was chosen

    /** What shall come back. */
    ReadOnlyObjectProperty<Optional<WantedFiles>> wantedProperty() {
        return wanted.getReadOnlyProperty();
    }

    @Override
    public void close() {
        search.stop();
        folders.close();
    }
}
