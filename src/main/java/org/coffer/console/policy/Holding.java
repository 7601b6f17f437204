package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
 * them go on when it holds again (P11). {@link Scheduler} asks it at each of its looks. Those that wait for a place at their
 * location do not begin meanwhile, and what goes on again waits for a place too, before what never began.
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
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    /** Tasks that somebody let go on by hand. */
    private final Set<UUID> freed = new HashSet<>();
    /** For which policy open tasks run, and in which vault; nobody's if somebody started it. It never changes. */
    private final Map<UUID, Optional<RunQueue.Who>> makers = new HashMap<>();
    /** Whether tasks that wait must not begin. */
    private boolean barring;

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
        if (!conditions && held.isEmpty() && !barring) {
            return;
        }
        Set<UUID> open = new HashSet<>();
        Map<UUID, Problem> barred = new HashMap<>();
        Map<UUID, Problem> ending = new LinkedHashMap<>();
        for (Task task : tasks.open()) {
            open.add(task.id());
            if (!WORK.contains(task.type())) {
                continue;
            }
            UUID id = task.id();
            boolean runs = task.status() == TaskStatus.RUNNING;
            if (runs && held.remove(id)) {
                freed.add(id);
            }
            if (runs && !freed.contains(id)) {
                unmet(task, serving, now).ifPresent(why -> ending.put(id, why));
            } else if (task.status() == TaskStatus.WAITING || held.contains(id)) {
                Optional<Problem> why = unmet(task, serving, now);
                if (why.isPresent()) {
                    barred.put(id, why.get());
                } else if (held.contains(id)) {
                    tasks.letGo(id, () -> held.remove(id));
                }
            }
        }
        // What is let go has its turn by now; and what is held below must not give its place to what has to wait.
        tasks.bar(barred);
        barring = !barred.isEmpty();
        ending.forEach(this::hold);
        held.retainAll(open);
        freed.retainAll(open);
        makers.keySet().retainAll(open);
    }

    private void hold(UUID task, Problem why) {
        if (tasks.hold(task, "held-" + why.code().substring(why.code().indexOf('.') + 1), why.args())) {
            held.add(task);
        }
    }

    /** The condition that does not hold for the run that a task is part of. */
    private Optional<Problem> unmet(Task task, Serving serving, Instant now) {
        return makers.computeIfAbsent(task.id(), _ -> maker(task))
                .flatMap(who -> serving.find(who.policy(), who.vault()))
                .map(Policy::plan)
                .filter(plan -> plan.conditions().any())
                .flatMap(plan -> runs.condition(
                        plan, LocalTime.ofInstant(now, plan.schedule().zone())));
    }

    private Optional<RunQueue.Who> maker(Task task) {
        Optional<Backup> backup = task.subject().backupId().flatMap(backups::find);
        return backup.flatMap(Backup::automatic)
                .map(from -> new RunQueue.Who(
                        from.policy(),
                        Leases.sourceVault(task.parameters())
                                .orElse(backup.get().vaultId())));
    }
}
