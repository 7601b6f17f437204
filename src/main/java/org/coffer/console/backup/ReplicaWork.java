package org.coffer.console.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Json;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BackupCopy;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The road of a replica (X1), which is that of a backup with another vault for a disk: the gate (V6), the session, the commit,
 * and a row that follows the commit. What an interrupted run stored is gone on with, as that of a backup is.
 *
 * <p><b>What it leans on.</b> Of the replicas that the target has of the same disk, the one nearest in time whose original the
 * source still has: only what differs between the two originals is read and sent. Without one, all of the backup is read, and what
 * the target has not got is sent. Copies of one disk into one vault are made one after the other, so that each can lean on the
 * one before.
 *
 * <p><b>Damage.</b> Where the source turns out to be damaged, its backup is marked and looked into, as at a restore; nothing
 * damaged is copied.
 */
public final class ReplicaWork implements TaskHandler {
    private final Backups backups;
    private final BackupStore store;
    private final Replicas replicas;
    private final Vaults vaults;
    private final Intake intake;
    private final Writer writer;
    private final Verification verification;
    private final Audit audit;
    private final Events events;
    private final Pace pace = new Pace();
    private final Turns turns = new Turns();

    /** Lets {@code tasks} copy backups here. */
    public static void register(
            Backups backups,
            Replicas replicas,
            Vaults vaults,
            Intake intake,
            Writer writer,
            Verification verification,
            Tasks tasks,
            Audit audit,
            Events events) {
        tasks.register(
                TaskType.REPLICATE,
                new ReplicaWork(backups, replicas, vaults, intake, writer, verification, audit, events));
    }

    private ReplicaWork(
            Backups backups,
            Replicas replicas,
            Vaults vaults,
            Intake intake,
            Writer writer,
            Verification verification,
            Audit audit,
            Events events) {
        this.backups = backups;
        this.store = backups.store();
        this.replicas = replicas;
        this.vaults = vaults;
        this.intake = intake;
        this.writer = writer;
        this.verification = verification;
        this.audit = audit;
        this.events = events;
    }

    /** Where a copy goes: one at a time, so that each can lean on the one before. */
    private record Line(UUID vault, UUID disk) {}

    @Override
    public void run(TaskRun run) {
        Backup replica = backups.get(run.task().subject().backupId().orElseThrow());
        Backup done;
        try (Turns.Turn _ = turns.take(new Line(replica.vaultId(), replica.diskId()), run.work());
                Admission.Pass _ = intake.admitReplica(run, replica.vaultId())) {
            done = makeAndCount(run, replica);
        } catch (CanceledException e) {
            store.delete(List.of(replica.id()));
            changed(run.task(), replica.id());
            throw e;
        } catch (RuntimeException e) {
            fail(run.task(), replica, Problem.from(e));
            backups.aftercare().after(replica);
            throw e;
        }
        tell(run, done);
        intake.grow(replica.vaultId());
        backups.aftercare().after(done);
    }

    private Backup makeAndCount(TaskRun run, Backup replica) {
        try {
            return intake.there(run, make(run, replica));
        } finally {
            intake.account(run, replica);
        }
    }

    private Intake.Published make(TaskRun run, Backup replica) {
        run.work().stage(Stage.PREPARING, 0, 0);
        Backup source = source(run.task());
        Vault from = vaults.open().get(source.vaultId());
        Commit original = original(from, source);
        try (Session session = writer.begin(replica.vaultId(), replica.diskId())) {
            Vault into = vaults.open().get(replica.vaultId());
            Base base = base(replica, original, from, into);
            store.session(replica.id(), session.id().toString());
            run.step("replicating", "backup", source.name(), "vault", source.vaultName(), "bytes", original.logical());
            BackupCopy.Result copied =
                    copy(run, replica, new BackupCopy.From(from, original, base.twin()), session, base);
            run.outcome("read", copied.bytesRead());
            return publish(run, replica, source, from, original, base, session);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Copying between vaults fails with problems only.
        } catch (ProblemException e) {
            damaged(source, e.problem());
            throw e;
        }
    }

    private Intake.Published publish(
            TaskRun run, Backup replica, Backup source, Vault from, Commit original, Base base, Session session) {
        run.work().stage(Stage.PUBLISHING, 99, 100);
        Instant at = backups.now();
        Backup as = kept(intake.dated(run, replica, at), source);
        Commit commit = session.commit(facts(replica, original, base), about(as, source, from, original), run.work());
        return new Intake.Published(as, at, commit);
    }

    /**
     * Whose the copy is, and until when it is kept. A copy of what somebody made by hand is nobody's, whoever copied it, as that is
     * itself: no count takes it in and it has no date (P6). So it pushes out no copy of what a policy made, which a lock of the
     * target may hold (V16). Until it is there its row is the policy's, as failed runs are (P12).
     */
    private static Backup kept(Backup replica, Backup source) {
        return replica.automatic().isPresent() && source.automatic().isEmpty()
                ? replica.kept(Optional.empty(), Optional.empty())
                : replica;
    }

    private Backup source(Task task) {
        Backup source = backups.get(Replicas.source(task).orElseThrow());
        Backups.notRestorable(source).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return source;
    }

    private static Commit original(Vault from, Backup source) {
        return commit(from, source)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("backup.vanished", "backup", source.name(), "vault", source.vaultName())));
    }

    private static Optional<Commit> commit(Vault vault, Backup backup) {
        return backup.session().map(SessionId::of).flatMap(session -> commit(vault, session));
    }

    private static Optional<Commit> commit(Vault vault, SessionId session) {
        return vault.backups().stream()
                .filter(commit -> commit.id().equals(session))
                .findFirst();
    }

    private BackupCopy.Result copy(TaskRun run, Backup replica, BackupCopy.From from, Session session, Base base)
            throws IOException {
        BackupCopy.Options options = BackupCopy.Options.standard();
        long limit =
                run.task().parameters().get(BackupWork.LIMIT) instanceof Number megabytes ? megabytes.longValue() : 0;
        if (replica.automatic().isPresent() && limit > 0) {
            options = options.at(pace.of(replica.automatic().get().policy(), limit));
        }
        return BackupCopy.run(from, new BackupCopy.Into(session, base.parent()), options, run.work());
    }

    /** What a copy leans on: a backup of the target, and of the source the one that this is a copy of. */
    private record Base(Optional<Commit> parent, Optional<Commit> twin) {}

    private Base base(Backup replica, Commit original, Vault from, Vault into) {
        Map<UUID, String> sources = backups.replicas().sources(replica.vaultId());
        return store.of(replica.vaultId(), replica.diskId()).stream()
                .filter(candidate -> candidate.restorable() && !candidate.damaged())
                .sorted(Comparator.comparing(candidate -> apart(candidate, original)))
                .flatMap(candidate -> pair(candidate, sources, from, into).stream())
                .findFirst()
                .orElseGet(() -> new Base(intake.newest(replica, into.backups()), Optional.empty()));
    }

    private static Duration apart(Backup candidate, Commit original) {
        return Duration.between(candidate.createdAt(), original.facts().moment())
                .abs();
    }

    private static Optional<Base> pair(Backup candidate, Map<UUID, String> sources, Vault from, Vault into) {
        Optional<Commit> twin = Optional.ofNullable(sources.get(candidate.id()))
                .map(SessionId::of)
                .flatMap(session -> commit(from, session));
        return twin.isEmpty()
                ? Optional.empty()
                : commit(into, candidate).map(parent -> new Base(Optional.of(parent), twin));
    }

    /** The moment and what is promised about it are the original's; who asked for it and what it leans on are its own. */
    private static CommitFacts facts(Backup replica, Commit original, Base base) {
        CommitFacts facts = original.facts();
        return new CommitFacts(
                replica.name(),
                facts.resource(),
                facts.policy(),
                CommitFacts.Origin.REPLICA,
                base.parent().isPresent() ? CommitFacts.Kind.INCREMENTAL : CommitFacts.Kind.FULL,
                facts.consistency(),
                facts.reason(),
                base.parent().map(Commit::id).orElse(null),
                facts.begun(),
                facts.moment());
    }

    /** What the original keeps of its disk, with what is the replica's own. */
    private byte[] about(Backup replica, Backup source, Vault from, Commit original) {
        Map<String, Object> about = new LinkedHashMap<>(Writer.about(from, original));
        about.keySet().removeAll(List.of("policy", "slot", "expires"));
        about.put("backup", replica.id().toString());
        about.put("description", replica.description());
        about.putAll(Writer.kept(replica));
        about.putAll(new CopyOf(original.id().toString(), source.name(), source.vaultName()).about());
        return Json.write(about).getBytes(StandardCharsets.UTF_8);
    }

    /** Damage in the source hits the original, and perhaps others; what the target says of itself is its own matter. */
    private void damaged(Backup source, Problem problem) {
        if (problem.code().equals("vault.damaged")
                && source.vaultName().equals(problem.args().get("vault"))) {
            backups.damaged(source.id(), problem);
            writer.avoid(source.vaultId(), problem);
            verification.followUp(source.vaultId(), problem);
        }
    }

    private void tell(TaskRun run, Backup done) {
        run.outcome("added", done.sizes().added());
        run.outcome("logical", done.sizes().logical());
        run.step(
                "replicated",
                "backup",
                done.name(),
                "vault",
                done.vaultName(),
                "bytes",
                done.sizes().added());
        audit.succeeded(
                AuditEvent.REPLICATE_BACKUP,
                Backups.target(done),
                Map.of(),
                Map.of(
                        "source",
                        run.task().subject().name(),
                        "added",
                        done.sizes().added()));
        changed(run.task(), done.id());
    }

    private void fail(Task task, Backup replica, Problem problem) {
        // The record first, as for a backup.
        audit.failed(AuditEvent.REPLICATE_BACKUP, Backups.target(replica), problem.code());
        Instant now = backups.now();
        store.failed(replica.id(), problem, now, Duration.between(task.created(), now));
        changed(task, replica.id());
    }

    /** The original shows its copies, so it changed too. */
    private void changed(Task task, UUID replica) {
        events.publish(new Event.BackupChanged(replica));
        Replicas.source(task).ifPresent(id -> events.publish(new Event.BackupChanged(id)));
    }

    /** The row of a replica whose process died: judged by the vault when that is opened, until then in error. */
    @Override
    public boolean settle(Task interrupted) {
        Optional<Backup> left = interrupted.subject().backupId().flatMap(backups::find);
        if (left.isEmpty()) {
            return false;
        }
        Backup replica = left.get();
        if (replica.status() == BackupStatus.CREATING) {
            Problem cause = Problem.of(
                    "task.interrupted",
                    "task",
                    interrupted.id().toString().substring(0, 8),
                    "time",
                    interrupted.started().orElse(interrupted.created()));
            interrupted.caller().run(() -> fail(interrupted, replica, cause));
            writer.lookAgain(replica.vaultId());
        }
        return backups.find(replica.id()).filter(Backup::restorable).isPresent();
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
                .ifPresent(replica -> store.status(replica.id(), BackupStatus.CREATING, null));
    }

    @Override
    public Task retry(Task failed) {
        return replicas.start(new NewReplica(
                Replicas.source(failed).orElseThrow(),
                failed.subject().vaultId().orElseThrow(),
                String.valueOf(failed.parameters().get(BackupWork.NAME))));
    }
}
