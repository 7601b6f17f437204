package org.coffer.console.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.DiskBackup;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.work.CanceledException;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Safety copies (S8): before a restore overwrites a disk, what is on it goes into the vault that it restores from, as a backup
 * of that disk which goes by itself after some days.
 *
 * <p>It is made inside the task of the restore, from the disk as the restore holds it, so that nobody can write to the disk
 * between the copy and the restore. It takes the road of every backup: the gate, the session, the commit. It leans on the
 * newest backup of the same disk in that vault, or on the one that is being restored, so that only what differs is stored.
 *
 * <p>Its row is in the catalog before the first object is written, under an ID that the restore's task names: that keeps it
 * from being deleted while the restore runs, and tells after a crash whose it is. One that could not be made leaves no row.
 */
public final class SafetyCopies {
    /** How their names begin. */
    public static final String PREFIX = "beforerestore_";

    /** Held by a restore, which nobody can mount meanwhile: one moment, as after a power cut. */
    private static final String HELD = "idle";

    private final Backups backups;
    private final BackupStore store;
    private final Vaults vaults;
    private final Intake intake;
    private final Cleaning cleaning;
    private final Writer writer;
    private final Audit audit;
    private final Events events;
    private final RandomGenerator random;

    /**
     * Makes them among {@code backups}.
     *
     * @param random for their names
     */
    public SafetyCopies(
            Backups backups,
            Vaults vaults,
            Intake intake,
            Cleaning cleaning,
            Writer writer,
            Audit audit,
            Events events,
            RandomGenerator random) {
        this.backups = backups;
        this.store = backups.store();
        this.vaults = vaults;
        this.intake = intake;
        this.cleaning = cleaning;
        this.writer = writer;
        this.audit = audit;
        this.events = events;
        this.random = random;
    }

    /**
     * A safety copy to be made.
     *
     * @param id of the backup that it becomes
     * @param restored the backup that is about to be written over the disk; its vault takes the copy
     * @param disk the disk
     * @param until when the copy goes
     */
    public record Order(UUID id, Backup restored, Disk disk, Instant until) {}

    /**
     * Copies what is on a disk. What an earlier run of the same task left of it is replaced: the disk was not held since.
     *
     * @param held the disk, held by the caller until it has been overwritten
     * @return the copy, available
     * @throws ProblemException {@code restore.full} if the vault is above its capacity; whatever keeps a backup from being
     *     made, such as {@code location.full}
     * @throws CanceledException if the task was canceled; no copy is left then
     */
    public Backup take(TaskRun run, Order order, BlockSource held) throws IOException {
        store.find(order.id()).ifPresent(this::replace);
        Vault vault = vaults.get(order.restored().vaultId());
        Backup row = row(run.task(), order, vault);
        store.insert(row);
        events.publish(new Event.BackupChanged(row.id()));
        Backup done;
        try (Admission.Pass _ = intake.admitBeside(run, vault.id())) {
            done = makeAndCount(run, order, row, held);
        } catch (ProblemException e) {
            drop(row);
            throw said(e, vault.id());
        } catch (IOException | RuntimeException e) {
            drop(row);
            throw e;
        }
        audit.succeeded(
                AuditEvent.CREATE_BACKUP,
                Backups.target(done),
                Map.of(),
                Map.of("added", done.sizes().added()));
        events.publish(new Event.BackupChanged(done.id()));
        intake.grow(vault.id());
        return done;
    }

    /** Forgets what did not become a backup; a copy that is in the vault keeps its row, and with it its date. */
    private void drop(Backup row) {
        if (store.find(row.id())
                .filter(left -> left.status() == BackupStatus.CREATING)
                .isEmpty()) {
            return;
        }
        store.delete(List.of(row.id()));
        events.publish(new Event.BackupChanged(row.id()));
    }

    /** A full vault is no reason to give up the restore, which can do without the copy. */
    private ProblemException said(ProblemException refused, UUID vault) {
        return refused.problem().code().equals("vault.full")
                ? new ProblemException(full(vaults.get(vault)), refused)
                : refused;
    }

    /** {@code restore.full}: there is no room for a safety copy in a vault that is above its capacity. */
    public static Problem full(Vault vault) {
        return Problem.of(
                "restore.full",
                "vault",
                vault.name(),
                "used",
                Math.ceilDiv(vault.used(), Vault.GB),
                "capacity",
                vault.capacityGb());
    }

    private void replace(Backup left) {
        if (left.restorable()) {
            left.session().map(SessionId::of).ifPresent(session -> cleaning.purge(left.vaultId(), session));
        }
        store.delete(List.of(left.id()));
    }

    private Backup row(Task task, Order order, Vault vault) {
        return backups.creating(
                order.id(),
                Names.suggest(PREFIX, random),
                "",
                vault,
                order.disk(),
                task.id(),
                Origin.SAFETY_COPY,
                Optional.empty(),
                Optional.of(order.until()));
    }

    /** What the vault holds is counted however the run ends. */
    private Backup makeAndCount(TaskRun run, Order order, Backup row, BlockSource held) throws IOException {
        try {
            Backup done = Reconciler.fromCommit(row, make(run, order, row, held), backups.now());
            store.available(done);
            return done;
        } finally {
            intake.account(run, row);
        }
    }

    private Commit make(TaskRun run, Order order, Backup row, BlockSource held) throws IOException {
        List<Commit> commits = vaults.open().get(row.vaultId()).backups();
        try (Session session = writer.begin(row.vaultId(), row.diskId())) {
            boolean full = intake.afterDamage(run, row);
            Optional<Commit> earlier = intake.newest(row, commits);
            Optional<Commit> parent = earlier.or(() -> restored(order.restored(), commits));
            store.session(row.id(), session.id().toString());
            run.step("safety-copying", "disk", held.name(), "bytes", held.size());
            DiskWriter into = session.disk(
                    writer.facts(order.disk()),
                    full ? null : parent.map(Writer::onlyDisk).orElse(null),
                    full);
            DiskBackup.run(held, into, DiskBackup.Options.standard(), run.work());
            run.work().checkpoint();
            Kind kind = full || parent.isEmpty() ? Kind.FULL : Kind.INCREMENTAL; // Full shares nothing with anything.
            return session.commit(
                    writer.facts(row, order.disk(), kind, Consistency.CRASH, HELD, parent),
                    writer.about(row, order.disk()));
        }
    }

    private static Optional<Commit> restored(Backup backup, List<Commit> commits) {
        return backup.damaged()
                ? Optional.empty()
                : backup.session()
                        .map(SessionId::of)
                        .flatMap(session -> commits.stream()
                                .filter(commit -> commit.id().equals(session))
                                .findFirst());
    }

    /** Keeps a copy at least until a moment, because another restore leans on it. */
    public void keep(UUID copy, Instant until) {
        store.find(copy)
                .filter(backup ->
                        backup.expiresAt().filter(at -> at.isBefore(until)).isPresent())
                .ifPresent(backup -> {
                    store.expires(copy, until);
                    events.publish(new Event.BackupChanged(copy));
                });
    }

    /** After a crash: what a restore's process left of its copy is judged by the vault; of what it never began no row stays. */
    public void settle(Task restore, UUID copy) {
        store.find(copy)
                .filter(backup -> backup.status() == BackupStatus.CREATING)
                .filter(backup -> backup.taskId().equals(Optional.of(restore.id())))
                .ifPresent(backup -> {
                    if (backup.session().isEmpty()) {
                        store.delete(List.of(copy));
                    } else {
                        store.status(
                                copy, BackupStatus.ERROR, Problem.of("backup.interrupted", "backup", backup.name()));
                        writer.lookAgain(backup.vaultId());
                    }
                    events.publish(new Event.BackupChanged(copy));
                });
    }
}
