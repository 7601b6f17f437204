package org.coffer.console.vault;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** How large vaults are, and how they grow (V4, V7). Growing is a task; the vault is locked for its length. */
public final class Capacity implements TaskHandler {
    private static final String TO = "toGb";
    /** By how much, where somebody said that rather than how large in the end: two such requests add up. */
    private static final String BY = "byGb";

    private final Vaults vaults;
    private final Locations locations;
    private final Tasks tasks;
    private final Audit audit;
    /** One after the other: each looks at what the one before it left. */
    private final ReentrantLock growing = new ReentrantLock(true);

    /** Grows {@code vaults} through {@code tasks}. */
    public Capacity(Vaults vaults, Locations locations, Tasks tasks, Audit audit) {
        this.vaults = vaults;
        this.locations = locations;
        this.tasks = tasks;
        this.audit = audit;
        tasks.register(TaskType.EXPAND, this);
    }

    /** What is wrong with a capacity: {@code capacity.range}. */
    public static Optional<Problem> problem(long gb) {
        return gb >= Vault.SMALLEST_GB && gb <= Vault.LARGEST_GB
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "capacity.range", "given", gb, "least", Vault.SMALLEST_GB, "most", Vault.LARGEST_GB));
    }

    /**
     * Expands a vault by hand.
     *
     * @param byGb at least 1
     * @return the task
     * @throws ProblemException {@code capacity.step} below 1, {@code capacity.range} above the maximum, or that the
     *     vault's state does not allow it
     */
    public Task expand(UUID id, long byGb) {
        Vault vault = vaults.allowed(id, VaultAction.EXPAND);
        if (byGb < 1) {
            throw new ProblemException(Problem.of("capacity.step", "given", byGb));
        }
        if (byGb > Vault.LARGEST_GB) {
            throw new ProblemException(
                    Problem.of("capacity.range", "given", byGb, "least", Vault.SMALLEST_GB, "most", Vault.LARGEST_GB));
        }
        fits(vault.capacityGb() + byGb);
        return grow(vault, Map.of(TO, vault.capacityGb() + byGb, BY, byGb));
    }

    private static void fits(long gb) {
        problem(gb).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    /**
     * After a backup: grows a vault that is above its capacity, if it may grow by itself (V7).
     *
     * @return the task; empty if nothing had to be done, or nothing more can be
     */
    public Optional<Task> growIfWanted(UUID id) {
        Vault vault = vaults.get(id);
        if (!vault.autoExpand()
                || !vault.over()
                || VaultAction.EXPAND.refusal(vault).isPresent()) {
            return Optional.empty();
        }
        Location location = locations.get(vault.locationId());
        long holds = location.freeBytes() < 0 ? Vault.LARGEST_GB : (vault.used() + location.freeBytes()) / Vault.GB;
        long wanted = grown(vault.capacityGb(), vault.used(), Math.min(Vault.LARGEST_GB, holds));
        return wanted > vault.capacityGb() ? Optional.of(grow(vault, Map.of(TO, wanted))) : Optional.empty();
    }

    /** 1.25 times, rounded up to whole GB, repeated until {@code used} fits, at most {@code most}. */
    static long grown(long capacityGb, long used, long most) {
        long gb = capacityGb;
        while (used > gb * Vault.GB && gb < most) {
            gb = Math.min(most, Math.ceilDiv(gb * 5, 4));
        }
        return gb;
    }

    private Task grow(Vault vault, Map<String, Object> how) {
        Task task = tasks.create(
                new NewTask(TaskType.EXPAND, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), how));
        tasks.launch(task);
        return task;
    }

    @Override
    public void run(TaskRun run) {
        growing.lock();
        try {
            growNow(run);
        } finally {
            growing.unlock();
        }
    }

    private void growNow(TaskRun run) {
        UUID id = run.task().subject().vaultId().orElseThrow();
        run.work().checkpoint();
        Vault before = vaults.allowed(id, VaultAction.EXPAND);
        long to = target(run.task(), before);
        fits(to);
        vaults.status(id, VaultStatus.LOCKED, Optional.empty());
        try {
            vaults.store().capacity(id, to);
        } finally {
            unlock(id);
        }
        run.step("expanded", "from", before.capacityGb(), "to", to);
        run.outcome("capacityGb", to);
        audit.succeeded(
                AuditEvent.UPDATE_VAULT,
                Vaults.target(before),
                Map.of("capacity", before.capacityGb()),
                Map.of("capacity", to));
        vaults.changed(id);
    }

    private static long target(Task task, Vault before) {
        return task.parameters().containsKey(BY)
                ? before.capacityGb() + number(task, BY)
                : Math.max(number(task, TO), before.capacityGb());
    }

    private static long number(Task task, String name) {
        return ((Number) task.parameters().getOrDefault(name, 0)).longValue();
    }

    /** As it was before it was locked; what came to be otherwise meanwhile stays so. */
    private void unlock(UUID id) {
        vaults.store()
                .find(id)
                .filter(row -> row.status() == VaultStatus.LOCKED)
                .ifPresent(row -> vaults.status(id, VaultStatus.AVAILABLE, Optional.empty()));
    }

    @Override
    public boolean settle(Task interrupted) {
        UUID id = interrupted.subject().vaultId().orElseThrow();
        unlock(id);
        return vaults.find(id)
                .filter(vault -> vault.capacityGb() >= number(interrupted, TO))
                .isPresent();
    }

    @Override
    public Task retry(Task failed) {
        Vault vault = vaults.allowed(failed.subject().vaultId().orElseThrow(), VaultAction.EXPAND);
        return grow(vault, failed.parameters());
    }
}
