package org.coffer.console.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;

/**
 * Starts what policies make.
 *
 * <p>That a slot is taken and that there are tasks and backups for it is written in one transaction. A process that dies
 * before it has done nothing; one that dies after it leaves tasks, which the next start settles. So a slot never runs
 * twice.
 */
public final class AutomaticBackups {
    /** The parameter of a task that names its slot, in milliseconds since 1970. */
    public static final String SLOT = "slot";

    private final Backups backups;
    private final Vaults vaults;
    private final Tasks tasks;
    private final Events events;
    private final RandomGenerator random;

    /** Starts {@code backups} through {@code tasks}; names are drawn from {@code random}. */
    public AutomaticBackups(Backups backups, Vaults vaults, Tasks tasks, Events events, RandomGenerator random) {
        this.backups = backups;
        this.vaults = vaults;
        this.tasks = tasks;
        this.events = events;
        this.random = random;
    }

    /**
     * Starts one backup per disk of a vault. A disk that is being worked on is skipped, and the skip is a task (P10).
     *
     * @return the tasks, in the order of the disks; none if the slot was taken before
     */
    public List<Task> start(NewAutomatic wanted) {
        Vault vault = vaults.get(wanted.vault());
        String name = vault.backupPrefix() + Names.suggest(Backups.AUTOMATIC_PREFIX, random);
        List<UUID> all = vault.disks();
        List<Task> rows = backups.leases().take(() -> {
            List<Task> written = new ArrayList<>();
            if (wanted.claim().getAsBoolean()) {
                HeldDisks held = backups.leases().disks();
                for (int i = 0; i < all.size(); i++) {
                    String mine = all.size() == 1 ? name : String.format("%s-%04d", name, i + 1);
                    written.add(enter(wanted, vault, held, held.get(all.get(i)), mine));
                }
            }
            return written;
        });
        for (Task row : rows) {
            if (row.status().ended()) {
                tasks.tell(row);
            } else {
                tasks.launch(row);
                row.subject().backupId().ifPresent(id -> events.publish(new Event.BackupChanged(id)));
            }
        }
        return rows;
    }

    private Task enter(NewAutomatic wanted, Vault vault, HeldDisks held, Disk disk, String name) {
        UUID id = UUID.randomUUID();
        Optional<Problem> busy = held.problem(disk);
        if (busy.isPresent()) {
            NewTask skipped = work(wanted, vault, disk, Optional.empty(), name);
            return tasks.enterEnded(skipped, TaskStatus.SKIPPED, busy.get());
        }
        Task row = tasks.create(work(wanted, vault, disk, Optional.of(id), name));
        Instant now = backups.now();
        backups.store()
                .insert(backups.creating(
                        id,
                        name,
                        "",
                        vault,
                        disk,
                        row.id(),
                        Origin.AUTOMATIC,
                        Optional.of(wanted.from()),
                        wanted.expiry().apply(now)));
        held.add(row);
        return row;
    }

    /** Enters a slot at which nothing ran in a vault, with its reason (P11), in the transaction of an act; {@link #tell} after it. */
    public Task skipped(Vault vault, TaskType type, TaskStatus status, Problem reason) {
        return tasks.enterEnded(
                new NewTask(type, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), Map.of()),
                status,
                reason);
    }

    /** Tells everybody of a slot that was entered. */
    public void tell(Task entered) {
        tasks.tell(entered);
    }

    private static NewTask work(NewAutomatic wanted, Vault vault, Disk disk, Optional<UUID> backup, String name) {
        return new NewTask(
                TaskType.BACKUP,
                new Task.Subject(
                        disk.name(),
                        Optional.of(vault.id()),
                        vault.name(),
                        Optional.of(disk.id()),
                        disk.name(),
                        backup,
                        Optional.of(vault.locationId())),
                Map.of(
                        BackupWork.NAME,
                        name,
                        BackupWork.DESCRIPTION,
                        "",
                        BackupWork.FULL,
                        wanted.full().test(disk.id()),
                        BackupWork.LIMIT,
                        wanted.limit(),
                        SLOT,
                        wanted.from().slot().toEpochMilli()));
    }
}
