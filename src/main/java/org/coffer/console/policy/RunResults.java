package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.policy.RunTaskStore.RunTask;
import org.coffer.console.task.TaskStatus;

/**
 * How the last runs of a policy ended. A slot only knows that it was started; how that went its tasks say. They are those
 * that the schedule, or an administrator who was asked, started in the same vault when the slot was decided: nothing else
 * is, because slots of a policy lie an hour apart and a vault has one policy.
 */
public final class RunResults {
    /** Longer than it takes to enter the tasks of the largest vault. */
    private static final Duration ENTERING = Duration.ofMinutes(1);

    private final SlotStore slots;
    private final RunTaskStore tasks;
    private final PolicyStore policies;

    /** Reads {@code catalog}. */
    public RunResults(Catalog catalog) {
        this.slots = new SlotStore(catalog);
        this.tasks = new RunTaskStore(catalog);
        this.policies = new PolicyStore(catalog);
    }

    /** The last runs of a policy in all its vaults, newest first. */
    public List<RunResult> last(UUID policy, int n) {
        List<SlotRun> runs = slots.last(policy, n);
        Map<UUID, List<RunTask>> byVault = tasks(policy, runs).stream().collect(Collectors.groupingBy(RunTask::vault));
        return runs.stream()
                .map(run -> result(run, byVault.getOrDefault(run.vault(), List.of())))
                .toList();
    }

    private List<RunTask> tasks(UUID policy, List<SlotRun> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        PolicyKind kind = policies.find(policy).map(Policy::kind).orElse(PolicyKind.BACKUP);
        Instant oldest =
                runs.stream().map(SlotRun::decidedAt).min(Instant::compareTo).orElseThrow();
        return tasks.since(
                oldest,
                policy,
                kind,
                runs.stream().map(SlotRun::vault).distinct().toList());
    }

    private static RunResult result(SlotRun run, Collection<RunTask> inVault) {
        Instant end = run.decidedAt().plus(ENTERING);
        List<RunTask> mine = inVault.stream()
                .filter(task -> !task.created().isBefore(run.decidedAt())
                        && task.created().isBefore(end))
                .toList();
        Map<TaskStatus, Long> disks =
                count(mine.stream().filter(RunTask::ofDisk).toList());
        int all = disks.values().stream().mapToInt(Long::intValue).sum();
        int good = disks.getOrDefault(TaskStatus.SUCCEEDED, 0L).intValue();
        return new RunResult(run, outcome(run, mine, disks, good, all), good, all);
    }

    private static Map<TaskStatus, Long> count(List<RunTask> tasks) {
        return tasks.stream()
                .collect(Collectors.groupingBy(
                        RunTask::status, () -> new EnumMap<>(TaskStatus.class), Collectors.counting()));
    }

    private static Outcome outcome(SlotRun run, List<RunTask> mine, Map<TaskStatus, Long> disks, int good, int all) {
        return switch (run.fate()) {
            case WAITING -> Outcome.WAITING;
            case ASKED -> Outcome.ASKED;
            case SKIPPED ->
                mine.stream().anyMatch(task -> !task.ofDisk() && task.status() == TaskStatus.FAILED)
                        ? Outcome.FAILED
                        : Outcome.SKIPPED;
            case STARTED, AHEAD, AGAIN -> started(disks, good, all);
        };
    }

    private static Outcome started(Map<TaskStatus, Long> disks, int good, int all) {
        if (all == 0) {
            return Outcome.STARTED;
        }
        if (disks.keySet().stream().anyMatch(status -> !status.ended())) {
            return Outcome.RUNNING;
        }
        if (good > 0) {
            return good == all ? Outcome.SUCCEEDED : Outcome.PARTLY;
        }
        if (disks.containsKey(TaskStatus.FAILED) || disks.containsKey(TaskStatus.TIMED_OUT)) {
            return Outcome.FAILED;
        }
        return disks.containsKey(TaskStatus.CANCELED) ? Outcome.CANCELED : Outcome.SKIPPED;
    }
}
