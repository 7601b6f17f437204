package org.coffer.window.files;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Leases;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FileKind;
import org.coffer.console.file.FileListing;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileSearch;
import org.coffer.console.file.FileVolume;
import org.coffer.console.file.SearchState;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.table.Chosen;
import org.coffer.window.kit.table.ListRows;

/**
 * Where one is in a backup: its volumes, a folder of one of them, or what a search through all of it found so far. A disk with one volume is
 * entered at once. The backup is not deleted while it is shown.
 */
public final class FolderModel implements AutoCloseable {
    private final BackupFiles files;
    private final Leases leases;
    private final Background.Line loading;
    private final ListRows<FileRow> rows;
    private final NameSearch search;
    private final ReadOnlyObjectWrapper<List<FileVolume>> volumes = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<FilePath>> place = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<UUID>> backup = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty query = new SimpleStringProperty("");
    private Optional<Leases.Look> held = Optional.empty();
    private Optional<Work> listing = Optional.empty();

    /** A model that shows nothing yet. */
    public FolderModel(BackupFiles files, Leases leases, Background background) {
        this.files = files;
        this.leases = leases;
        this.loading = background.line();
        this.rows = new ListRows<>(background, FileRow::id, List::of);
        rows.sortedBy(
                        "name",
                        foldersFirst(Comparator.comparing(row -> row.path().name(), BackupFiles.NATURAL)))
                .sortedBy("size", foldersFirst(Comparator.comparingLong(FileRow::size)))
                .sortedBy(
                        "modified",
                        foldersFirst(Comparator.comparing(row -> row.modified().orElse(Instant.MIN))));
        this.search = new NameSearch(files, background, this::found);
        query.subscribe((was, now) -> reload());
    }

    private static Comparator<FileRow> foldersFirst(Comparator<FileRow> order) {
        return Comparator.comparing((FileRow row) -> !row.isFolder()).thenComparing(order);
    }

    // ---- What is shown

    /** The lines. */
    public ListRows<FileRow> rows() {
        return rows;
    }

    /** The backup. */
    public ReadOnlyObjectProperty<Optional<UUID>> backupProperty() {
        return backup.getReadOnlyProperty();
    }

    /** The volumes of its disk. */
    ReadOnlyObjectProperty<List<FileVolume>> volumesProperty() {
        return volumes.getReadOnlyProperty();
    }

    /** The folder; empty for the list of volumes. */
    public ReadOnlyObjectProperty<Optional<FilePath>> placeProperty() {
        return place.getReadOnlyProperty();
    }

    /** Why not all of it is shown, or nothing. */
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Part of a name: while there is one, all places in the backup with such a name are shown. */
    public StringProperty queryProperty() {
        return query;
    }

    /** How far the search is; empty while there is none. */
    ReadOnlyObjectProperty<Optional<SearchState>> searchedProperty() {
        return search.stateProperty();
    }

    /** Whether what is shown was searched for. */
    boolean searching() {
        return !query.get().isBlank();
    }

    /** What is ticked; else the line that is selected, if it can be restored. */
    public List<FilePath> chosen() {
        if (rows.ticks().chosen() instanceof Chosen.AllBut all) {
            return rows.all().stream()
                    .filter(row -> !all.ids().contains(row.id()))
                    .filter(FolderModel::restorable)
                    .map(FileRow::path)
                    .toList();
        }
        List<FilePath> ticked = rows.all().stream()
                .filter(row -> rows.ticks().has(row.id()))
                .filter(FolderModel::restorable)
                .map(FileRow::path)
                .toList();
        return ticked.isEmpty()
                ? selected().filter(FolderModel::restorable).map(FileRow::path).stream()
                        .toList()
                : ticked;
    }

    private static boolean restorable(FileRow row) {
        return row.volume().isEmpty() && row.kind() != FileKind.SPECIAL;
    }

    /** The line that is selected. */
    public Optional<FileRow> selected() {
        return rows.selectedProperty()
                .get()
                .flatMap(id ->
                        rows.all().stream().filter(row -> row.id().equals(id)).findFirst());
    }

    // ---- Where one goes

    /** Shows another backup; the folder stays, if the same disk has it there too. */
    public void show(Backup of) {
        Optional<UUID> was = backup.get();
        if (was.equals(Optional.of(of.id()))) {
            return;
        }
        release();
        held = Optional.of(leases.lookAt(of.id()));
        backup.set(Optional.of(of.id()));
        volumes.set(List.of());
        reload();
    }

    /** Enters a folder or a volume; nothing happens for what cannot be entered. */
    public void enter(FileRow row) {
        if (row.isFolder() && row.problem().isEmpty()) {
            go(Optional.of(row.path()));
        } else {
            row.problem().ifPresent(why -> problem.set(Optional.of(why)));
        }
    }

    /** Goes to a folder, or to the list of volumes. */
    public void go(Optional<FilePath> where) {
        place.set(where);
        if (query.get().isEmpty()) {
            reload();
        } else {
            query.set("");
        }
    }

    /** Goes to the folder above. */
    public void up() {
        place.get().ifPresent(here -> {
            if (here.parent().isPresent()) {
                go(here.parent());
            } else if (volumes.get().size() > 1) {
                go(Optional.empty());
            }
        });
    }

    /** Reads it again. */
    public void reload() {
        listing.ifPresent(Work::cancel);
        listing = Optional.empty();
        problem.set(Optional.empty());
        rows.ticks().clear();
        Optional<UUID> of = backup.get();
        if (of.isEmpty()) {
            return;
        }
        search.stop();
        if (searching()) {
            loading.drop();
            rows.show(List.of());
            search.begin(new FileSearch.Scope.One(of.get()), query.get());
            return;
        }
        var work = new Work();
        listing = Optional.of(work);
        Optional<FilePath> here = place.get();
        loading.work(() -> look(of.get(), here, work))
                .then(this::show)
                .onError(this::failed)
                .start();
    }

    private void failed(Problem why) {
        rows.show(List.of());
        problem.set(Optional.of(why));
    }

    private record Seen(
            List<FileVolume> volumes, Optional<FilePath> place, List<FileRow> rows, Optional<Problem> problem) {}

    private Seen look(UUID of, Optional<FilePath> wanted, Work work) {
        List<FileVolume> all = files.volumes(of);
        Optional<FilePath> here =
                wanted.or(() -> all.size() == 1 && all.getFirst().readable()
                        ? Optional.of(all.getFirst().root())
                        : Optional.empty());
        if (here.isEmpty()) {
            Optional<Problem> only = all.size() == 1 ? all.getFirst().problem() : Optional.empty();
            return new Seen(all, here, all.stream().map(FileRow::of).toList(), only);
        }
        FileListing found = files.list(of, here.get(), BackupFiles.NATURAL, work);
        Optional<Problem> notice = all.stream()
                .filter(volume -> volume.root().equals(here.get()))
                .findFirst()
                .flatMap(FileVolume::notice);
        return new Seen(
                all,
                here,
                found.entries().stream().map(FileRow::of).toList(),
                found.problem().or(() -> notice));
    }

    private void show(Seen seen) {
        volumes.set(seen.volumes());
        place.set(seen.place());
        problem.set(seen.problem());
        rows.show(seen.rows());
    }

    private void found(List<FileHit> hits) {
        rows.show(hits.stream().map(hit -> FileRow.of(hit.newest().entry())).toList());
    }

    private void release() {
        held.ifPresent(Leases.Look::close);
        held = Optional.empty();
    }

    /** Ends the search and lets go of the backup. */
    @Override
    public void close() {
        search.stop();
        listing.ifPresent(Work::cancel);
        loading.drop();
        release();
        backup.set(Optional.empty());
    }
}
