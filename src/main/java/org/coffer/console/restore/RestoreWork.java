package org.coffer.console.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.backup.SafetyCopies;
import org.coffer.console.backup.Verification;
import org.coffer.console.backup.Writer;
import org.coffer.console.resource.Disk;
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
import org.coffer.engine.vault.Damage;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.machine.Body;
import org.coffer.machine.Unmounted;
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
    public static final String PART = Leases.PART;

    /** Reading a disk for its safety copy and once more to compare it take about the same time; then some is written. */
    private static final int COPY_SHARE = 45;

    /** Growing takes much less than reading the whole disk, unless it holds very many files. */
    private static final int GROW_FROM = 90;

    private final Restores restores;
    private final Copies copies;
    private final Backups backups;
    private final SafetyCopies safetyCopies;
    private final Writer writer;
    private final Verification verification;
    private final Vaults vaults;
    private final Disks disks;
    private final Audit audit;
    private final Grower grower;

    /** Lets {@code tasks} do their restores here. */
    public static void register(
            Restores restores,
            Backups backups,
            SafetyCopies safetyCopies,
            Writer writer,
            Verification verification,
            Vaults vaults,
            Disks disks,
            Tasks tasks,
            Audit audit) {
        tasks.register(
                TaskType.RESTORE,
                new RestoreWork(restores, backups, safetyCopies, writer, verification, vaults, disks, audit));
    }

    private RestoreWork(
            Restores restores,
            Backups backups,
            SafetyCopies safetyCopies,
            Writer writer,
            Verification verification,
            Vaults vaults,
            Disks disks,
            Audit audit) {
        this.restores = restores;
        this.copies = restores.copies();
        this.backups = backups;
        this.safetyCopies = safetyCopies;
        this.writer = writer;
        this.verification = verification;
        this.vaults = vaults;
        this.disks = disks;
        this.audit = audit;
        this.grower = new Grower(disks);
    }

    /**
     * What reads a backup's disk.
     *
     * @param vault the one that holds it, open
     * @throws ProblemException {@code backup.not-restorable}, {@code backup.vanished}, {@code vault.damaged}
     */
    public static DiskReader reader(org.coffer.engine.vault.Vault vault, Backup backup) {
        SessionId session = SessionId.of(backup.session()
                .orElseThrow(() -> new ProblemException(Problem.of("backup.not-restorable", "backup", backup.name()))));
        Commit commit = vault.backups().stream()
                .filter(candidate -> candidate.id().equals(session))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        vault.purged(session)
                                ? Problem.of("backup.vanished", "backup", backup.name(), "vault", backup.vaultName())
                                : lost(vault, backup, session)));
        return vault.disk(commit, 0);
    }

    /** Nobody deleted the backup, and yet it is not there: its commit is damaged or missing. */
    private static Problem lost(org.coffer.engine.vault.Vault vault, Backup backup, SessionId session) {
        String object = vault.damaged().stream()
                .filter(damage -> damage.backups().contains(session))
                .map(Damage::object)
                .findFirst()
                .orElse("commit/" + session);
        return Problem.of(
                "vault.damaged", "vault", backup.vaultName(), "location", backup.vaultName(), "object", object);
    }

    @Override
    public void run(TaskRun run) {
        disks.prepare();
        Backup backup = backups.get(run.task().subject().backupId().orElseThrow());
        RestoreTask asked = RestoreTask.of(run.task());
        Optional<UUID> disk = asked.disk();
        List<Unmounted> gone = disk.map(disks::takeUnmounted).orElse(List.of());
        List<String> care = new ArrayList<>();
        boolean ends = true;
        try {
            run.work().checkpoint();
            restores.refusal(run.task(), asked).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            Done done = disk.isPresent()
                    ? ontoDisk(run, asked, backup, disk.get(), care)
                    : new Done(intoFile(run, asked, backup), Optional.empty());
            DiskRestore.Result result = done.result();
            run.outcome(Receipts.COMPARED, result.bytesCompared());
            run.outcome(Receipts.WRITTEN, result.bytesWritten());
            run.outcome(Receipts.VERIFIED, result.bytesVerified());
            run.step(
                    "restored",
                    "backup",
                    backup.name(),
                    "target",
                    run.task().subject().name(),
                    "bytes",
                    result.bytesWritten());
            noted(run.task(), asked, backup, done);
            restores.endings().succeeded(run, asked);
            verification.followUp(backup.id());
        } catch (IOException e) {
            Problem problem = Problem.of(
                    "disk.failed", "disk", run.task().subject().name(), "cause", String.valueOf(e.getMessage()));
            restores.endings().failed(run, asked, backup, problem.code());
            throw new ProblemException(problem, e);
        } catch (CanceledException e) {
            restores.endings().failed(run, asked, backup, "task.canceled");
            throw e;
        } catch (RuntimeException e) {
            Problem problem = Problem.from(e);
            ends = !problem.code().equals(Endings.INTERRUPTED);
            if (problem.code().equals("vault.damaged")) {
                backups.damaged(backup.id(), problem);
                writer.avoid(backup.vaultId(), problem);
                verification.followUp(backup.vaultId(), problem);
            }
            restores.endings().failed(run, asked, backup, problem.code());
            throw e;
        } finally {
            backups.endRestore(backup.id(), run.task());
            if (disk.isPresent()) {
                putBack(run, disk.get(), gone, care, ends);
            }
        }
    }

    /**
     * Mounts again what was unmounted for this (S2), and leaves what is left to do. Nothing half is mounted: that waits until it
     * is finished or undone. Nor is anything mounted by a process that ends: this may go on at the next start, which mounts it if not.
     *
     * @param ends whether this ends here, and not only its process
     */
    private void putBack(TaskRun run, UUID disk, List<Unmounted> gone, List<String> care, boolean ends) {
        if (!ends || disks.find(disk).flatMap(Disk::unfinishedRestore).isPresent()) {
            disks.keepUnmounted(disk, gone);
        } else {
            Disks.PutBack put = disks.mountAgain(disk, gone);
            put.back().forEach(point -> run.step("mounted-again", "path", point.toString()));
            put.missing().forEach(point -> run.step("not-mounted", "path", point.toString()));
            if (!put.missing().isEmpty()) {
                care.add(Receipt.Aftercare.NOT_MOUNTED.name());
            }
        }
        if (!care.isEmpty()) {
            run.outcome(Receipts.AFTERCARE, care);
        }
    }

    /** Leaves in the audit record what the receipt says, and under which task it is found. */
    private void noted(Task task, RestoreTask asked, Backup backup, Done done) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("target", asked.path().toString());
        after.put("task", task.id().toString());
        after.put("written", done.result().bytesWritten());
        after.put("verified", done.result().bytesVerified());
        done.grown()
                .ifPresent(grown -> after.put(
                        "grown", grown.problem().<Object>map(Problem::code).orElse(grown.to())));
        audit.succeeded(
                asked.undoes().isPresent() ? AuditEvent.UNDO_RESTORE : AuditEvent.RESTORE_BACKUP,
                new Audit.Target("backup", backup.id().toString(), backup.name()),
                Map.of(),
                after);
    }

    /** What was done to a target. */
    private record Done(DiskRestore.Result result, Optional<Receipt.Grown> grown) {}

    private Done ontoDisk(TaskRun run, RestoreTask asked, Backup backup, UUID disk, List<String> care)
            throws IOException {
        DiskReader reader = reader(vaults.open().get(backup.vaultId()), backup);
        DiskRestore.Result result;
        Optional<Receipt.Grown> grown = Optional.empty();
        int restored = asked.wanted().grow() ? GROW_FROM : 100;
        run.work().within(0, restored);
        try (BlockTarget target = new MarkedTarget(disks.target(disk), () -> mark(run, disk))) {
            boolean halfGrown = target.size() > reader.size() && copies.halfGrown(disks.get(disk), disks.body(disk));
            Optional<Backup> copy = safeguard(run, asked, backup, target, restored);
            if (halfGrown && copy.isPresent()) {
                run.work().within(0, restored / 2);
                Grower.endBack(run, target, reader, before(copy.get()));
                run.work().within(restored / 2, restored);
            }
            result = DiskRestore.run(reader, target, options(asked), run.work());
            if (asked.wanted().grow()) {
                run.work().within(restored, 100);
                grown = Optional.of(grower.grow(run, disk, target, reader, copy.map(one -> () -> before(one))));
            }
            boolean used = grown.filter(one -> one.problem().isEmpty()).isPresent();
            boolean tried = halfGrown || grown.filter(Receipt.Grown::tried).isPresent();
            if (!used && tried && copy.isEmpty()) {
                care.add(Receipt.Aftercare.END_CHANGED.name());
            }
            care.addAll(Aftercares.of(target, backup, disk, used));
        }
        disks.usable(disk);
        restores.endings().settled(disk);
        disks.changed();
        disks.look(disk);
        return new Done(result, grown);
    }

    /** What reads a safety copy. */
    private DiskReader before(Backup copy) {
        return reader(vaults.open().get(copy.vaultId()), backups.get(copy.id()));
    }

    private void mark(TaskRun run, UUID disk) {
        disks.unusable(disk, run.task().id());
        restores.endings().overwriting(run);
        run.step(Receipts.OVERWRITING, "target", run.task().subject().name());
    }

    /**
     * Makes the safety copy that is wanted, of the disk as it is held to be overwritten (S8). One that an earlier restore left
     * unfinished holds nothing whole: then the copy of that one is the way back, whether or not one was wanted, because this
     * restore's mark takes the place of the one that led to it.
     *
     * @return the way back; empty if there is none
     */
    private Optional<Backup> safeguard(TaskRun run, RestoreTask asked, Backup backup, BlockTarget held, int end)
            throws IOException {
        Disk disk = disks.get(asked.disk().orElseThrow());
        Body body = disks.body(disk.id());
        boolean unfinished = copies.unfinished(disk, body);
        if (asked.copy().isEmpty() && !unfinished) {
            return Optional.empty();
        }
        Instant until = copies.until();
        Backup copy;
        if (unfinished) {
            // A restore that stood still longer than its copy is kept goes on with it all the same.
            Optional<Backup> kept = copies.kept(disk, body)
                    .or(() -> asked.copy()
                            .flatMap(backups::find)
                            .filter(Copies::isThere)
                            .filter(own -> own.diskId().equals(disk.id())));
            if (kept.isEmpty()) {
                run.step("safety-none", "target", disk.name());
                return Optional.empty();
            }
            copy = kept.get();
            safetyCopies.keep(copy.id(), until);
            run.step("safety-kept", "backup", copy.name());
        } else {
            run.work().within(0, COPY_SHARE);
            UUID id = copies.own(asked.copy().get(), run.task());
            copy = safetyCopies.take(run, new SafetyCopies.Order(id, backup, disk, until), held);
            run.work().within(COPY_SHARE, end);
            run.step(
                    "safety-copied",
                    "backup",
                    copy.name(),
                    "bytes",
                    copy.sizes().added());
        }
        restores.endings().copied(run, copy, until);
        return Optional.of(copy);
    }

    private DiskRestore.Result intoFile(TaskRun run, RestoreTask asked, Backup backup) throws IOException {
        DiskReader reader = reader(vaults.open().get(backup.vaultId()), backup);
        Path path = asked.path();
        Path part = path.resolveSibling(path.getFileName() + PART);
        DiskRestore.Result result;
        boolean raw = !asked.format().equals(Optional.of(Target.Format.QCOW2));
        if (isOurs(part) && Files.size(part) != reader.size()) {
            Files.delete(part); // Left by another backup's restore.
        }
        boolean resumed = raw && isOurs(part);
        if (!resumed) {
            Files.deleteIfExists(part); // The name, not what a link of that name points to.
        }
        try (BlockTarget target = raw ? image(part, reader.size(), resumed) : disks.newQcow2(part, reader.size())) {
            result = DiskRestore.run(reader, target, options(asked), run.work());
            run.outcome(Receipts.AFTERCARE, Aftercares.of(target, backup));
        }
        publish(part, path);
        if (!resumed && result.bytesWritten() >= backup.sizes().logical()) {
            backups.whole(backup.id()); // All that the vault holds of it was read, and each block was right.
        }
        return result;
    }

    private BlockTarget image(Path part, long size, boolean resumed) {
        return resumed ? disks.existingImage(part) : disks.newImage(part, size);
    }

    /**
     * Whether an earlier run may have left this file: a file of this user with no other name. In a folder where others may
     * write, a link of that name could lead to a disk that somebody wants overwritten.
     */
    private static boolean isOurs(Path part) throws IOException {
        if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!part.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true;
        }
        var users = part.getFileSystem().getUserPrincipalLookupService();
        try {
            var me = users.lookupPrincipalByName(System.getProperty("user.name", ""));
            return Integer.valueOf(1).equals(Files.getAttribute(part, "unix:nlink", LinkOption.NOFOLLOW_LINKS))
                    && me.equals(Files.getOwner(part, LinkOption.NOFOLLOW_LINKS));
        } catch (UserPrincipalNotFoundException e) {
            // Nobody can say whose it is: the restore begins afresh.
            return false;
        }
    }

    /** Gives the finished file its name, unless something has that name by now, and makes that last. */
    private static void publish(Path part, Path path) throws IOException {
        try {
            Files.move(part, path);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(Problem.of("image.exists", "path", path.toString()), e);
        }
        Path folder = path.getParent();
        if (folder != null && java.io.File.separatorChar == '/') {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static DiskRestore.Options options(RestoreTask asked) {
        return DiskRestore.Options.standard().verifying(asked.wanted().verify());
    }

    /** Nothing is restored half in the catalog's eyes: the backup is free again, the target keeps its mark. */
    @Override
    public boolean settle(Task interrupted) {
        RestoreTask.of(interrupted).copy().ifPresent(copy -> safetyCopies.settle(interrupted, copy));
        interrupted.subject().backupId().ifPresent(backup -> backups.endRestore(backup, interrupted));
        return false;
    }

    @Override
    public Map<String, Object> left(Task interrupted) {
        return restores.endings().interrupted(interrupted);
    }

    @Override
    public boolean pausable() {
        return true;
    }

    @Override
    public void keep(Task paused) {
        paused.subject().backupId().ifPresent(backups::goOnRestoring);
    }

    /**
     * The way back to before a restore, the mark of the disk that it left unfinished, and what tells that it left it half grown, lead
     * through its record.
     */
    @Override
    public boolean needed(Task failed) {
        Optional<UUID> mark = RestoreTask.of(failed).disk().flatMap(disks::find).flatMap(Disk::unfinishedRestore);
        return mark.equals(Optional.of(failed.id()))
                || (mark.isPresent() && copies.leftGrowing(failed))
                || restores.undoable(failed.id()).isPresent();
    }

    @Override
    public Task retry(Task failed) {
        return restores.again(RestoreTask.of(failed));
    }
}
