package org.coffer.window.files;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FilePath;
import org.coffer.problem.Problem;
import org.coffer.text.Printable;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;

/** The files of one backup: where one is in it, what is looked at, and what can be restored. */
public final class BrowseModel {
    private static final double WIDE = 640;

    private final BackupFiles files;
    private final Backups backups;
    private final Desk desk;
    private final Consumer<Backup> openAsDisk;
    private final FolderModel folder;
    private final LookModel look;
    private final Background.Line loading;
    private final ReadOnlyObjectWrapper<Optional<Backup>> backup = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private UUID id;

    /**
     * The files of the backup {@code id}; nothing is read yet.
     *
     * @param openAsDisk opens a backup as a disk, where its files cannot be read here
     */
    public BrowseModel(BackupFiles files, Backups backups, Desk desk, Consumer<Backup> openAsDisk, UUID id) {
        this.files = files;
        this.backups = backups;
        this.desk = desk;
        this.openAsDisk = openAsDisk;
        this.id = id;
        this.loading = desk.background().line();
        this.folder = new FolderModel(files, backups.leases(), desk.background());
        this.look = new LookModel(files, desk.background());
        folder.rows().selectedProperty().subscribe((was, now) -> lookAtSelected());
        folder.rows().totalProperty().subscribe((was, now) -> lookAtSelected());
    }

    FolderModel folder() {
        return folder;
    }

    LookModel look() {
        return look;
    }

    /** The backup; empty while it is looked for. */
    ReadOnlyObjectProperty<Optional<Backup>> backupProperty() {
        return backup.getReadOnlyProperty();
    }

    /** Why it cannot be shown. */
    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    private void lookAtSelected() {
        backup.get().ifPresent(of -> look.look(of, folder.selected()));
    }

    /** Reads it, and keeps it from being deleted until the subscription ends. */
    Subscription open() {
        load();
        return () -> {
            loading.drop();
            folder.close();
            look.close();
        };
    }

    private void load() {
        loading.work(() -> backups.get(id))
                .then(found -> {
                    failure.set(Optional.empty());
                    backup.set(Optional.of(found));
                    folder.show(found);
                })
                .onError(why -> failure.set(Optional.of(why)))
                .start();
    }

    /** Reads it again. */
    public void refresh() {
        folder.reload();
    }

    /** Shows the same folder in another backup of the disk. */
    void show(Backup other) {
        id = other.id();
        backup.set(Optional.of(other));
        folder.show(other);
    }

    /** Goes to the page about the backup. */
    void toBackup() {
        desk.navigator().open(Route.to("backup", id.toString()));
    }

    /** Opens the backup as a disk. */
    Act openAsDisk() {
        return Act.of("browse.open", () -> backup.get().ifPresent(openAsDisk)).with(Icon.DISK);
    }

    /** Restores what is ticked, or else what is selected. */
    Act restore() {
        ObservableValue<Optional<Sentence>> whyNot = Bindings.createObjectBinding(
                () -> folder.chosen().isEmpty() ? Optional.of(Sentence.of("browse.choose")) : Optional.empty(),
                folder.rows().selectedProperty(),
                folder.rows().ticks().changesProperty(),
                folder.rows().totalProperty());
        return Act.of("browse.restore", () -> backup.get().ifPresent(of -> restore(of, folder.chosen())))
                .with(Icon.RESTORE)
                .unless(whyNot);
    }

    /** Asks where to, and restores. */
    void restore(Backup of, List<FilePath> paths) {
        try (var place = new FilePlaceModel(files, desk)) {
            place.about(of, paths, false);
            var sheet = new Sheet(
                            Sentence.of("browse.restore.title", "what", words(paths)),
                            WIDE,
                            kit -> new RestoreFilesView(kit, place))
                    .icon(Icon.RESTORE)
                    .dangerousWhile(place.replaces());
            ObservableValue<Optional<Sentence>> whyNot = Bindings.createObjectBinding(place::whyNot, place.reasons());
            sheet.act(Act.of("browse.restore.do", () -> start(place, words(paths), sheet::done))
                    .unless(whyNot));
            desk.dialogs().show(sheet);
        }
    }

    private static String words(List<FilePath> paths) {
        return paths.size() == 1
                ? Printable.line(paths.getFirst().name())
                : Printable.line(paths.getFirst().name()) + " + " + (paths.size() - 1);
    }

    private void start(FilePlaceModel place, String what, Runnable done) {
        place.wanted()
                .ifPresent(wanted -> desk.background()
                        .work(() -> files.start(wanted))
                        .then(task -> {
                            done.run();
                            desk.news()
                                    .tell(
                                            Sentence.of("browse.restore.started", "what", what),
                                            Optional.of(Act.of(
                                                    "browse.show",
                                                    () -> desk.navigator().open(Route.to("tasks")))));
                        })
                        .onError(desk.dialogs()::error)
                        .start());
    }
}
