package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Verification;
import org.coffer.console.backup.Writer;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Restores files (S7). Where some could not be, the task fails with {@code files.partly} and all others are there; done again, it
 * tries only those. So does one that was stopped, if somebody asks for it again.
 */
public final class FileRestoreWork implements TaskHandler {
    /** Share of the whole, in percent, that counting is taken for. */
    private static final int COUNTED = 5;

    private static final String INTERRUPTED = "task.interrupted";

    private final FileRestores restores;
    private final OpenBackups open;
    private final Backups backups;
    private final Writer writer;
    private final Verification verification;
    private final Audit audit;

    /** Lets {@code tasks} restore files here. */
    public static void register(
            BackupFiles files, Backups backups, Writer writer, Verification verification, Tasks tasks, Audit audit) {
        tasks.register(
                TaskType.RESTORE_FILES,
                new FileRestoreWork(files.restores(), files.open(), backups, writer, verification, audit));
    }

    private FileRestoreWork(
            FileRestores restores,
            OpenBackups open,
            Backups backups,
            Writer writer,
            Verification verification,
            Audit audit) {
        this.restores = restores;
        this.open = open;
        this.backups = backups;
        this.writer = writer;
        this.verification = verification;
        this.audit = audit;
    }

    @Override
    public void run(TaskRun run) {
        Backup backup = backups.get(run.task().subject().backupId().orElseThrow());
        RestoreJob job = RestoreJob.of(run.task());
        Tally tally = new Tally(run);
        try {
            run.work().checkpoint();
            restore(run, backup, job, tally);
            restores.shelf().remove(job.id());
            noted(run.task(), backup, tally.numbers(), Optional.empty());
        } catch (CanceledException e) {
            noted(run.task(), backup, tally.numbers(), Optional.of("task.canceled"));
            throw e; // Who changes his mind goes on where it was.
        } catch (IOException e) {
            Problem problem =
                    Problem.of("files.target", "path", tally.target(), "cause", String.valueOf(e.getMessage()));
            noted(run.task(), backup, tally.numbers(), Optional.of(problem.code()));
            throw new ProblemException(problem, e);
        } catch (RuntimeException e) {
            String code = Problem.from(e).code();
            if (!code.equals(INTERRUPTED)) { // What the end of the process cuts off has not ended yet.
                noted(run.task(), backup, tally.numbers(), Optional.of(code));
            }
            throw e;
        } finally {
            tally.numbers().forEach(run::outcome);
            tally.damage().ifPresent(problem -> damaged(backup, problem));
            backups.endRestore(backup.id(), run.task());
        }
    }

    /** Leaves in the audit record what the receipt says, and under which task it is found. */
    private void noted(Task task, Backup backup, Map<String, Object> numbers, Optional<String> code) {
        Map<String, Object> after = new LinkedHashMap<>();
        code.ifPresent(why -> after.put("code", why));
        after.put("task", task.id().toString());
        for (String name : List.of(Tally.TARGET, Tally.FILES, Tally.FAILED, Tally.BYTES)) {
            after.put(name, numbers.getOrDefault(name, 0L));
        }
        Audit.Target of = FileRestores.target(backup);
        if (code.isPresent()) {
            audit.failed(AuditEvent.RESTORE_BACKUP, of, after);
        } else {
            audit.succeeded(AuditEvent.RESTORE_BACKUP, of, Map.of(), after);
        }
    }

    private void damaged(Backup backup, Problem problem) {
        backups.damaged(backup.id(), problem);
        writer.avoid(backup.vaultId(), problem);
        verification.followUp(backup.vaultId(), problem);
    }

    private void restore(TaskRun run, Backup backup, RestoreJob job, Tally tally) throws IOException {
        List<FilePath> files = restores.shelf().get(job.id());
        FileCopy copy = new FileCopy(run.work(), tally);
        Origins origins = restores.origins();
        try (OpenBackups.Use use = open.use(backup.id());
                RestoreNotes notes = restores.shelf().notes(job.id());
                Standing standing = restores.shelf().standing(job.id());
                TargetBases bases = new TargetBases(job.place(), use.backup(), origins, copy)) {
            if (!FileRestores.notices(use.backup(), files).isEmpty()) {
                tally.lastSecondsMissing();
            }
            tally.keepIn(standing);
            long bytes = count(run, use.backup(), job, files, notes.resumed(), tally);
            run.work().stage(Stage.RESTORING, COUNTED, 100);
            run.work().expect(bytes);
            FileRestoring restoring = new FileRestoring(job, notes, bases, restores::isOwn, tally, run.work(), copy);
            try {
                new Selection(use.backup(), files, run.work()).walk(restoring);
                bases.sync();
            } finally {
                restoring.close();
            }
        }
        if (tally.failed() > 0) {
            throw new ProblemException(
                    Problem.of("files.partly", "failed", tally.failed(), "all", tally.all(), "first", tally.first()));
        }
        run.step("files-restored", "n", tally.files(), "target", tally.target(), "bytes", tally.bytes());
    }

    /** How much there is; what has begun already may need less room than that, and goes on. */
    private long count(
            TaskRun run, OpenBackup backup, RestoreJob job, List<FilePath> files, boolean resumed, Tally tally)
            throws IOException {
        run.work().stage(Stage.PREPARING, 0, COUNTED);
        Census census = new Census(run.work());
        Path folder = restores.folder(backup, job.place(), files.getFirst());
        census.holes(TargetLimits.at(folder).holes());
        new Selection(backup, files, run.work()).walk(census);
        if (census.whole()) {
            tally.all(census.files());
        }
        if (!resumed) {
            room(folder, census.bytes()).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
        }
        return census.bytes();
    }

    /** Why so many bytes do not fit at a folder, or where it will be made. */
    static Optional<Problem> room(Path folder, long bytes) throws IOException {
        long free = free(folder);
        return free >= bytes
                ? Optional.empty()
                : Optional.of(Problem.of("files.room", "path", folder.toString(), "need", bytes, "free", free));
    }

    /** Bytes free at a folder, or where it will be made. */
    static long free(Path folder) throws IOException {
        Path at = folder;
        while (!Files.exists(at)) {
            Path up = at.getParent();
            if (up == null) {
                return 0;
            }
            at = up;
        }
        return Files.getFileStore(at).getUsableSpace();
    }

    @Override
    public boolean settle(Task interrupted) {
        interrupted.subject().backupId().ifPresent(backup -> backups.endRestore(backup, interrupted));
        return false;
    }

    @Override
    public Map<String, Object> left(Task interrupted) {
        Map<String, Object> numbers =
                restores.shelf().left(RestoreJob.of(interrupted).id());
        interrupted
                .subject()
                .backupId()
                .flatMap(backups::find)
                .ifPresent(backup ->
                        interrupted.caller().run(() -> noted(interrupted, backup, numbers, Optional.of(INTERRUPTED))));
        return numbers;
    }

    @Override
    public boolean pausable() {
        return true;
    }

    @Override
    public void keep(Task paused) {
        paused.subject().backupId().ifPresent(backups::goOnRestoring);
    }

    @Override
    public boolean retryable(Task failed) {
        return restores.canGoOn(failed);
    }

    @Override
    public Task retry(Task failed) {
        return restores.again(failed);
    }
}
