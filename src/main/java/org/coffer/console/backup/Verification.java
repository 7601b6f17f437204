package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.setting.Settings;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Damage;
import org.coffer.engine.vault.DamagedRanges;
import org.coffer.engine.vault.Round;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.VerifyReport;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Checks backups without restoring them (B11): their structure, a share of the stored bytes, or every byte.
 *
 * <p><b>Rounds.</b> Checks of a share go round all that a vault stores in turn: each begins where the last one stopped,
 * whether it ended, was canceled or died. How far that is, is kept in the settings, with the task that is on the way; one
 * that is repeated because it was interrupted reads what is left.
 *
 * <p><b>Damage.</b> The backups that it hits are marked, and no others; what is damaged is not leaned on again; the task
 * fails with the numbers. It fails as well if what consoles tell each other in a vault cannot be read, because then no room is freed
 * there; other damage that hits no backup is in its report alone. What can be had elsewhere is put back first, and the backups that needed it are read whole, so
 * that a full backup made after damage heals the earlier ones, and a replica in another vault heals what it is a copy of, and is
 * healed by it ({@link Twins}). Where a restore meets damage, a check of that one object finds out whom else it hits.
 */
public final class Verification implements TaskHandler {
    private static final System.Logger LOG = System.getLogger(Verification.class.getName());
    private static final String PERCENT = "percent";
    private static final String OBJECT = "object";
    private static final String DAMAGED = "damaged";
    /** The check, by its ID, in whose place a task goes on. */
    private static final String AFTER = "after";

    /** How many stretches of disks a task keeps of all backups together. */
    private static final int MOST_RUNS = 10_000;

    private static final String PART = "verify.part.";
    private static final String ROUND = "verify.round.";
    /** What the check on the way began with: its task, and backups by their sessions. */
    private static final String BEGUN = ".begun";

    /**
     * Most words that are kept of it; a setting holds 100,000 characters. What is left out is read all the same, but only called
     * sound by a check that was not interrupted.
     */
    private static final int MOST_BEGUN = 3000;

    /** Most objects that a problem names; the task's report has them all. */
    private static final int MOST_NAMED = 3;

    private final Backups backups;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Settings settings;
    private final Writer writer;
    private final Audit audit;
    private final Events events;
    private final Twins twins;

    /** Checks {@code backups} through {@code tasks}. */
    public Verification(
            Backups backups, Vaults vaults, Tasks tasks, Settings settings, Writer writer, Audit audit, Events events) {
        this.backups = backups;
        this.vaults = vaults;
        this.tasks = tasks;
        this.settings = settings;
        this.writer = writer;
        this.audit = audit;
        this.events = events;
        this.twins = new Twins(backups, vaults);
        tasks.register(TaskType.VERIFY, this);
    }

    /**
     * How far a check has come.
     *
     * @param task the one that is on the way, or was the last
     * @param done bytes that it read
     * @param from the pack after which it began
     * @param pack the last one that it read
     */
    private record Way(String task, long done, String from, String pack) {
        static final Way NONE = new Way("", 0, "", "");
        private static final String BEGINNING = "-";

        static Way parse(String text) {
            String[] parts = text.split(" ", 4);
            return switch (parts.length) {
                case 4 ->
                    new Way(parts[0], Long.parseLong(parts[1]), parts[2].equals(BEGINNING) ? "" : parts[2], parts[3]);
                // Written before it was kept where a check began: the next one goes on there, but it is nobody's own.
                case 3 -> new Way("", 0, "", parts[2]);
                default -> NONE;
            };
        }

        @Override
        public String toString() {
            return task + ' ' + done + ' ' + (from.isEmpty() ? BEGINNING : from) + ' ' + pack;
        }
    }

    /**
     * Starts a check of all backups of a vault.
     *
     * @param percent share of the stored bytes that is read, 0 to 100; 0 checks the structure alone
     * @throws ProblemException {@code verify.percent}, {@code verify.nothing}, or that the vault's state does not allow it
     */
    public Task start(UUID id, int percent) {
        return start(id, percent, Optional.empty());
    }

    private Task start(UUID id, int percent, Optional<String> after) {
        if (percent < 0 || percent > 100) {
            throw new ProblemException(Problem.of("verify.percent", "given", percent));
        }
        Vault vault = vaults.allowed(id, VaultAction.VERIFY);
        nothing(vault).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        audit.succeeded(AuditEvent.VERIFY_BACKUP, Vaults.target(vault), Map.of(), Map.of(PERCENT, percent));
        return launch(Task.Subject.vault(id, vault.name(), vault.locationId()), parameters(percent, after));
    }

    private static Map<String, Object> parameters(int percent, Optional<String> after) {
        Map<String, Object> parameters = new HashMap<>(Map.of(PERCENT, percent));
        after.ifPresent(task -> parameters.put(AFTER, task));
        return parameters;
    }

    /** Why a vault cannot be checked as it is now: its state, or {@code verify.nothing}. */
    public Optional<Problem> refusal(UUID id) {
        Vault vault = vaults.get(id);
        return VaultAction.VERIFY.refusal(vault).or(() -> nothing(vault));
    }

    private Optional<Problem> nothing(Vault vault) {
        return checkable(vault.id()).isEmpty()
                ? Optional.of(Problem.of("verify.nothing", "vault", vault.name()))
                : Optional.empty();
    }

    /**
     * Starts a check of one backup. As long as it runs the backup cannot be deleted.
     *
     * @param data whether every byte is read, or the structure alone
     * @throws ProblemException {@code backup.missing}, {@code backup.not-restorable}, {@code backup.held}, or that the
     *     vault's state does not allow it
     */
    public Task startBackup(UUID id, boolean data) {
        return startBackup(id, data ? 100 : 0, Optional.empty());
    }

    private Task startBackup(UUID id, int percent, Optional<String> after) {
        Backup backup = backups.get(id);
        Vault vault = vaults.allowed(backup.vaultId(), VaultAction.VERIFY);
        if (backup.session().isEmpty() || backup.finishedAt().isEmpty()) {
            Backups.notRestorable(backup).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
        }
        Task.Subject subject = new Task.Subject(
                backup.name(),
                Optional.of(vault.id()),
                vault.name(),
                Optional.of(backup.diskId()),
                backup.diskName(),
                Optional.of(id),
                Optional.of(vault.locationId()));
        Task task = backups.leases().take(() -> {
            if (backups.get(id).status() == BackupStatus.DELETING) {
                throw new ProblemException(Problem.of(
                        "backup.not-restorable", "backup", backup.name(), "status", BackupStatus.DELETING.name()));
            }
            return tasks.create(new NewTask(TaskType.VERIFY, subject, parameters(percent, after)));
        });
        audit.succeeded(AuditEvent.VERIFY_BACKUP, Backups.target(backup), Map.of(), Map.of(PERCENT, percent));
        tasks.launch(task);
        return task;
    }

    /**
     * Finds out by itself whom damage hits that somebody met. Does nothing about objects that only one backup can need.
     *
     * @param damage a {@code vault.damaged}
     */
    public void followUp(UUID id, Problem damage) {
        byItself(() -> follow(vaults.get(id), damage));
    }

    private void follow(Vault vault, Problem damage) {
        if (damage.args().get(OBJECT) instanceof String object
                && org.coffer.engine.vault.Vault.shared(object)
                && VaultAction.VERIFY.refusal(vault).isEmpty()) {
            launch(Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), Map.of(OBJECT, object));
        }
    }

    /** What is started by itself takes nothing away from the work that it follows. */
    private static void byItself(Runnable start) {
        try {
            start.run();
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "no check was started", e);
        }
    }

    /**
     * Reads every byte of a backup that is said to be damaged, because it was restored all the same: what was missing may
     * have come back.
     */
    public void followUp(UUID id) {
        byItself(() -> {
            Backup backup = backups.get(id);
            if (backup.damaged()
                    && VaultAction.VERIFY.refusal(vaults.get(backup.vaultId())).isEmpty()) {
                startBackup(id, true);
            }
        });
    }

    /**
     * Starts to heal the damaged backups of a vault: reads every byte of them, and puts back what a replica, or another copy in
     * the vault, still has.
     *
     * @throws ProblemException {@code verify.sound}, or that the vault's state does not allow it
     */
    public Task heal(UUID id) {
        Vault vault = vaults.allowed(id, VaultAction.VERIFY);
        if (checkable(id).stream().noneMatch(Backup::damaged)) {
            throw new ProblemException(Problem.of("verify.sound", "vault", vault.name()));
        }
        audit.succeeded(AuditEvent.VERIFY_BACKUP, Vaults.target(vault), Map.of(), Map.of(PERCENT, 100, DAMAGED, true));
        return launch(Task.Subject.vault(id, vault.name(), vault.locationId()), Map.of(PERCENT, 100, DAMAGED, true));
    }

    /**
     * Checks the damaged backups of a vault again, because a full one was made since: what that stored anew heals them
     * where the disk still held it.
     */
    void mend(UUID id) {
        byItself(() -> {
            Vault vault = vaults.get(id);
            if (VaultAction.VERIFY.refusal(vault).isEmpty()) {
                launch(Task.Subject.vault(id, vault.name(), vault.locationId()), Map.of(PERCENT, 100, DAMAGED, true));
            }
        });
    }

    private Task launch(Task.Subject subject, Map<String, Object> parameters) {
        Task task = tasks.create(new NewTask(TaskType.VERIFY, subject, parameters));
        tasks.launch(task);
        return task;
    }

    /** The backups of a vault that a check can read. */
    private List<Backup> checkable(UUID vault) {
        return backups.store().ofVault(vault).stream()
                .filter(backup ->
                        backup.session().isPresent() && backup.finishedAt().isPresent())
                .toList();
    }

    @Override
    public void run(TaskRun run) {
        run.work().checkpoint();
        UUID id = run.task().subject().vaultId().orElseThrow();
        vaults.allowed(id, VaultAction.VERIFY);
        var vault = vaults.open().get(id);
        vault.refresh();
        List<Backup> chosen = chosen(run.task(), id);
        int percent = percent(run.task());
        Set<SessionId> sound = percent == 100 ? covered(run, id, chosen) : new HashSet<>();
        VerifyReport report = run.task().parameters().get(OBJECT) instanceof String object
                ? vault.hit(object, run.work())
                : vault.verify(sessions(chosen), round(run, id, percent), run.work());
        vault.refresh();
        List<Damage> damaged =
                report.damaged().stream().filter(damage -> real(vault, damage)).toList();
        Set<SessionId> newer = newer(report);
        sound.removeAll(newer);
        // What the check could not find it did not read.
        sound.retainAll(vault.backups().stream().map(Commit::id).collect(Collectors.toSet()));
        damaged.forEach(damage -> writer.avoid(id, damage.object()));
        Map<SessionId, DamagedRanges> ranges = new HashMap<>(report.ranges());
        judge(run, vault, report, heal(run, vault, damaged, sound, ranges), sound, ranges);
        if (!newer.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "verify.newer",
                    "vault",
                    run.task().subject().vaultName(),
                    "n",
                    newer.size(),
                    "names",
                    chosen.stream()
                            .filter(backup ->
                                    newer.contains(SessionId.of(backup.session().orElseThrow())))
                            .map(Backup::name)
                            .limit(MOST_NAMED)
                            .toList()));
        }
    }

    /** The backups that need something which a newer program wrote: nothing is wrong with them, and this one cannot tell. */
    private static Set<SessionId> newer(VerifyReport report) {
        return report.damaged().stream()
                .filter(damage -> damage.reason() == Damage.Reason.NEWER)
                .flatMap(damage -> damage.backups().stream())
                .collect(Collectors.toSet());
    }

    private List<Backup> chosen(Task task, UUID vault) {
        if (task.subject().backupId().isPresent()) {
            return List.of(backups.get(task.subject().backupId().get()));
        }
        boolean all = !task.parameters().containsKey(DAMAGED);
        return checkable(vault).stream()
                .filter(backup -> all || backup.damaged())
                .toList();
    }

    private static int percent(Task task) {
        return task.parameters().get(PERCENT) instanceof Number given ? given.intValue() : 0;
    }

    /**
     * Makes whole what can be, and reads every byte of the backups that it hit.
     *
     * @param sound is told the backups that were read whole since
     * @param ranges what of their disks is damaged; brought up to date
     * @return what is still damaged
     */
    private List<Damage> heal(
            TaskRun run,
            org.coffer.engine.vault.Vault vault,
            List<Damage> damaged,
            Set<SessionId> sound,
            Map<SessionId, DamagedRanges> ranges) {
        List<Damage> left = new ArrayList<>();
        Set<String> healed = new TreeSet<>();
        Set<SessionId> hit = new HashSet<>();
        for (Damage damage : damaged) {
            if (healed(run, vault, damage)) {
                hit.addAll(damage.backups());
                healed.add(damage.object());
                run.step("healed", "object", damage.object());
            } else {
                left.add(damage);
            }
        }
        if (!hit.isEmpty()) {
            VerifyReport again = vault.verify(hit, Round.everything(), run.work());
            left.addAll(again.damaged());
            ranges.keySet().removeAll(hit);
            ranges.putAll(again.ranges());
            sound.addAll(hit);
        }
        run.outcome("healed", List.copyOf(healed));
        return left;
    }

    /** Where nothing can be written, what is damaged stays so for now. */
    private boolean healed(TaskRun run, org.coffer.engine.vault.Vault vault, Damage damage) {
        try {
            UUID id = run.task().subject().vaultId().orElseThrow();
            return vault.heal(damage.object(), twins.of(id, damage.backups()), run.work());
        } catch (ProblemException e) {
            run.work().checkpoint();
            LOG.log(System.Logger.Level.WARNING, "healing " + damage.object(), e);
            return false;
        }
    }

    private static Set<SessionId> sessions(List<Backup> chosen) {
        return chosen.stream()
                .flatMap(backup -> backup.session().stream())
                .map(SessionId::of)
                .collect(Collectors.toSet());
    }

    /** From where a check goes on: a vault's from its last one, any from where it was itself interrupted. */
    private Round round(TaskRun run, UUID vault, int percent) {
        String key = key(run.task(), vault);
        String me = run.task().id().toString();
        Way way = settings.get(key).map(Way::parse).orElse(Way.NONE);
        boolean on = goesOn(run.task(), way);
        String after = on || whole(run.task()) ? way.pack() : "";
        String from = on ? way.from() : after;
        return new Round(
                percent,
                from,
                after,
                on ? way.done() : 0,
                (pack, done) -> settings.set(key, new Way(me, done, from, pack).toString()));
    }

    /** Whether a check was interrupted on its way, or is in the place of one that was. */
    private static boolean goesOn(Task task, Way way) {
        return way.done() > 0
                && (way.task().equals(task.id().toString())
                        || way.task().equals(task.parameters().get(AFTER)));
    }

    /**
     * The backups of which a check of every byte reads every byte: those that it began with. One that was made while it was
     * interrupted may lie in packs that it passed, and so may damage that somebody else met meanwhile.
     */
    private Set<SessionId> covered(TaskRun run, UUID vault, List<Backup> chosen) {
        String key = key(run.task(), vault);
        Way way = settings.get(key).map(Way::parse).orElse(Way.NONE);
        Set<SessionId> covered = new HashSet<>(sessions(chosen));
        if (goesOn(run.task(), way)) {
            covered.removeAll(sessions(chosen.stream().filter(Backup::damaged).toList()));
            String[] words = settings.get(key + BEGUN).orElse("").split(" ");
            Set<String> begun = words[0].equals(way.task()) ? new HashSet<>(List.of(words)) : Set.of();
            covered.removeIf(session -> !begun.contains(session.toString()));
        }
        String me = run.task().id().toString();
        settings.set(
                key + BEGUN,
                Stream.concat(Stream.of(me), covered.stream().map(SessionId::toString))
                        .limit(MOST_BEGUN)
                        .collect(Collectors.joining(" ")));
        if (goesOn(run.task(), way)) {
            // The two belong together: from here on the way is this task's.
            settings.set(key, new Way(me, way.done(), way.from(), way.pack()).toString());
        }
        return covered;
    }

    /** Whether a check goes round a whole vault, so that the next one goes on after it. */
    private static boolean whole(Task task) {
        return task.subject().backupId().isEmpty() && !task.parameters().containsKey(DAMAGED);
    }

    private static String key(Task task, UUID vault) {
        return (whole(task) ? ROUND : PART) + vault;
    }

    private void judge(
            TaskRun run,
            org.coffer.engine.vault.Vault vault,
            VerifyReport report,
            List<Damage> damaged,
            Set<SessionId> sound,
            Map<SessionId, DamagedRanges> ranges) {
        UUID id = run.task().subject().vaultId().orElseThrow();
        String name = run.task().subject().vaultName();
        Map<String, Damage> hit = new HashMap<>();
        Stream.concat(damaged.stream(), vault.damaged().stream())
                .filter(damage -> damage.reason() != Damage.Reason.NEWER)
                .forEach(damage -> damage.backups().forEach(session -> hit.putIfAbsent(session.toString(), damage)));
        List<String> names = new ArrayList<>();
        List<Map<String, Object>> lost = new ArrayList<>();
        int room = MOST_RUNS;
        for (Backup backup : checkable(id)) {
            String session = backup.session().orElseThrow();
            Damage found = hit.get(session);
            if (found != null) {
                names.add(backup.name());
                Optional<LostRanges> hits = Optional.ofNullable(ranges.get(SessionId.of(session)))
                        .map(all -> LostRanges.of(backup.name(), all));
                backups.damaged(backup.id(), problem(name, found, hits));
                if (hits.isPresent()) {
                    LostRanges listed = hits.get().first(room);
                    room -= listed.runs().size();
                    lost.add(listed.plain());
                }
            } else if (sound.contains(SessionId.of(session))) {
                backups.whole(backup.id());
            }
        }
        if (!report.reached().isEmpty()) {
            // Only now that everybody it hits is marked may the next one begin behind the damage.
            settings.set(key(run.task(), id), new Way(run.task().id().toString(), 0, "", report.reached()).toString());
        }
        run.outcome("objects", report.objects());
        run.outcome("blocks", report.blocks());
        run.outcome("bytes", report.bytes());
        List<String> objects = Stream.concat(damaged.stream(), vault.damaged().stream())
                .filter(damage -> damage.reason() != Damage.Reason.NEWER)
                .map(Damage::object)
                .distinct()
                .toList();
        run.outcome("damaged", objects);
        run.outcome("backupsHit", names);
        run.outcome(LostRanges.NAME, lost);
        run.step("verified", "n", report.objects(), "bytes", report.bytes());
        objects.forEach(object -> run.step("damaged", "object", object));
        events.publish(new Event.VaultChanged(id));
        if (!names.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "verify.damaged",
                    "vault",
                    name,
                    "n",
                    names.size(),
                    "m",
                    checkable(id).stream().filter(backup -> !backup.damaged()).count(),
                    "names",
                    names.stream().limit(MOST_NAMED).toList()));
        }
        List<String> forbidding = objects.stream()
                .filter(org.coffer.engine.vault.Vault::forbidsFreeing)
                .toList();
        if (!forbidding.isEmpty()) {
            throw new ProblemException(Problem.of(
                    "verify.marker",
                    "vault",
                    name,
                    "n",
                    forbidding.size(),
                    "names",
                    forbidding.stream().limit(MOST_NAMED).toList()));
        }
    }

    /** What vanished because its backups were deleted during the check is no damage, nor is what a newer program wrote. */
    private static boolean real(org.coffer.engine.vault.Vault vault, Damage damage) {
        return switch (damage.reason()) {
            case DAMAGED -> true;
            case NEWER -> false;
            default ->
                damage.backups().isEmpty() || damage.backups().stream().anyMatch(session -> !vault.purged(session));
        };
    }

    private static Problem problem(String vault, Damage damage, Optional<LostRanges> lost) {
        return Problem.of(
                "vault.damaged",
                "vault",
                vault,
                "location",
                vault,
                "object",
                damage.object(),
                "details",
                damage.detail(),
                LostRanges.NAME,
                lost.map(LostRanges::kept).orElse(""));
    }

    @Override
    public boolean pausable() {
        return true;
    }

    @Override
    public boolean settle(Task interrupted) {
        return false;
    }

    @Override
    public boolean retryable(Task failed) {
        return !failed.parameters().containsKey(OBJECT) && !failed.parameters().containsKey(DAMAGED);
    }

    @Override
    public Task retry(Task failed) {
        int percent = percent(failed);
        UUID vault = failed.subject().vaultId().orElseThrow();
        Optional<String> after = leftOff(failed, vault);
        return failed.subject().backupId().isPresent()
                ? startBackup(failed.subject().backupId().get(), percent, after)
                : start(vault, percent, after);
    }

    /** The check that a failed one was, or went on after, if it left something unread; not if it found damage. */
    private Optional<String> leftOff(Task failed, UUID vault) {
        boolean found = failed.problem()
                .filter(problem -> problem.code().equals("verify.damaged"))
                .isPresent();
        return settings.get(key(failed, vault))
                .map(Way::parse)
                .map(Way::task)
                .filter(task -> !found
                        && (task.equals(failed.id().toString())
                                || task.equals(failed.parameters().get(AFTER))));
    }
}
