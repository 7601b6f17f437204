package org.coffer.console.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.catalog.Json;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BackupCopy;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.Damage;
import org.coffer.engine.vault.Round;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The road of a migration (V15), disk by disk.
 *
 * <p><b>Order.</b> Each backup is copied into the target, the oldest first, so that each copy leans on the one before; the
 * session of a copy is noted in the catalog before its first object is written. When all are there every byte of them is
 * read back. Then, in one transaction, the rows name the copies, the disk is bound to the target, and the originals are
 * noted as spent. Only after that are these deleted at the source. So before that transaction the source has everything,
 * after it the target has; nothing is ever in neither, and no row ever names what is not there.
 *
 * <p><b>Going on.</b> A process that dies, a pause and a failure leave the copies that are whole: who tries again copies the
 * rest. Calling it off deletes them. What nobody went on with for {@link Migrations#PATIENCE} goes by itself.
 *
 * <p><b>Meanwhile</b> the task holds the disk, so that no backup of it is made, and the backups, so that none is deleted.
 * They can be restored; one that is being read when the rows change is deleted at the source when it no longer is.
 */
final class MigrationWork implements TaskHandler {
    /** The parameter with the name of the target. */
    static final String TARGET_NAME = "targetName";

    private static final int COPIED = 80;
    private static final int CHECKED = 97;

    private final Migrations migrations;
    private final Backups backups;
    private final BackupStore store;
    private final MovedCopyStore moved;
    private final Vaults vaults;
    private final Intake intake;
    private final Cleaning cleaning;
    private final Writer writer;
    private final Verification verification;
    private final Events events;

    MigrationWork(
            Migrations migrations,
            Backups backups,
            Vaults vaults,
            Intake intake,
            Cleaning cleaning,
            Writer writer,
            Verification verification,
            Events events) {
        this.migrations = migrations;
        this.backups = backups;
        this.store = backups.store();
        this.moved = backups.moved();
        this.vaults = vaults;
        this.intake = intake;
        this.cleaning = cleaning;
        this.writer = writer;
        this.verification = verification;
        this.events = events;
    }

    /** From where to where, and of which disk. */
    private record Way(UUID source, UUID disk, UUID target) {
        static Way of(Task task) {
            return new Way(
                    task.subject().vaultId().orElseThrow(),
                    task.subject().resourceId().orElseThrow(),
                    UUID.fromString(String.valueOf(task.parameters().get(Leases.TARGET_VAULT))));
        }
    }

    /** An original and its copy. */
    private record Pair(Commit original, Commit copy) {}

    /** The backups that a migration moves. */
    static List<UUID> backups(Task task) {
        return task.parameters().get(Leases.BACKUPS) instanceof Collection<?> ids
                ? ids.stream().map(id -> UUID.fromString(id.toString())).toList()
                : List.of();
    }

    @Override
    public void run(TaskRun run) {
        Way way = Way.of(run.task());
        try {
            run.work().checkpoint();
            writer.settle(way.source()); // A run that seems to have failed may have made a backup.
            move(run, way, rows(way));
        } catch (CanceledException e) {
            backups(run.task()).forEach(moved::giveUp);
            migrations.clean(way.target());
            throw e;
        }
        migrations.clean(way.source());
        run.work().within(CHECKED, 100);
        run.outcome("backups", backups(run.task()).size());
        run.outcome("freed", cleaning.collect(run, way.source()));
    }

    /** The rows that are still the source's, oldest first. */
    private List<Backup> rows(Way way) {
        return store.of(way.source(), way.disk()).reversed();
    }

    private void move(TaskRun run, Way way, List<Backup> all) {
        vaults.allowed(way.source(), VaultAction.MIGRATE);
        vaults.allowed(way.target(), VaultAction.MIGRATE_INTO);
        all.forEach(backup -> moved.giveUpElsewhere(backup.id(), way.target()));
        List<Backup> whole =
                all.stream().filter(backup -> backup.finishedAt().isPresent()).toList();
        Map<UUID, Commit> copies = new HashMap<>();
        Optional<Pair> before = Optional.empty();
        for (int i = 0; i < whole.size(); i++) {
            run.work().within(COPIED * i / whole.size(), COPIED * (i + 1) / whole.size());
            Pair pair = pair(run, way, whole.get(i), before);
            copies.put(whole.get(i).id(), pair.copy());
            before = Optional.of(pair);
        }
        run.work().within(COPIED, CHECKED);
        check(run, way, copies.values());
        change(run, way, all, copies);
    }

    private Pair pair(TaskRun run, Way way, Backup backup, Optional<Pair> before) {
        Vault from = vaults.open().get(way.source());
        Commit original = commit(from, backup.session().map(SessionId::of))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("migrate.damaged", "backup", backup.name(), "vault", targetName(run.task()))));
        Optional<Commit> known = commit(
                vaults.open().get(way.target()),
                Optional.ofNullable(moved.copies(way.target()).get(backup.id())));
        return new Pair(original, known.orElseGet(() -> copy(run, way, backup, original, before)));
    }

    private static String targetName(Task task) {
        return String.valueOf(task.parameters().get(TARGET_NAME));
    }

    private static Optional<Commit> commit(Vault vault, Optional<SessionId> session) {
        return session.flatMap(id -> vault.backups().stream()
                .filter(commit -> commit.id().equals(id))
                .findFirst());
    }

    private Commit copy(TaskRun run, Way way, Backup backup, Commit original, Optional<Pair> before) {
        Vault from = vaults.open().get(way.source());
        try (Admission.Pass _ = intake.admitBeside(run, way.target());
                Session session = writer.begin(way.target(), backup.diskId())) {
            moved.note(backup.id(), way.target(), session.id(), migrations.now());
            run.step("migrating", "backup", backup.name(), "bytes", original.logical());
            // What was stored in full, so that damage in an earlier one cannot reach it, leans on nothing there either.
            boolean full = before.isPresent() && original.facts().kind() == CommitFacts.Kind.FULL;
            Optional<Pair> base = full ? Optional.empty() : before;
            BackupCopy.run(
                    new BackupCopy.From(from, original, base.map(Pair::original)),
                    new BackupCopy.Into(session, base.map(Pair::copy), full),
                    BackupCopy.Options.standard(),
                    run.work());
            run.work().checkpoint(); // One that is paused is not published meanwhile.
            return session.commit(
                    facts(backup, original.facts(), base.map(pair -> pair.copy().id())), about(from, original, backup));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Copying between vaults fails with problems only.
        } catch (ProblemException e) {
            damaged(backup, e.problem());
            throw e;
        } finally {
            measure(way.target());
        }
    }

    /** Damage in the source is known from now on, and others that it hits are looked for. */
    private void damaged(Backup backup, Problem problem) {
        if (problem.code().equals("vault.damaged")
                && backup.vaultName().equals(problem.args().get("vault"))) {
            backups.damaged(backup.id(), problem);
            writer.avoid(backup.vaultId(), problem);
            verification.followUp(backup.vaultId(), problem);
        }
    }

    /** Whatever fails here takes nothing away from the reason why something else did. */
    private void measure(UUID vault) {
        try {
            vaults.measure(vault);
        } catch (ProblemException e) {
            System.getLogger(MigrationWork.class.getName())
                    .log(System.Logger.Level.INFO, "counting what vault " + vault + " holds", e);
        }
    }

    private static CommitFacts facts(Backup backup, CommitFacts was, Optional<SessionId> parent) {
        return new CommitFacts(
                backup.name(),
                was.resource(),
                was.policy(),
                was.origin(),
                was.kind(),
                was.consistency(),
                was.reason(),
                parent.orElse(null),
                was.begun(),
                was.moment());
    }

    /** What the original keeps beside its facts, as far as it still holds. */
    private static byte[] about(Vault from, Commit original, Backup backup) {
        Map<String, Object> about = new LinkedHashMap<>(Writer.about(from, original));
        about.put("backup", backup.id().toString());
        about.put("description", backup.description());
        about.remove("expires");
        backup.expiresAt().ifPresent(at -> about.put("expires", at.toString()));
        return Json.write(about).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Reads every byte of the copies back. */
    private void check(TaskRun run, Way way, Collection<Commit> copies) {
        Set<SessionId> sessions = copies.stream().map(Commit::id).collect(Collectors.toSet());
        run.work().stage(Stage.CHECKING);
        Vault target = vaults.open().get(way.target());
        List<Damage> damaged =
                target.verify(sessions, Round.everything(), run.work()).damaged();
        if (!damaged.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "vault.damaged",
                    "vault",
                    targetName(run.task()),
                    "location",
                    targetName(run.task()),
                    "object",
                    damaged.getFirst().object(),
                    "details",
                    damaged.getFirst().detail()));
        }
        run.work().checkpoint();
    }

    /** The moment at which everything belongs to the target. */
    private void change(TaskRun run, Way way, List<Backup> all, Map<UUID, Commit> copies) {
        if (vaults.open().get(way.source()).locked()) {
            throw new ProblemException(
                    Problem.of("lock.migrate", "vault", run.task().subject().vaultName()));
        }
        boolean bound = backups.leases().take(() -> {
            vaults.allowed(way.source(), VaultAction.MIGRATE);
            vaults.allowed(way.target(), VaultAction.MIGRATE_INTO);
            boolean moves = vaults.bindings().move(way.source(), way.disk(), way.target());
            for (Backup backup : all) {
                Optional<Commit> copy = Optional.ofNullable(copies.get(backup.id()));
                store.takeOver(backup.id());
                store.move(backup.id(), way.target(), copy.map(one -> one.id().toString()));
                copy.ifPresent(one -> {
                    store.added(backup.id(), one.added());
                    backup.session()
                            .ifPresent(before ->
                                    backups.replicas().follow(before, one.id().toString()));
                    moved.named(backup, way.target(), one.id(), migrations.now());
                });
            }
            return moves;
        });
        run.step("migrated", "n", all.size(), "vault", targetName(run.task()));
        all.forEach(backup -> events.publish(new Event.BackupChanged(backup.id())));
        for (UUID vault : List.of(way.source(), way.target())) {
            vaults.describe(vault);
            vaults.tell(vault);
        }
        if (bound) {
            events.publish(new Event.ResourcesChanged());
        }
        vaults.measure(way.target());
        cleaning.count(way.target());
        intake.grow(way.target());
    }

    @Override
    public boolean pausable() {
        return true;
    }

    /** Where a process died, the rows tell: all of them are the target's, or all are still the source's. */
    @Override
    public boolean settle(Task interrupted) {
        Way way = Way.of(interrupted);
        return !backups(interrupted).isEmpty()
                && backups(interrupted).stream()
                        .flatMap(id -> backups.find(id).stream())
                        .allMatch(backup -> backup.vaultId().equals(way.target()));
    }

    @Override
    public boolean retryable(Task failed) {
        Way way = Way.of(failed);
        return vaults.find(way.source()).isPresent()
                && vaults.find(way.target()).isPresent();
    }

    @Override
    public Task retry(Task failed) {
        Way way = Way.of(failed);
        return migrations.start(way.source(), List.of(way.disk()), way.target()).getFirst();
    }
}
