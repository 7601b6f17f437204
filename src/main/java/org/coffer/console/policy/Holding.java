package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;

/**
 * Holds the runs of policies still when a condition ends under which they started, such as their allowed hours, and lets
 * them go on when it holds again (P11). {@link Scheduler} asks it at each of its looks.
 *
 * <p>A run whose policy is switched off, deleted, or serves the vault no longer goes on whatever the conditions are (P8). So
 * does one that somebody lets go on by hand: who does that wants it now. A run that is held still when the program ends goes
 * on at the next start, and is held still again at the next look.
 */
public final class Holding {
    private static final Set<TaskType> WORK = Set.of(TaskType.BACKUP, TaskType.REPLICATE);

    private final Tasks tasks;
    private final Backups backups;
    private final Runs runs;
    /** Tasks that stand still because of this. */
    private final Set<UUID> held = new HashSet<>();
    /** Tasks that somebody let go on by hand. */
    private final Set<UUID> freed = new HashSet<>();

    /** Holds the tasks still that make {@code backups}; {@code runs} knows the conditions. */
    public Holding(Tasks tasks, Backups backups, Runs runs) {
        this.tasks = tasks;
        this.backups = backups;
        this.runs = runs;
    }

    /** Who is responsible for the backups of a vault. */
    @FunctionalInterface
    interface Serving {
        /** The policy, if it is on and still serves that vault. */
        Optional<Policy> find(UUID policy, UUID vault);
    }

    /**
     * Looks at all runs.
     *
     * @param conditions whether any policy has conditions at all
     */
    void look(boolean conditions, Serving serving, Instant now) {
        if (!conditions && held.isEmpty()) {
            return;
        }
        Set<UUID> open = new HashSet<>();
        for (Task task : tasks.open()) {
            open.add(task.id());
            if (WORK.contains(task.type()) && task.status() != TaskStatus.WAITING) {
                look(task, serving, now);
            }
        }
        held.retainAll(open);
        freed.retainAll(open);
    }

    private void look(Task task, Serving serving, Instant now) {
        boolean runs = task.status() == TaskStatus.RUNNING;
        if (runs && held.remove(task.id())) {
            freed.add(task.id());
        }
        if (runs && !freed.contains(task.id())) {
            unmet(task, serving, now).ifPresent(why -> hold(task, why));
        } else if (held.contains(task.id()) && unmet(task, serving, now).isEmpty()) {
            held.remove(task.id());
            tasks.letGo(task.id());
        }
    }

    private void hold(Task task, Problem why) {
        if (tasks.hold(task.id(), "held-" + why.code().substring(why.code().indexOf('.') + 1), why.args())) {
            held.add(task.id());
        }
    }

    /** The condition that does not hold for the run that a task is part of. */
    private Optional<Problem> unmet(Task task, Serving serving, Instant now) {
        Optional<Backup> backup = task.subject().backupId().flatMap(backups::find);
        return backup.flatMap(Backup::automatic)
                .flatMap(from -> serving.find(
                        from.policy(),
                        Leases.sourceVault(task.parameters())
                                .orElse(backup.get().vaultId())))
                .map(Policy::plan)
                .filter(plan -> plan.conditions().any())
                .flatMap(plan -> runs.condition(
                        plan, LocalTime.ofInstant(now, plan.schedule().zone())));
    }
}
