package org.coffer.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FileListing;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileSearch;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.file.SearchSink;
import org.coffer.console.file.SearchState;
import org.coffer.console.task.Task;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** {@code restore browse}, {@code search} and {@code files}: files out of backups. */
final class FileCommands {
    private final Context context;
    private final FileView view;

    FileCommands(Context context) {
        this.context = context;
        this.view = new FileView(context);
    }

    private BackupFiles files() {
        return context.services().files();
    }

    /** Lists a folder, or the volumes where no place is given. */
    int browse(Backup backup, Optional<String> place) {
        if (place.isEmpty()) {
            view.volumes(backup, files().volumes(backup.id()));
            return ExitStatus.DONE;
        }
        FilePath folder = files().path(backup.id(), place.get());
        FileListing listing = stoppable(work -> files().list(backup.id(), folder, BackupFiles.NATURAL, work));
        view.listing(backup, folder, listing);
        return ExitStatus.DONE;
    }

    /** Looks for names in one backup, or in all of its disk. */
    int search(Backup backup, String text, boolean everywhere) {
        FileSearch.Scope scope =
                everywhere ? new FileSearch.Scope.OfDisk(backup.diskId()) : new FileSearch.Scope.One(backup.id());
        Map<FileHit.Key, FileHit> hits = new LinkedHashMap<>();
        AtomicReference<String> told = new AtomicReference<>("");
        SearchSink sink = new SearchSink() {
            @Override
            public void found(FileHit hit) {
                hits.put(hit.key(), hit);
            }

            @Override
            public void looked(SearchState state) {
                String now = state.looked() + "/" + state.backups();
                if (state.backups() > 1 && !now.equals(told.getAndSet(now))) {
                    view.looked(state);
                }
            }
        };
        SearchState end = stoppable(work -> files().search(FileSearch.of(scope, text), sink, work));
        view.found(hits.values(), end);
        return ExitStatus.DONE;
    }

    /** Restores into a folder. */
    int restore(Backup backup, List<String> places, Path into, Conflict conflict, boolean noWait) {
        List<FilePath> paths =
                places.stream().map(place -> files().path(backup.id(), place)).toList();
        Task task = files().start(new NewFileRestore(
                backup.id(), paths, new NewFileRestore.Place.Folder(context.path(into)), conflict));
        if (noWait) {
            return new TaskView(context).started(task);
        }
        Task ended = new Waits(context).all(List.of(task)).getFirst();
        FileOutcome outcome = files().outcome(ended);
        Optional<Problem> failure = Waits.failure(ended);
        if (failure.isEmpty() || outcome.failed() > 0) {
            view.restored(ended, outcome);
        }
        failure.ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return ExitStatus.DONE;
    }

    private interface Act<T> {
        T run(Work work);
    }

    /** Ctrl+C stops it. */
    private <T> T stoppable(Act<T> act) {
        Work work = new Work();
        Terminal.Interest interest = context.terminal().onInterrupt(work::cancel);
        try {
            return act.run(work);
        } catch (CanceledException e) {
            throw new ProblemException(Problem.of("files.stopped"), e);
        } finally {
            interest.close();
        }
    }
}
