package org.coffer.console.task;

import static org.coffer.console.catalog.jooq.Tables.TASK;
import static org.coffer.console.catalog.jooq.Tables.TASK_STEP;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.TaskRecord;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The SQL of tasks. */
final class TaskStore {
    private final Catalog catalog;

    TaskStore(Catalog catalog) {
        this.catalog = catalog;
    }

    void insert(Task task) {
        Task.Subject about = task.subject();
        catalog.sql()
                .insertInto(TASK)
                .set(TASK.ID, task.id().toString())
                .set(TASK.KIND, task.type().name())
                .set(TASK.STATUS, task.status().name())
                .set(TASK.STAGE, task.progress().stage().name())
                .set(TASK.DONE, 0L)
                .set(TASK.TOTAL, 0L)
                .set(TASK.STORED, 0L)
                .set(TASK.OBJECT_NAME, about.name())
                .set(TASK.VAULT_ID, text(about.vaultId()))
                .set(TASK.VAULT_NAME, about.vaultName())
                .set(TASK.RESOURCE_ID, text(about.resourceId()))
                .set(TASK.RESOURCE_NAME, about.resourceName())
                .set(TASK.BACKUP_ID, text(about.backupId()))
                .set(TASK.LOCATION_ID, text(about.locationId()))
                .set(TASK.PARAMETERS, Json.write(task.parameters()))
                .set(TASK.WHO, task.caller().who())
                .set(TASK.ORIGIN, task.caller().from().name())
                .set(TASK.CREATED_AT, task.created().toEpochMilli())
                .set(TASK.SEEN, true)
                .execute();
    }

    void started(UUID id, Instant at) {
        catalog.sql()
                .update(TASK)
                .set(TASK.STATUS, TaskStatus.RUNNING.name())
                .set(TASK.STARTED_AT, at.toEpochMilli())
                .where(TASK.ID.eq(id.toString()))
                .execute();
    }

    /** Changes the state of a task that is in another one by now; whether it was. */
    boolean move(UUID id, TaskStatus from, TaskStatus to) {
        return catalog.sql()
                        .update(TASK)
                        .set(TASK.STATUS, to.name())
                        .where(TASK.ID.eq(id.toString()))
                        .and(TASK.STATUS.eq(from.name()))
                        .execute()
                > 0;
    }

    /** Holds a task still until the next start, if it runs or waits by now; whether it did. */
    boolean suspend(UUID id) {
        return catalog.sql()
                        .update(TASK)
                        .set(TASK.STATUS, TaskStatus.PAUSED.name())
                        .set(TASK.SUSPENDED, true)
                        .where(TASK.ID.eq(id.toString()))
                        .and(TASK.STATUS.in(TaskStatus.RUNNING.name(), TaskStatus.WAITING.name()))
                        .execute()
                > 0;
    }

    /** Holds a task still for a reason outside it, if it runs by now; whether it did. */
    boolean hold(UUID id) {
        return catalog.sql()
                        .update(TASK)
                        .set(TASK.STATUS, TaskStatus.PAUSED.name())
                        .set(TASK.SUSPENDED, true)
                        .where(TASK.ID.eq(id.toString()))
                        .and(TASK.STATUS.eq(TaskStatus.RUNNING.name()))
                        .execute()
                > 0;
    }

    /** What the program itself holds still, oldest first: until the next start, or for a reason outside the task. */
    List<Task> suspended() {
        return catalog.sql()
                .selectFrom(TASK)
                .where(TASK.SUSPENDED.isTrue())
                .and(TASK.STATUS.eq(TaskStatus.PAUSED.name()))
                .orderBy(TASK.CREATED_AT)
                .fetch(TaskStore::task);
    }

    /** A task is not held still any more by the program itself. */
    void goesOn(UUID id) {
        catalog.sql()
                .update(TASK)
                .set(TASK.SUSPENDED, false)
                .where(TASK.ID.eq(id.toString()))
                .execute();
    }

    void ended(
            UUID id,
            TaskStatus status,
            Instant at,
            Progress progress,
            Map<String, Object> outcome,
            @Nullable Problem problem) {
        catalog.sql()
                .update(TASK)
                .set(TASK.STATUS, status.name())
                .set(TASK.ENDED_AT, at.toEpochMilli())
                .set(TASK.STAGE, progress.stage().name())
                .set(TASK.DONE, progress.done())
                .set(TASK.TOTAL, progress.total())
                .set(TASK.STORED, progress.stored())
                .set(TASK.OUTCOME, Json.write(outcome))
                .set(TASK.PROBLEM, Json.problem(problem))
                .set(TASK.SEEN, status != TaskStatus.FAILED && status != TaskStatus.TIMED_OUT)
                .where(TASK.ID.eq(id.toString()))
                .execute();
    }

    /** Changes one entry of what a task ended with. */
    void amend(UUID id, String name, Object value) {
        catalog.transaction(() -> find(id).map(task -> {
            Map<String, Object> outcome = new java.util.LinkedHashMap<>(task.outcome());
            outcome.put(name, value);
            return catalog.sql()
                    .update(TASK)
                    .set(TASK.OUTCOME, Json.write(outcome))
                    .where(TASK.ID.eq(id.toString()))
                    .execute();
        }));
    }

    void step(UUID id, int seq, TaskStep step) {
        catalog.sql()
                .insertInto(TASK_STEP)
                .set(TASK_STEP.TASK_ID, id.toString())
                .set(TASK_STEP.SEQ, seq)
                .set(TASK_STEP.MOMENT, step.at().toEpochMilli())
                .set(TASK_STEP.STEP, step.key())
                .set(TASK_STEP.ARGS, Json.write(step.args()))
                .execute();
    }

    List<TaskStep> steps(UUID id) {
        return catalog.sql()
                .selectFrom(TASK_STEP)
                .where(TASK_STEP.TASK_ID.eq(id.toString()))
                .orderBy(TASK_STEP.SEQ)
                .fetch(row ->
                        new TaskStep(Instant.ofEpochMilli(row.getMoment()), row.getStep(), Json.read(row.getArgs())));
    }

    Optional<Task> find(UUID id) {
        return catalog.sql().selectFrom(TASK).where(TASK.ID.eq(id.toString())).fetchOptional(TaskStore::task);
    }

    /** Running and waiting ones first, then newest first. */
    List<Task> list(TaskFilter filter, int offset, int limit) {
        var pinned = DSL.when(TASK.ENDED_AT.isNull(), 0).otherwise(1);
        return catalog.sql()
                .selectFrom(TASK)
                .where(matching(filter))
                .orderBy(pinned, TASK.CREATED_AT.desc(), TASK.ID)
                .limit(offset, limit)
                .fetch(TaskStore::task);
    }

    long count(TaskFilter filter) {
        return catalog.sql().fetchCount(TASK, matching(filter));
    }

    long unseenFailures() {
        return catalog.sql().fetchCount(TASK, TASK.SEEN.isFalse());
    }

    void markAllSeen() {
        catalog.sql()
                .update(TASK)
                .set(TASK.SEEN, true)
                .where(TASK.SEEN.isFalse())
                .execute();
    }

    List<Task> open() {
        return catalog.sql()
                .selectFrom(TASK)
                .where(isOpen())
                .orderBy(TASK.CREATED_AT)
                .fetch(TaskStore::task);
    }

    /** The IDs of {@link #open}. */
    Set<UUID> openIds() {
        return catalog.sql().select(TASK.ID).from(TASK).where(isOpen()).fetchSet(row -> UUID.fromString(row.value1()));
    }

    /** By the state, for which there is an index: most tasks ended long ago. */
    private static Condition isOpen() {
        return TASK.STATUS.in(Arrays.stream(TaskStatus.values())
                .filter(status -> !status.ended())
                .map(Enum::name)
                .toList());
    }

    List<Task> failed() {
        return catalog.sql().selectFrom(TASK).where(hasFailed()).fetch(TaskStore::task);
    }

    private static Condition hasFailed() {
        return TASK.STATUS.in(TaskStatus.FAILED.name(), TaskStatus.TIMED_OUT.name());
    }

    /** Deletes those of these that failed, and says how many they were. */
    int deleteFailed(Set<UUID> these) {
        var ids = catalog.sql()
                .select(TASK.ID)
                .from(TASK)
                .where(hasFailed()
                        .and(TASK.ID.in(these.stream().map(UUID::toString).toList())))
                .fetch(TASK.ID);
        catalog.sql().deleteFrom(TASK_STEP).where(TASK_STEP.TASK_ID.in(ids)).execute();
        return catalog.sql().deleteFrom(TASK).where(TASK.ID.in(ids)).execute();
    }

    private static Condition matching(TaskFilter filter) {
        Condition all = DSL.noCondition();
        if (!filter.types().isEmpty()) {
            all = all.and(TASK.KIND.in(filter.types().stream().map(Enum::name).toList()));
        }
        if (!filter.statuses().isEmpty()) {
            all = all.and(
                    TASK.STATUS.in(filter.statuses().stream().map(Enum::name).toList()));
        }
        if (filter.since().isPresent()) {
            all = all.and(TASK.CREATED_AT.ge(filter.since().get().toEpochMilli()));
        }
        if (filter.before().isPresent()) {
            all = all.and(TASK.CREATED_AT.lt(filter.before().get().toEpochMilli()));
        }
        if (filter.vault().isPresent()) {
            all = all.and(TASK.VAULT_ID.eq(filter.vault().get().toString()));
        }
        if (filter.resource().isPresent()) {
            all = all.and(TASK.RESOURCE_ID.eq(filter.resource().get().toString()));
        }
        if (!filter.text().isBlank()) {
            String text = filter.text().strip();
            all = all.and(TASK.ID
                    .containsIgnoreCase(text)
                    .or(TASK.OBJECT_NAME.containsIgnoreCase(text))
                    .or(TASK.VAULT_ID.containsIgnoreCase(text))
                    .or(TASK.VAULT_NAME.containsIgnoreCase(text))
                    .or(TASK.RESOURCE_ID.containsIgnoreCase(text))
                    .or(TASK.RESOURCE_NAME.containsIgnoreCase(text)));
        }
        return all;
    }

    private static Task task(TaskRecord row) {
        return new Task(
                UUID.fromString(row.getId()),
                TaskType.valueOf(row.getKind()),
                TaskStatus.valueOf(row.getStatus()),
                new Progress(
                        Stage.valueOf(row.getStage()), row.getDone(), row.getTotal(), row.getStored(), 0, -1, false),
                new Task.Subject(
                        row.getObjectName(),
                        id(row.getVaultId()),
                        row.getVaultName() == null ? "" : row.getVaultName(),
                        id(row.getResourceId()),
                        row.getResourceName() == null ? "" : row.getResourceName(),
                        id(row.getBackupId()),
                        id(row.getLocationId())),
                Json.read(row.getParameters()),
                new Caller(row.getWho(), Caller.From.valueOf(row.getOrigin())),
                Instant.ofEpochMilli(row.getCreatedAt()),
                moment(row.getStartedAt()),
                moment(row.getEndedAt()),
                row.getOutcome() == null ? Map.of() : Json.read(row.getOutcome()),
                Optional.ofNullable(Json.readProblem(row.getProblem())),
                row.getSeen());
    }

    private static Optional<Instant> moment(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }

    private static Optional<UUID> id(@Nullable String text) {
        return Optional.ofNullable(text).map(UUID::fromString);
    }

    private static @Nullable String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse(null);
    }
}
