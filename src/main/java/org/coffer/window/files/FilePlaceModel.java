package org.coffer.window.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FilePlan;
import org.coffer.console.file.NewFileRestore;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/**
 * Where files come back to, and what that would do. Whenever an answer changes it is planned anew; an answer that comes late
 * is dropped.
 */
public final class FilePlaceModel implements AutoCloseable {
    private final BackupFiles files;
    private final Desk desk;
    private final Background.Line looking;
    private final Background.Line planning;
    private final ObjectProperty<FileWay> way = new SimpleObjectProperty<>(FileWay.BESIDE);
    private final ObjectProperty<Conflict> conflict = new SimpleObjectProperty<>(Conflict.KEEP);
    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Path>> origin = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<FilePlan>> plan = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Backup> backup = Optional.empty();
    private List<FilePath> paths = List.of();
    private boolean onlyLooking;
    private boolean quiet;
    private Optional<Work> work = Optional.empty();

    /** A model about no files yet. */
    public FilePlaceModel(BackupFiles files, Desk desk) {
        this.files = files;
        this.desk = desk;
        this.looking = desk.background().line();
        this.planning = desk.background().lineAfterTyping();
        folder.set(Path.of(System.getProperty("user.home", "."), "Restored").toString());
        way.subscribe((was, now) -> replan());
        conflict.subscribe((was, now) -> replan());
        folder.subscribe((was, now) -> replan());
    }

    // ---- Answers

    /**
     * Begins with other files, or with another backup of them.
     *
     * @param onlyLook nothing may be overwritten
     */
    public void about(Backup of, List<FilePath> wanted, boolean onlyLook) {
        boolean same =
                backup.map(Backup::id).equals(Optional.of(of.id())) && paths.equals(wanted) && onlyLooking == onlyLook;
        if (same || wanted.isEmpty()) {
            return;
        }
        boolean sameFiles = paths.equals(wanted);
        backup = Optional.of(of);
        paths = List.copyOf(wanted);
        onlyLooking = onlyLook;
        quiet = true;
        if (onlyLook && way.get() == FileWay.BACK) {
            way.set(FileWay.BESIDE);
        }
        quiet = false;
        plan.set(Optional.empty());
        if (sameFiles && looked.get()) {
            replan();
            return;
        }
        looked.set(false);
        looking.work(() -> files.origin(of.id(), paths.getFirst()))
                .then(found -> {
                    origin.set(found);
                    looked.set(true);
                    quiet = true;
                    if (found.isEmpty() && way.get() != FileWay.FOLDER) {
                        way.set(FileWay.FOLDER);
                    }
                    quiet = false;
                    replan();
                })
                .onError(why -> failure.set(Optional.of(why)))
                .start();
    }

    /** Where to. */
    public ObjectProperty<FileWay> wayProperty() {
        return way;
    }

    /** What becomes of names that are taken, for {@link FileWay#BACK} and {@link FileWay#FOLDER}. */
    public ObjectProperty<Conflict> conflictProperty() {
        return conflict;
    }

    /** The other folder, as it is typed. */
    public StringProperty folderProperty() {
        return folder;
    }

    /** Lets the user choose the other folder. */
    public Act chooseFolder() {
        return Act.of(
                "browse.where.choose",
                () -> desk.dialogs()
                        .chooseFolder(Sentence.of("browse.where.choose.title"))
                        .ifPresent(chosen -> {
                            folder.set(chosen.toString());
                            way.set(FileWay.FOLDER);
                        }));
    }

    // ---- What follows from them

    /** The files. */
    public List<FilePath> paths() {
        return paths;
    }

    /** Where the first of them was, if that is there on this computer. */
    public ReadOnlyObjectProperty<Optional<Path>> originProperty() {
        return origin.getReadOnlyProperty();
    }

    /** Why a way cannot be chosen. */
    public Optional<Sentence> refusal(FileWay of) {
        if (of == FileWay.FOLDER || !looked.get()) {
            return Optional.empty();
        }
        if (origin.get().isEmpty()) {
            return Optional.of(Sentence.of("browse.where.no-origin"));
        }
        return of == FileWay.BACK && onlyLooking
                ? Optional.of(Sentence.of("browse.where.only-looking"))
                : Optional.empty();
    }

    /** What would happen; empty while that is being found out. */
    public ReadOnlyObjectProperty<Optional<FilePlan>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** Why there is no plan. */
    public ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Whether the place is chosen. */
    public ObservableValue<Boolean> chosen() {
        return Bindings.createBooleanBinding(
                () -> refusal(way.get()).isEmpty()
                        && (way.get() != FileWay.FOLDER || !folder.get().isBlank()),
                way,
                folder,
                origin,
                looked);
    }

    /** Whether files that are there now would be replaced. */
    public ObservableValue<Boolean> replaces() {
        return Bindings.createBooleanBinding(
                () -> conflict() == Conflict.REPLACE
                        && plan.get().map(now -> now.takenCount() > 0).orElse(false),
                plan,
                way,
                conflict);
    }

    /** What becomes of names that are taken: beside the original both stay. */
    public Conflict conflict() {
        return way.get() == FileWay.BESIDE ? Conflict.KEEP : conflict.get();
    }

    /** Why it cannot be started; empty if it can. */
    public Optional<Sentence> whyNot() {
        return whyNot(Sentence::explaining);
    }

    /** The same, with problems in the words of {@code saying}. */
    public Optional<Sentence> whyNot(Function<Problem, Sentence> saying) {
        if (failure.get().isPresent()) {
            return failure.get().map(saying);
        }
        if (plan.get().isEmpty()) {
            return Optional.of(Sentence.of("browse.looking"));
        }
        FilePlan now = plan.get().get();
        return now.blocking().stream().findFirst().or(() -> nothing(now)).map(saying);
    }

    /** Why nothing at all would come back: none of it is in this backup, or none can be read. */
    private static Optional<Problem> nothing(FilePlan plan) {
        return plan.files() + plan.folders() > 0
                ? Optional.empty()
                : plan.unreadable().stream().map(FileFailure::problem).findFirst();
    }

    /** Whatever {@link #whyNot} depends on. */
    public Observable[] reasons() {
        return new Observable[] {failure, plan};
    }

    /** What is to be done; empty while an answer is missing. */
    public Optional<NewFileRestore> wanted() {
        return backup.flatMap(of -> place().map(to -> new NewFileRestore(of.id(), paths, to, conflict())));
    }

    private Optional<NewFileRestore.Place> place() {
        if (way.get() != FileWay.FOLDER) {
            return origin.get().map(there -> new NewFileRestore.Place.Original());
        }
        if (folder.get().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new NewFileRestore.Place.Folder(Path.of(folder.get().strip())));
        } catch (InvalidPathException e) {
            failure.set(Optional.of(Problem.of("location.missing", "path", folder.get())));
            return Optional.empty();
        }
    }

    /** Looks again. */
    public void replan() {
        if (quiet) {
            return;
        }
        work.ifPresent(Work::cancel);
        plan.set(Optional.empty());
        failure.set(Optional.empty());
        Optional<NewFileRestore> restore = wanted();
        if (restore.isEmpty()) {
            planning.drop();
            return;
        }
        var mine = new Work();
        work = Optional.of(mine);
        planning.work(() -> files.plan(restore.get(), mine))
                .then(found -> plan.set(Optional.of(found)))
                .onError(why -> failure.set(Optional.of(why)))
                .start();
    }

    @Override
    public void close() {
        work.ifPresent(Work::cancel);
        looking.drop();
        planning.drop();
    }
}
