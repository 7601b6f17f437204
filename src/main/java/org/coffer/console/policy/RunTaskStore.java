package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.TASK;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.backup.AutomaticBackups;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Leases;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.TaskRecord;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The SQL that finds the tasks of a policy's runs. */
final class RunTaskStore {
    private final Catalog catalog;

    RunTaskStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A task as far as it matters to a run.
     *
     * @param vault the one that the run serves: of a copy that it is taken out of
     * @param ofDisk whether it is about a disk; if not, about the vault as a whole
     */
    record RunTask(UUID vault, Instant created, TaskStatus status, boolean ofDisk) {}

    /**
     * A task that made a full backup.
     *
     * @param begun when: its slot, if it was in time for that
     */
    record FullRun(UUID task, UUID disk, Instant begun) {}

    /** The full backups that were made in a vault by tasks of a moment or later, whatever became of them since. */
    List<FullRun> full(UUID vault, Instant since) {
        return catalog
                .sql()
                .selectFrom(TASK)
                .where(TASK.CREATED_AT.ge(since.toEpochMilli()))
                .and(TASK.KIND.eq(TaskType.BACKUP.name()))
                .and(TASK.STATUS.eq(TaskStatus.SUCCEEDED.name()))
                .and(TASK.VAULT_ID.eq(vault.toString()))
                .and(TASK.RESOURCE_ID.isNotNull())
                .fetch()
                .stream()
                .filter(row -> row.getOutcome() != null
                        && Kind.FULL.name().equals(Json.read(row.getOutcome()).get("kind")))
                .map(row -> new FullRun(UUID.fromString(row.getId()), UUID.fromString(row.getResourceId()), begun(row)))
                .toList();
    }

    private static Instant begun(TaskRecord row) {
        Instant real = Instant.ofEpochMilli(row.getStartedAt() == null ? row.getCreatedAt() : row.getStartedAt());
        return Json.read(row.getParameters()).get(AutomaticBackups.SLOT) instanceof Number slot
                        && !real.isAfter(Instant.ofEpochMilli(slot.longValue()).plus(Scheduler.GRACE))
                ? Instant.ofEpochMilli(slot.longValue())
                : real;
    }

    /** Tasks about some vaults, of what a policy does, that were started by the schedule, or for it, at a moment or later. */
    List<RunTask> since(Instant oldest, UUID policy, PolicyKind kind, Collection<UUID> vaults) {
        return kind == PolicyKind.BACKUP
                ? select(
                        oldest,
                        policy,
                        TaskType.BACKUP,
                        TASK.VAULT_ID.in(vaults.stream().map(UUID::toString).toList()))
                : select(oldest, policy, TaskType.REPLICATE, DSL.trueCondition()).stream()
                        .filter(task -> vaults.contains(task.vault()))
                        .toList();
    }

    private List<RunTask> select(Instant oldest, UUID policy, TaskType type, Condition which) {
        return catalog.sql()
                .select(TASK.VAULT_ID, TASK.CREATED_AT, TASK.STATUS, TASK.RESOURCE_ID, TASK.PARAMETERS)
                .from(TASK)
                .where(TASK.CREATED_AT.ge(oldest.toEpochMilli()))
                .and(TASK.KIND.eq(type.name()))
                .and(which)
                .and(TASK.ORIGIN
                        .eq(Caller.From.SCHEDULE.name())
                        .or(TASK.ID.in(
                                DSL.select(BACKUP.TASK_ID).from(BACKUP).where(BACKUP.POLICY_ID.eq(policy.toString())))))
                .fetch(row -> new RunTask(
                        Leases.sourceVault(Json.read(row.value5())).orElseGet(() -> UUID.fromString(row.value1())),
                        Instant.ofEpochMilli(row.value2()),
                        TaskStatus.valueOf(row.value3()),
                        row.value4() != null));
    }
}
