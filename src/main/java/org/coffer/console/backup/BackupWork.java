package org.coffer.console.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.DiskBackup;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.Session;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The road of a backup, from the gate to the published commit.
 *
 * <p>Before the commit is put, the backup does not exist, whatever the catalog says; after it, it does. So the catalog's
 * row follows: <em>creating</em> first, with the session's ID noted before the first block is stored, <em>available</em>
 * after the commit. A process that dies between the two leaves a row that {@link Reconciler} judges by the vault.
 */
public final class BackupWork implements TaskHandler {
    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String FULL = "full";
    /** Most MB a second that all runs of the same policy together read; 0 for no limit. */
    static final String LIMIT = "limit";
    /** The reason of a consistency that is not known yet. */
    static final String PENDING = "pending";

    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Intake intake;
    private final Disks disks;
    private final Writer writer;
    private final Verification verification;
    private final Audit audit;
    private final Events events;
    private final Pace pace = new Pace();

    /** Lets {@code tasks} do their backups here. */
    public static void register(
            Backups backups,
            Vaults vaults,
            Intake intake,
            Disks disks,
            Writer writer,
            Verification verification,
            Tasks tasks,
            Audit audit,
            Events events) {
        tasks.register(
                TaskType.BACKUP, new BackupWork(backups, vaults, intake, disks, writer, verification, audit, events));
    }

    private BackupWork(
            Backups backups,
            Vaults vaults,
            Intake intake,
            Disks disks,
            Writer writer,
            Verification verification,
            Audit audit,
            Events events) {
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.intake = intake;
        this.disks = disks;
        this.writer = writer;
        this.verification = verification;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public void run(TaskRun run) {
        disks.prepare();
        Backup backup = backups.get(run.task().subject().backupId().orElseThrow());
        Backup done;
        try (Admission.Pass _ = intake.admit(run, backup.vaultId())) {
            done = makeAndCount(run, backup);
        } catch (CanceledException e) {
            store.delete(List.of(backup.id()));
            events.publish(new Event.BackupChanged(backup.id()));
            throw e;
        } catch (RuntimeException e) {
            fail(backup, Problem.from(e));
            backups.aftercare().after(backup);
            throw e;
        }
        tell(run, done);
        if (done.automatic().isPresent()) {
            intake.retain(run, backup.vaultId());
        }
        intake.grow(backup.vaultId());
        mend(done);
        backups.aftercare().after(done);
    }

    /** What the vault holds is counted however the run ends, before the next one is judged by it. */
    private Backup makeAndCount(TaskRun run, Backup backup) {
        try {
            return intake.there(run, make(run, backup));
        } finally {
            intake.account(run, backup);
        }
    }

    /** A full backup holds anew what damaged ones of the same disk need. */
    private void mend(Backup done) {
        if (done.storedFull()
                && store.of(done.vaultId(), done.diskId()).stream().anyMatch(Backup::damaged)) {
            verification.mend(done.vaultId());
        }
    }

    /** Looks at the disk again (B5), reads it, and publishes the commit. */
    private Intake.Published make(TaskRun run, Backup backup) {
        run.work().stage(Stage.PREPARING, 0, 0);
        Disk before = look(run, backup, backup.sizes().capacity());
        Trace traceBefore = trace(before);
        var vault = vaults.open().get(backup.vaultId());
        try (BlockSource source = paced(run, backup, disks.source(backup.diskId()));
                Session session = writer.begin(backup.vaultId(), backup.diskId())) {
            boolean full = Boolean.TRUE.equals(run.task().parameters().get(FULL)) || intake.afterDamage(run, backup);
            Optional<Commit> parent = intake.newest(backup, vault.backups());
            store.session(backup.id(), session.id().toString());
            run.step("reading", "disk", before.name(), "bytes", source.size());
            DiskWriter into = session.disk(
                    writer.facts(before),
                    full ? null : parent.map(Writer::onlyDisk).orElse(null),
                    full);
            DiskBackup.run(source, into, DiskBackup.Options.standard().startingThreadsWith(disks::gentle), run.work());
            return publish(run, backup, before, traceBefore, full, parent, session);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("disk.failed", "disk", before.name(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    private Intake.Published publish(
            TaskRun run,
            Backup backup,
            Disk before,
            Trace traceBefore,
            boolean full,
            Optional<Commit> parent,
            Session session) {
        run.work().stage(Stage.PUBLISHING, 99, 100);
        Finding finding = finding(before, look(run, backup, before.capacity()), traceBefore);
        Kind kind = full || parent.isEmpty() ? Kind.FULL : Kind.INCREMENTAL;
        Instant at = backups.now();
        Backup as = intake.dated(run, backup, at);
        Commit commit = session.commit(
                writer.facts(backup, before, kind, finding.consistency(), finding.reason(), parent),
                writer.about(as, before),
                // One that is paused is not published meanwhile, and one whose commit is being put is not paused any
                // more.
                run.work());
        return new Intake.Published(as, at, commit);
    }

    /** A disk that is read no faster than the policy says whose run it is (B13). */
    private BlockSource paced(TaskRun run, Backup backup, BlockSource source) {
        long limit = run.task().parameters().get(LIMIT) instanceof Number megabytes ? megabytes.longValue() : 0;
        return backup.automatic().isEmpty() || limit == 0
                ? source
                : pace.of(backup.automatic().get().policy(), limit, source);
    }

    /** What can be promised about the moment, and why. */
    private record Finding(Consistency consistency, String reason) {}

    /**
     * A disk that nothing used, neither before nor after, and that nobody wrote to meanwhile shows one moment, as after
     * a power cut. One that was mounted was read while others wrote to it: no promise (B2).
     */
    private Finding finding(Disk before, Disk after, Trace traceBefore) {
        if (before.state() == Disk.State.IN_USE || after.state() == Disk.State.IN_USE) {
            boolean mounted = !before.mounts().isEmpty() || !after.mounts().isEmpty();
            return new Finding(Consistency.NONE, mounted ? "mounted" : "in-use");
        }
        if (!trace(after).equals(traceBefore)) {
            return new Finding(Consistency.NONE, "changed");
        }
        return new Finding(Consistency.CRASH, "idle");
    }

    /**
     * What writing to a disk leaves behind, also by what was mounted and unmounted again between two looks.
     *
     * @param modified when an image file was last written
     * @param written the count of what was written to a device
     */
    private record Trace(Optional<FileTime> modified, OptionalLong written) {}

    private Trace trace(Disk disk) {
        return new Trace(modified(disk), disks.written(disk.id()));
    }

    private static Optional<FileTime> modified(Disk disk) {
        try {
            return disk.image() ? Optional.of(Files.getLastModifiedTime(disk.path())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The disk as it is now; a change of the size that it was known to have is noted. */
    private Disk look(TaskRun run, Backup backup, long known) {
        Disk disk = look(backup);
        if (disk.capacity() != known) {
            run.step("resized", "disk", disk.name(), "before", known, "now", disk.capacity());
        }
        return disk;
    }

    private Disk look(Backup backup) {
        Disk disk = disks.look(backup.diskId());
        if (!disk.state().readable()) {
            throw new ProblemException(disk.cause()
                    .orElse(Problem.of(
                            disk.state() == Disk.State.MISSING ? "disk.missing" : "disk.faulty", "disk", disk.name())));
        }
        disks.inGrounds(disk).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (disk.unfinishedRestore().isPresent()) {
            throw new ProblemException(Problem.of("disk.unfinished", "disk", disk.name()));
        }
        return disk;
    }

    private void tell(TaskRun run, Backup done) {
        run.outcome("added", done.sizes().added());
        run.outcome("logical", done.sizes().logical());
        run.outcome("kind", done.kind().name());
        run.outcome("consistency", done.consistency().name());
        run.step(
                done.consistency() == Consistency.NONE ? "published-inconsistent" : "published",
                "backup",
                done.name(),
                "bytes",
                done.sizes().added());
        audit.succeeded(
                AuditEvent.CREATE_BACKUP,
                Backups.target(done),
                Map.of(),
                Map.of("added", done.sizes().added()));
        events.publish(new Event.BackupChanged(done.id()));
    }

    private void fail(Backup backup, Problem problem) {
        // The record first: a process that ends in between leaves a backup whose settling records it, twice at worst.
        audit.failed(AuditEvent.CREATE_BACKUP, Backups.target(backup), problem.code());
        store.failed(backup.id(), problem);
        events.publish(new Event.BackupChanged(backup.id()));
    }

    /** The row of a backup whose process died: judged by the vault when that is opened, until then in error. */
    @Override
    public boolean settle(Task interrupted) {
        Optional<Backup> left = interrupted.subject().backupId().flatMap(backups::find);
        if (left.isEmpty()) {
            return false;
        }
        Backup backup = left.get();
        if (backup.status() == BackupStatus.CREATING) {
            Problem cause = Problem.of(
                    "task.interrupted",
                    "task",
                    interrupted.id().toString().substring(0, 8),
                    "time",
                    interrupted.started().orElse(interrupted.created()));
            interrupted.caller().run(() -> fail(backup, cause));
            writer.lookAgain(backup.vaultId());
        }
        return backups.find(backup.id()).filter(Backup::restorable).isPresent();
    }

    @Override
    public boolean pausable() {
        return true;
    }

    @Override
    public void keep(Task paused) {
        paused.subject()
                .backupId()
                .flatMap(backups::find)
                .ifPresent(backup -> store.status(backup.id(), BackupStatus.CREATING, null));
    }

    /** Only policies give automatic names (B3); who tries again does it by hand. */
    private static String byHand(String name) {
        return name.replace(Backups.AUTOMATIC_PREFIX, Backups.MANUAL_PREFIX);
    }

    @Override
    public Task retry(Task failed) {
        Task.Subject about = failed.subject();
        return backups.start(new NewBackup(
                        about.vaultId().orElseThrow(),
                        List.of(about.resourceId().orElseThrow()),
                        byHand(String.valueOf(failed.parameters().get(NAME))),
                        String.valueOf(failed.parameters().get(DESCRIPTION)),
                        Boolean.TRUE.equals(failed.parameters().get(FULL))))
                .getFirst();
    }
}
