package org.coffer.console.vault;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private final Vaults vaults;
    private final Locations locations;
    private final Tasks tasks;
    private final Audit audit;

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
        problem(vault.capacityGb() + byGb).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return grow(vault, vault.capacityGb() + byGb);
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
        return wanted > vault.capacityGb() ? Optional.of(grow(vault, wanted)) : Optional.empty();
    }

    /** 1.25 times, rounded up to whole GB, repeated until {@code used} fits, at most {@code most}. */
    static long grown(long capacityGb, long used, long most) {
        long gb = capacityGb;
        while (used > gb * Vault.GB && gb < most) {
            gb = Math.min(most, Math.ceilDiv(gb * 5, 4));
        }
        return gb;
    }

    private Task grow(Vault vault, long toGb) {
        Task task = tasks.create(new NewTask(
                TaskType.EXPAND, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), Map.of(TO, toGb)));
        tasks.launch(task);
        return task;
    }

    @Override
    public void run(TaskRun run) {
        UUID id = run.task().subject().vaultId().orElseThrow();
        long to = ((Number) run.task().parameters().getOrDefault(TO, 0)).longValue();
        Vault before = vaults.get(id);
        vaults.status(id, VaultStatus.LOCKED, Optional.empty());
        try {
            vaults.store().capacity(id, Math.max(to, before.capacityGb()));
        } finally {
            vaults.status(id, VaultStatus.AVAILABLE, Optional.empty());
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

    @Override
    public boolean settle(Task interrupted) {
        UUID id = interrupted.subject().vaultId().orElseThrow();
        long to = ((Number) interrupted.parameters().getOrDefault(TO, 0)).longValue();
        Optional<Vault> vault = vaults.find(id);
        vault.filter(v -> v.status() == VaultStatus.LOCKED)
                .ifPresent(v -> vaults.status(id, VaultStatus.AVAILABLE, Optional.empty()));
        return vault.filter(v -> v.capacityGb() >= to).isPresent();
    }

    @Override
    public Task retry(Task failed) {
        Vault vault = vaults.allowed(failed.subject().vaultId().orElseThrow(), VaultAction.EXPAND);
        return grow(vault, ((Number) failed.parameters().getOrDefault(TO, 0)).longValue());
    }
}
