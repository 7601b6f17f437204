package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.TASK;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
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
     * @param ofDisk whether it is about a disk; if not, about the vault as a whole
     */
    record RunTask(UUID vault, Instant created, TaskStatus status, boolean ofDisk) {}

    /** Backup tasks in some vaults that were started by the schedule, or for a policy, at a moment or later. */
    List<RunTask> since(Instant oldest, UUID policy, Collection<UUID> vaults) {
        return catalog.sql()
                .select(TASK.VAULT_ID, TASK.CREATED_AT, TASK.STATUS, TASK.RESOURCE_ID)
                .from(TASK)
                .where(TASK.CREATED_AT.ge(oldest.toEpochMilli()))
                .and(TASK.KIND.eq(TaskType.BACKUP.name()))
                .and(TASK.ORIGIN
                        .eq(Caller.From.SCHEDULE.name())
                        .or(TASK.ID.in(
                                DSL.select(BACKUP.TASK_ID).from(BACKUP).where(BACKUP.POLICY_ID.eq(policy.toString())))))
                .and(TASK.VAULT_ID.in(vaults.stream().map(UUID::toString).toList()))
                .fetch(row -> new RunTask(
                        UUID.fromString(row.value1()),
                        Instant.ofEpochMilli(row.value2()),
                        TaskStatus.valueOf(row.value3()),
                        row.value4() != null));
    }
}
