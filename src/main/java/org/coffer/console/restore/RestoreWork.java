package org.coffer.console.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.DiskRestore;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Writes a backup onto a disk or into a new file (S3).
 *
 * <p>Until it is done the target is not to be trusted: a disk carries a mark in the catalog that keeps it from being
 * backed up, and a new file has the ending {@value #PART}. Run again, it compares first and so goes on where it stopped.
 */
public final class RestoreWork implements TaskHandler {
    /** The ending of a file that is not finished. */
    public static final String PART = ".coffer-part";

    static final String VERIFY = "verify";
    static final String PATH = "path";
    static final String DISK = "disk";

    private final Restores restores;
    private final Backups backups;
    private final Vaults vaults;
    private final Disks disks;
    private final Audit audit;
    private final Map<UUID, Integer> running = new HashMap<>();

    /** Lets {@code tasks} do their restores here. */
    public static void register(
            Restores restores, Backups backups, Vaults vaults, Disks disks, Tasks tasks, Audit audit) {
        tasks.register(TaskType.RESTORE, new RestoreWork(restores, backups, vaults, disks, audit));
    }

    private RestoreWork(Restores restores, Backups backups, Vaults vaults, Disks disks, Audit audit) {
        this.restores = restores;
        this.backups = backups;
        this.vaults = vaults;
        this.disks = disks;
        this.audit = audit;
    }

    static DiskReader reader(org.coffer.engine.vault.Vault vault, Backup backup) {
        SessionId session = SessionId.of(backup.session()
                .orElseThrow(() -> new ProblemException(Problem.of("backup.not-restorable", "backup", backup.name()))));
        Commit commit = vault.backups().stream()
                .filter(candidate -> candidate.id().equals(session))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("backup.vanished", "backup", backup.name(), "vault", backup.vaultName())));
        return vault.disk(commit, 0);
    }

    @Override
    public void run(TaskRun run) {
        Backup backup = backups.get(run.task().subject().backupId().orElseThrow());
        Optional<UUID> disk = disk(run.task());
        begin(backup.id());
        try {
            run.work().checkpoint();
            // Another restore of this backup may have ended since this one was asked for, and given it free.
            backups.beginRestore(backup.id());
            DiskRestore.Result result = disk.isPresent() ? ontoDisk(run, backup, disk.get()) : intoFile(run, backup);
            run.outcome("compared", result.bytesCompared());
            run.outcome("written", result.bytesWritten());
            run.outcome("verified", result.bytesVerified());
            run.step(
                    "restored",
                    "backup",
                    backup.name(),
                    "target",
                    run.task().subject().name(),
                    "bytes",
                    result.bytesWritten());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            "disk.failed",
                            "disk",
                            run.task().subject().name(),
                            "cause",
                            String.valueOf(e.getMessage())),
                    e);
        } catch (CanceledException e) {
            throw e;
        } catch (RuntimeException e) {
            Problem problem = Problem.from(e);
            if (problem.code().equals("vault.damaged")) {
                backups.damaged(backup.id(), problem);
            }
            audit.failed(
                    AuditEvent.RESTORE_BACKUP,
                    new Audit.Target("backup", backup.id().toString(), backup.name()),
                    problem.code());
            throw e;
        } finally {
            end(backup.id());
        }
    }

    private synchronized void begin(UUID backup) {
        running.merge(backup, 1, Integer::sum);
    }

    private synchronized void end(UUID backup) {
        if (running.merge(backup, -1, Integer::sum) <= 0) {
            running.remove(backup);
            backups.endRestore(backup);
        }
    }

    private DiskRestore.Result ontoDisk(TaskRun run, Backup backup, UUID disk) throws IOException {
        var vault = vaults.open().get(backup.vaultId());
        DiskRestore.Result result;
        DiskReader reader = reader(vault, backup);
        backups.busy(disk).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        try (BlockTarget target = disks.target(disk)) {
            disks.unfinishedRestore(disk, Optional.of(run.task().id()));
            result = DiskRestore.run(reader, target, options(run), run.work());
        }
        disks.unfinishedRestore(disk, Optional.empty());
        disks.look(disk);
        return result;
    }

    private DiskRestore.Result intoFile(TaskRun run, Backup backup) throws IOException {
        var vault = vaults.open().get(backup.vaultId());
        Path path = Path.of(String.valueOf(run.task().parameters().get(PATH)));
        Path part = path.resolveSibling(path.getFileName() + PART);
        DiskRestore.Result result;
        DiskReader reader = reader(vault, backup);
        if (Files.exists(part) && Files.size(part) != reader.size()) {
            Files.delete(part); // Left by another backup's restore.
        }
        try (BlockTarget target =
                Files.exists(part) ? disks.existingImage(part) : disks.newImage(part, reader.size())) {
            result = DiskRestore.run(reader, target, options(run), run.work());
        }
        if (Files.exists(path)) {
            throw new ProblemException(Problem.of("image.exists", "path", path.toString()));
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        return result;
    }

    private static DiskRestore.Options options(TaskRun run) {
        return DiskRestore.Options.standard()
                .verifying(Boolean.TRUE.equals(run.task().parameters().get(VERIFY)));
    }

    private static Optional<UUID> disk(Task task) {
        return task.parameters().get(DISK) instanceof String id ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }

    /** Nothing is restored half in the catalog's eyes: the backup is free again, the target keeps its mark. */
    @Override
    public boolean settle(Task interrupted) {
        interrupted.subject().backupId().ifPresent(backups::endRestore);
        return false;
    }

    @Override
    public Task retry(Task failed) {
        UUID backup = failed.subject().backupId().orElseThrow();
        boolean verify = Boolean.TRUE.equals(failed.parameters().get(VERIFY));
        Optional<UUID> disk = disk(failed);
        Target target = disk.isPresent()
                ? new Target.OtherDisk(disk.get())
                : new Target.NewFile(Path.of(String.valueOf(failed.parameters().get(PATH))));
        return restores.start(new NewRestore(backup, target, verify));
    }
}
