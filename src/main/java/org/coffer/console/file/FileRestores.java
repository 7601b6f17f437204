package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.audit.Audit;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.location.Locations;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.engine.work.Work;
import org.coffer.machine.SpecialFiles;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Plans and starts restores of files, which {@link FileRestoreWork} does. */
final class FileRestores {
    private static final DateTimeFormatter MARK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH-mm", Locale.ROOT);

    private final OpenBackups open;
    private final Restores restores;
    private final Backups backups;
    private final Locations locations;
    private final Origins origins;
    private final Tasks tasks;
    private final Clock clock;
    private final RestoreShelf shelf;

    FileRestores(
            OpenBackups open,
            Restores restores,
            Backups backups,
            Locations locations,
            Origins origins,
            Tasks tasks,
            Clock clock,
            RestoreShelf shelf) {
        this.open = open;
        this.restores = restores;
        this.backups = backups;
        this.locations = locations;
        this.origins = origins;
        this.tasks = tasks;
        this.clock = clock;
        this.shelf = shelf;
    }

    RestoreShelf shelf() {
        return shelf;
    }

    Origins origins() {
        return origins;
    }

    /** The folder that a chosen file goes into. @throws ProblemException {@code files.no-origin} */
    Path folder(OpenBackup backup, NewFileRestore.Place place, FilePath file) {
        return switch (place) {
            case NewFileRestore.Place.Folder one -> one.path();
            case NewFileRestore.Place.Original ignored ->
                file.parent()
                        .flatMap(folder -> origins.of(backup, folder))
                        .orElseThrow(() -> new ProblemException(Problem.of("files.no-origin", "path", file.text())));
        };
    }

    /** What a restore would do. */
    FilePlan plan(NewFileRestore wanted, Work work) {
        List<Problem> blocking = new ArrayList<>();
        if (wanted.files().isEmpty()) {
            throw new ProblemException(Problem.of("files.none"));
        }
        try (OpenBackups.Use use = open.use(wanted.backup())) {
            Census census = new Census(work);
            List<Path> taken;
            long takenCount;
            try (Forecast forecast = new Forecast(
                    census, wanted.conflict(), file -> folder(use.backup(), wanted.place(), file), this::isOwn)) {
                new Selection(use.backup(), wanted.files(), work).walk(forecast);
                forecast.nowhere().ifPresent(blocking::add);
                taken = List.copyOf(forecast.taken());
                takenCount = forecast.takenCount();
            }
            Path folder = Path.of("");
            long free = 0;
            try {
                folder = folder(use.backup(), wanted.place(), wanted.files().getFirst());
                free = FileRestoreWork.free(folder);
                targetProblem(folder).ifPresent(blocking::add);
                FileRestoreWork.room(folder, census.bytes()).ifPresent(blocking::add);
            } catch (ProblemException e) {
                blocking.add(e.problem());
            }
            return new FilePlan(
                    use.backup().backup(),
                    folder,
                    census.files(),
                    census.folders(),
                    census.bytes(),
                    free,
                    taken,
                    takenCount,
                    List.copyOf(census.unreadable()),
                    census.unreadableCount(),
                    blocking.stream().distinct().toList(),
                    notices(use.backup(), wanted.files()));
        } catch (IOException e) {
            throw new ProblemException(Problem.of("files.unread", "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /** What is to be known of the file systems that the files lie in: {@code files.seconds}. */
    static List<Problem> notices(OpenBackup backup, List<FilePath> files) {
        List<Problem> found = new ArrayList<>();
        files.stream().map(FilePath::volume).distinct().forEach(volume -> {
            try {
                backup.tree(volume).notice().ifPresent(found::add);
            } catch (ProblemException e) {
                // Its files are named as unreadable.
            }
        });
        return found.stream().distinct().toList();
    }

    /** Why nothing can be restored into a folder, there or not yet. */
    private Optional<Problem> targetProblem(Path folder) {
        Path there = Files.exists(folder) ? folder : folder.toAbsolutePath().getParent();
        if (there == null || !Files.isDirectory(there)) {
            return Optional.of(Problem.of("location.missing", "path", folder.toString()));
        }
        if (SpecialFiles.hold(there)) {
            return Optional.of(Problem.of("location.special", "path", folder.toString()));
        }
        if (!Files.isWritable(there)) {
            return Optional.of(Problem.of(
                    "image.denied", "path", folder.toString(), "user", System.getProperty("user.name", "?")));
        }
        return locations.grounds().image(folder.resolve("file"));
    }

    /** Whether a folder is Coffer's own: the home, a location, or in one of them. */
    boolean isOwn(Path folder) {
        return locations.grounds().image(folder.resolve("file")).isPresent();
    }

    /** Starts one. */
    Task start(NewFileRestore wanted) {
        if (wanted.files().isEmpty()) {
            throw new ProblemException(Problem.of("files.none"));
        }
        for (FilePath file : wanted.files()) {
            if (!file.isPlain()) {
                throw new ProblemException(Problem.of("files.name", "path", file.text()));
            }
        }
        Backup backup = backups.get(wanted.backup());
        NewFileRestore.Place place = wanted.place() instanceof NewFileRestore.Place.Folder one
                ? new NewFileRestore.Place.Folder(one.path().toAbsolutePath().normalize())
                : wanted.place();
        UUID id = UUID.randomUUID();
        String mark = MARK.format(backup.createdAt().atZone(clock.getZone()));
        RestoreJob job = new RestoreJob(
                id, place, wanted.conflict(), mark, replaced(), RestoreJob.Asked.of(backup, wanted.files()));
        shelf.put(id, wanted.files());
        try {
            Path folder = firstFolder(wanted.backup(), place, wanted.files().getFirst());
            targetProblem(folder).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            Task task = begin(backup, job, name(wanted.files()), Optional::empty);
            tasks.launch(task);
            return task;
        } catch (RuntimeException e) {
            shelf.remove(id);
            throw e;
        }
    }

    /** Of the day and minute at which it happens, so that whoever looks for it finds it. */
    private String replaced() {
        return "Replaced " + MARK.format(clock.instant().atZone(clock.getZone()));
    }

    private Path firstFolder(UUID backup, NewFileRestore.Place place, FilePath first) {
        if (place instanceof NewFileRestore.Place.Folder one) {
            return one.path();
        }
        try (OpenBackups.Use use = open.use(backup)) {
            return folder(use.backup(), place, first);
        }
    }

    /**
     * Starts one that failed or was stopped once more: it goes on where it was. Not while it goes on already: two would write their
     * files under one name, and one would take for whole what the other has only begun.
     */
    Task again(Task failed) {
        RestoreJob job = RestoreJob.of(failed);
        Task task = begin(
                backups.get(failed.subject().backupId().orElseThrow()),
                job,
                failed.subject().name(),
                () -> goesOn(job.id())
                        ? Optional.of(Problem.of(
                                "task.not-retryable",
                                "task",
                                failed.id().toString().substring(0, 8)))
                        : Optional.empty());
        tasks.launch(task);
        return task;
    }

    /** Whether one that failed or was stopped can be started once more. */
    boolean canGoOn(Task failed) {
        UUID id = RestoreJob.of(failed).id();
        return shelf.has(id) && !goesOn(id);
    }

    private boolean goesOn(UUID job) {
        return tasks.open().stream()
                .filter(task -> task.type() == TaskType.RESTORE_FILES)
                .anyMatch(task -> RestoreJob.of(task).id().equals(job));
    }

    private Task begin(Backup backup, RestoreJob job, String name, Supplier<Optional<Problem>> also) {
        restores.sourceProblem(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        NewTask restore = new NewTask(
                TaskType.RESTORE_FILES,
                new Task.Subject(
                        name,
                        Optional.of(backup.vaultId()),
                        backup.vaultName(),
                        Optional.of(backup.diskId()),
                        backup.diskName(),
                        Optional.of(backup.id()),
                        restores.location(backup)),
                job.parameters());
        return backups.beginRestore(
                backup.id(),
                restore,
                () -> restores.sourceProblem(backups.get(backup.id())).or(also));
    }

    /** What was chosen, as the list of tasks shows it. */
    private static String name(List<FilePath> files) {
        FilePath first = files.getFirst();
        String name = first.isRoot() ? first.text() : first.name();
        String more = files.size() > 1 ? " +" + (files.size() - 1) : "";
        int most = 200;
        return (name.length() > most ? name.substring(0, most) + "…" : name) + more;
    }

    static Audit.Target target(Backup backup) {
        return new Audit.Target("backup", backup.id().toString(), backup.name());
    }
}
