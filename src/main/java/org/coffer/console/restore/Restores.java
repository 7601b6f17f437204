package org.coffer.console.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.setting.Settings;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.DiskCompare;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.work.Work;
import org.coffer.machine.Body;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Getting a disk back (S1, S3, S4): first a {@link Plan} that says what stands in the way, on request a comparison that
 * counts what would be overwritten, then the task that {@link RestoreWork} does.
 */
public final class Restores {
    private final Backups backups;
    private final Vaults vaults;
    private final Disks disks;
    private final Tasks tasks;
    private final Audit audit;
    private final Leases leases;
    private final Cargo cargo;
    private final Copies copies;
    private final Undoing undoing;
    private final Receipts receipts;
    private final Endings endings;
    private final Planner planner;
    private final Growths growths;

    /**
     * Restores {@code backups} through {@code tasks}, and keeps disks mounted that nobody may overwrite.
     *
     * @param home the folder of the catalog and the secrets
     */
    public Restores(
            Backups backups,
            Vaults vaults,
            Locations locations,
            Disks disks,
            Tasks tasks,
            Audit audit,
            Settings settings,
            Path home,
            Clock clock) {
        this.backups = backups;
        this.vaults = vaults;
        this.disks = disks;
        this.tasks = tasks;
        this.audit = audit;
        this.leases = backups.leases();
        this.cargo = new Cargo(locations, vaults, disks, settings, home);
        this.copies = new Copies(backups, tasks, settings, clock);
        this.undoing = new Undoing(backups, disks, tasks, copies, clock);
        this.receipts = new Receipts(backups, disks, tasks);
        this.endings = new Endings(disks, backups, tasks, audit);
        Previews previews = new Previews(backups, vaults, disks, copies, new Estimates(tasks, clock), clock);
        this.planner = new Planner(backups, vaults, locations, disks, cargo, previews);
        this.growths = new Growths(disks);
        disks.guardMounts(cargo::problem);
    }

    /**
     * Puts back what a process that died left unmounted (S2). Where a restore is to go on with the disk, or left it unfinished, it
     * waits for that; what cannot be mounted stays {@linkplain Disks#owedMounts owed}.
     */
    public void settleUnmounted() {
        for (UUID id : disks.owedMounts().keySet()) {
            Disk disk = disks.get(id);
            if (disk.unfinishedRestore().isEmpty() && leases.disk(disk).isEmpty()) {
                disks.mountAgain(id);
            }
        }
    }

    /** Remembers which disks carry vaults, so that they are no targets after they were unmounted by hand either. */
    public void rememberCarriers() {
        cargo.remember();
    }

    /**
     * What a restore would do. Looks at the target disk.
     *
     * @throws ProblemException {@code backup.missing}
     */
    public Plan plan(NewRestore wanted) {
        return planner.plan(wanted, Optional.empty());
    }

    /** Why a backup cannot be read now. */
    public Optional<Problem> sourceProblem(Backup backup) {
        return planner.sourceProblems(backup).stream().findFirst();
    }

    /** The location that a backup lies in. */
    public Optional<UUID> location(Backup backup) {
        return Optional.of(vaults.get(backup.vaultId()).locationId());
    }

    /**
     * A backup's disk, to be read.
     *
     * @throws ProblemException why it cannot be
     */
    public DiskReader reader(Backup backup) {
        sourceProblem(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return RestoreWork.reader(vaults.open().get(backup.vaultId()), backup);
    }

    /**
     * Reads the target disk and counts what would be overwritten. Takes as long as reading it does; {@code work} shows how far
     * it is in stage {@link org.coffer.engine.work.Stage#COMPARING}, and can be canceled.
     *
     * @throws ProblemException why it cannot be compared
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public Difference compare(NewRestore wanted, Work work) {
        Plan plan = plan(wanted);
        if (plan.targetDisk().isEmpty()) {
            long bytes = plan.backup().sizes().logical();
            return new Difference(0, bytes, Math.ceilDiv(bytes, DiskWriter.BLOCK));
        }
        var vault = vaults.open().get(plan.backup().vaultId());
        DiskReader reader = RestoreWork.reader(vault, plan.backup());
        try (BlockSource target = disks.source(plan.targetDisk().get())) {
            DiskCompare.Difference found = DiskCompare.run(reader, target, work);
            return new Difference(found.size(), found.toWrite() + found.toZero(), found.blocks());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("disk.failed", "disk", plan.targetName(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Whether a safety copy of what a comparison found to differ has room in the backup's vault: {@code restore.room} if it may
     * not. What differs is compressed when it is stored, so it may fit all the same. Empty where none would be made anew.
     */
    public Optional<Problem> room(Plan plan, Difference found) {
        if (plan.preview().safetyCopy().filter(Preview.Safety::makes).isEmpty()) {
            return Optional.empty();
        }
        Vault vault = vaults.get(plan.backup().vaultId());
        long free = planner.free(vault);
        return found.bytes() <= free
                ? Optional.empty()
                : Optional.of(Problem.of("restore.room", "vault", vault.name(), "need", found.bytes(), "free", free));
    }

    /**
     * Whether what comes last on a larger target can use all of it after the restore (S1). Reads a little of the backup.
     *
     * @return empty where nothing is left over, or the backup cannot be read now
     */
    public Optional<Growth> growth(Plan plan) {
        return growths.isLarger(plan) && sourceProblem(plan.backup()).isEmpty()
                ? Optional.of(growths.of(plan, reader(plan.backup())))
                : Optional.empty();
    }

    /**
     * Starts a restore.
     *
     * @throws ProblemException the first thing that stands in the way; {@code grow.…} if it is to grow and cannot
     */
    public Task start(NewRestore wanted) {
        return start(wanted, Body.UNKNOWN, Optional.empty());
    }

    /**
     * Starts a restore that somebody said yes to when he had seen {@code shown}.
     *
     * @throws ProblemException as {@link #start(NewRestore)}; {@code restore.exchanged} if another disk or file took the place
     *     of the target since
     */
    public Task start(NewRestore wanted, Plan shown) {
        return start(wanted, shown.body(), Optional.empty());
    }

    private Task start(NewRestore wanted, Body shown, Optional<UUID> undoes) {
        Task task = prepare(wanted, shown, undoes);
        tasks.launch(task);
        return task;
    }

    /** Starts again what failed, onto the disk that it was about. @throws ProblemException as it was started */
    Task again(RestoreTask failed) {
        return failed.undoes().isPresent()
                ? undo(failed.undoes().get(), failed.copy().isPresent(), failed.body())
                : start(failed.wanted(), failed.body(), Optional.empty());
    }

    /** Writes the row of a restore; it runs when it is launched. */
    Task prepare(NewRestore wanted) {
        return prepare(wanted, Body.UNKNOWN, Optional.empty());
    }

    Task prepare(NewRestore wanted, Body shown, Optional<UUID> undoes) {
        Plan plan = plan(wanted);
        exchanged(shown, plan).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        plan.blocking().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (wanted.grow()) {
            growths.possible(plan, growth(plan));
        }
        Backup backup = plan.backup();
        Vault vault = vaults.get(backup.vaultId());
        NewTask restore = new NewTask(
                TaskType.RESTORE,
                new Task.Subject(
                        plan.targetName(),
                        Optional.of(vault.id()),
                        vault.name(),
                        Optional.of(plan.targetDisk().orElse(backup.diskId())),
                        plan.targetDisk().isPresent() ? plan.targetName() : backup.diskName(),
                        Optional.of(backup.id()),
                        Optional.of(vault.locationId())),
                asked(wanted, plan, undoes).parameters());
        return backups.beginRestore(backup.id(), restore, () -> taken(plan));
    }

    private static RestoreTask asked(NewRestore wanted, Plan plan, Optional<UUID> undoes) {
        Optional<Target> disk = plan.targetDisk().map(Target.OtherDisk::new);
        return new RestoreTask(
                new NewRestore(
                        wanted.backup(),
                        disk.orElseGet(() -> file(wanted.target(), plan)),
                        wanted.verify(),
                        wanted.safetyCopy(),
                        wanted.grow()),
                plan.path(),
                disk.map(one -> plan.targetCapacity()),
                plan.body(),
                plan.backup().name(),
                plan.backup().diskName(),
                Optional.of(plan.backup().createdAt()),
                plan.preview()
                        .safetyCopy()
                        .filter(safety -> safety.undoable(wanted.safetyCopy()).isPresent())
                        .map(Restores::copy),
                undoes);
    }

    private static Target file(Target wanted, Plan plan) {
        return wanted instanceof Target.NewFile file
                ? new Target.NewFile(plan.path(), file.format())
                : new Target.NewFile(plan.path());
    }

    private static UUID copy(Preview.Safety safety) {
        return safety.kept().map(Backup::id).orElseGet(UUID::randomUUID);
    }

    /** What may have changed between the plan and the row of the task: the backup's state, and who holds the target. */
    private Optional<Problem> taken(Plan plan) {
        List<Problem> found =
                new ArrayList<>(planner.sourceProblems(backups.get(plan.backup().id())));
        plan.targetDisk()
                .map(disks::get)
                .ifPresentOrElse(
                        disk -> leases.disk(disk).ifPresent(found::add),
                        () -> leases.file(plan.path(), Optional.empty()).ifPresent(found::add));
        return found.stream().findFirst();
    }

    /**
     * Looks at everything again when a task begins to run, which may be long after it was asked for: whatever the plan
     * would refuse, and a target that is not as it was shown.
     */
    Optional<Problem> refusal(Task task, RestoreTask asked) {
        Plan now = planner.plan(asked.wanted(), Optional.of(task.id()));
        return now.blocking().stream().findFirst().or(() -> changed(asked, now)).or(() -> exchanged(asked.body(), now));
    }

    /** Another disk or file is where the target was, whatever it is called and however large it is. */
    private static Optional<Problem> exchanged(Body then, Plan now) {
        return then.replacedBy(now.body())
                ? Optional.of(Problem.of("restore.exchanged", "target", now.targetName()))
                : Optional.empty();
    }

    private static Optional<Problem> changed(RestoreTask asked, Plan now) {
        return asked.capacity()
                .filter(shown -> shown != now.targetCapacity())
                .map(shown -> Problem.of(
                        "restore.changed", "target", now.targetName(), "a", shown, "b", now.targetCapacity()));
    }

    // ---- undoing

    Copies copies() {
        return copies;
    }

    Endings endings() {
        return endings;
    }

    /** The restores that can be undone now (S8), newest first. */
    public List<Undoable> undoable() {
        return undoing.all();
    }

    /** This restore, if it can be undone now. */
    public Optional<Undoable> undoable(UUID task) {
        return undoing.find(task);
    }

    /**
     * What takes the disk of a restore back to what it was: this restore, undone; or, if that overwrote nothing or was to finish
     * another one, the one whose mark is on the disk. Empty if nothing can be undone now.
     */
    public Optional<Undoable> wayBack(UUID task) {
        return undoing.wayBack(task);
    }

    /**
     * The restore that a safety copy was made for, if it can be undone now.
     *
     * @param copy a backup; any other than a safety copy undoes nothing
     */
    public Optional<Undoable> undoableBy(UUID copy) {
        return undoing.all().stream()
                .filter(one -> one.safetyCopy().id().equals(copy))
                .findFirst();
    }

    /**
     * Starts to undo a restore: the disk becomes again what it was before, byte for byte; only what differs is written, and it
     * is read back. Makes no safety copy of what is lost by that.
     *
     * @throws ProblemException {@code undo.none}, {@code undo.running}, {@code undo.untouched}, {@code undo.done},
     *     {@code undo.over}; or what stands in the way of restoring the safety copy
     */
    public Task undo(UUID restoreTask) {
        return undo(restoreTask, false);
    }

    /** The same, with a safety copy of what is lost by that if it is wanted. */
    public Task undo(UUID restoreTask, boolean safetyCopy) {
        return undo(restoreTask, safetyCopy, Body.UNKNOWN);
    }

    /**
     * The same for somebody who said yes to it when he had seen {@link #undoPlan}.
     *
     * @throws ProblemException as {@link #undo(UUID)}; {@code restore.exchanged} as {@link #start(NewRestore, Plan)}
     */
    public Task undo(UUID restoreTask, boolean safetyCopy, Plan shown) {
        return undo(restoreTask, safetyCopy, shown.body());
    }

    private Task undo(UUID restoreTask, boolean safetyCopy, Body shown) {
        Undoable found = undoing.get(restoreTask);
        NewRestore wanted = new NewRestore(
                found.safetyCopy().id(), new Target.OtherDisk(found.disk()), true, safetyCopy && !found.unfinished());
        return start(wanted, shown, Optional.of(restoreTask));
    }

    /** What undoing a restore would do, for a preview. @throws ProblemException as {@link #undo} */
    public Plan undoPlan(UUID restoreTask) {
        Undoable found = undoing.get(restoreTask);
        return plan(new NewRestore(found.safetyCopy().id(), new Target.OtherDisk(found.disk()), true, false));
    }

    /** How many days a restore can be undone: 1 to 90, 7 unless it was changed. */
    public int undoDays() {
        return copies.days();
    }

    /** Changes that for restores to come. @throws ProblemException {@code undo.days} */
    public void setUndoDays(int days) {
        int before = copies.days();
        copies.days(days);
        audit.succeeded(
                AuditEvent.UPDATE_SETTING,
                new Audit.Target("setting", Copies.DAYS, Copies.DAYS),
                Map.of("days", before),
                Map.of("days", days));
    }

    /**
     * The receipt of a restore, or of the undoing of one, as far as it is.
     *
     * @throws ProblemException {@code task.missing}, {@code receipt.none} if the task is no restore
     */
    public Receipt receipt(UUID task) {
        return receipts.of(task);
    }

    /**
     * Takes a disk as it is although a restore onto it did not finish: it can be backed up and bound again. Does nothing
     * if it carries no such mark.
     *
     * @throws ProblemException {@code restore.running} while a restore writes to it
     */
    public void useAsItIs(UUID id) {
        Disk disk = disks.get(id);
        Optional<UUID> unfinished = leases.take(() -> {
            leases.disk(disk).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            Optional<UUID> mark = disks.get(id).unfinishedRestore();
            mark.ifPresent(task -> disks.usable(id));
            mark.ifPresent(task -> endings.settled(id));
            return mark;
        });
        unfinished.ifPresent(task -> {
            audit.succeeded(
                    AuditEvent.UPDATE_DISK,
                    new Audit.Target("disk", id.toString(), disk.name()),
                    Map.of("unfinishedRestore", task.toString()),
                    Map.of());
            disks.changed();
            disks.mountAgain(id);
        });
    }
}
