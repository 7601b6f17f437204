package org.coffer.console.backup;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.VAULT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.BackupRecord;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The SQL of backups. */
final class BackupStore {
    private final Catalog catalog;

    BackupStore(Catalog catalog) {
        this.catalog = catalog;
    }

    void insert(Backup backup) {
        BackupRecord row = catalog.sql().newRecord(BACKUP);
        row.setId(backup.id().toString());
        row.setName(backup.name());
        row.setDescription(backup.description());
        row.setVaultId(backup.vaultId().toString());
        row.setResourceId(backup.diskId().toString());
        row.setResourceName(backup.diskName());
        row.setPart(backup.role().name());
        row.setStatus(backup.status().name());
        row.setOrigin(backup.origin().name());
        row.setKind(backup.kind().name());
        row.setConsistency(backup.consistency().name());
        row.setReason(backup.reason());
        row.setEncryption(backup.encryption().name());
        row.setCreatedAt(backup.createdAt().toEpochMilli());
        row.setFinishedAt(millis(backup.finishedAt()));
        row.setCapacity(backup.sizes().capacity());
        row.setLogical(backup.sizes().logical());
        row.setAdded(backup.sizes().added());
        row.setOnlyHere(backup.sizes().onlyHere());
        row.setFreesNow(backup.sizes().freesNow());
        row.setSession(backup.session().orElse(null));
        row.setTaskId(backup.taskId().map(UUID::toString).orElse(null));
        row.setExpiresAt(millis(backup.expiresAt()));
        row.setTrashedAt(millis(backup.trashedAt()));
        row.setTrashDays(0);
        row.setDamaged(backup.damaged());
        row.setProblem(Json.problem(backup.problem().orElse(null)));
        catalog.sql().insertInto(BACKUP).set(row).execute();
    }

    void status(UUID id, BackupStatus status, @Nullable Problem problem) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, status.name())
                .set(BACKUP.PROBLEM, Json.problem(problem))
                .where(is(id))
                .execute();
    }

    /** Changes the state only if it is still {@code from}; says whether it was. */
    boolean move(UUID id, BackupStatus from, BackupStatus to) {
        return catalog.sql()
                        .update(BACKUP)
                        .set(BACKUP.STATUS, to.name())
                        .where(is(id))
                        .and(BACKUP.STATUS.eq(from.name()))
                        .execute()
                == 1;
    }

    void session(UUID id, String session) {
        catalog.sql().update(BACKUP).set(BACKUP.SESSION, session).where(is(id)).execute();
    }

    void task(UUID id, UUID task) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.TASK_ID, task.toString())
                .where(is(id))
                .execute();
    }

    /** Turns a creating backup available, with everything that is known only now. */
    void available(Backup backup) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, BackupStatus.AVAILABLE.name())
                .set(BACKUP.KIND, backup.kind().name())
                .set(BACKUP.CONSISTENCY, backup.consistency().name())
                .set(BACKUP.REASON, backup.reason())
                .set(BACKUP.CREATED_AT, backup.createdAt().toEpochMilli())
                .set(BACKUP.FINISHED_AT, millis(backup.finishedAt()))
                .set(BACKUP.CAPACITY, backup.sizes().capacity())
                .set(BACKUP.LOGICAL, backup.sizes().logical())
                .set(BACKUP.ADDED, backup.sizes().added())
                .set(BACKUP.SESSION, backup.session().orElse(null))
                .setNull(BACKUP.PROBLEM)
                .where(is(backup.id()))
                .execute();
    }

    void sizes(UUID id, long onlyHere, long freesNow) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.ONLY_HERE, onlyHere)
                .set(BACKUP.FREES_NOW, freesNow)
                .where(is(id))
                .execute();
    }

    void kind(UUID id, Kind kind) {
        catalog.sql().update(BACKUP).set(BACKUP.KIND, kind.name()).where(is(id)).execute();
    }

    void damaged(UUID id, boolean damaged, @Nullable Problem problem) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.DAMAGED, damaged)
                .set(BACKUP.PROBLEM, Json.problem(problem))
                .where(is(id))
                .execute();
    }

    void verified(UUID id, Instant at) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.VERIFIED_AT, at.toEpochMilli())
                .where(is(id))
                .execute();
    }

    void rename(UUID id, String name, String description) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.NAME, name)
                .set(BACKUP.DESCRIPTION, description)
                .where(is(id))
                .execute();
    }

    void trashed(UUID id, @Nullable Instant at) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.TRASHED_AT, at == null ? null : at.toEpochMilli())
                .set(BACKUP.TRASH_DAYS, 0)
                .setNull(BACKUP.TRASH_SEEN)
                .where(is(id))
                .execute();
    }

    /** Counts a day in the trash for each that has not seen {@code today} yet; returns those that rested {@code days}. */
    List<UUID> trashDay(String today, int days) {
        catalog.sql()
                .update(BACKUP)
                .set(
                        BACKUP.TRASH_DAYS,
                        DSL.when(BACKUP.TRASH_SEEN.isNull(), BACKUP.TRASH_DAYS).otherwise(BACKUP.TRASH_DAYS.plus(1)))
                .set(BACKUP.TRASH_SEEN, today)
                .where(BACKUP.TRASHED_AT.isNotNull())
                .and(BACKUP.TRASH_SEEN.isNull().or(BACKUP.TRASH_SEEN.ne(today)))
                .execute();
        return catalog.sql()
                .select(BACKUP.ID)
                .from(BACKUP)
                .where(BACKUP.TRASHED_AT.isNotNull())
                .and(BACKUP.TRASH_DAYS.ge(days))
                .fetch(row -> UUID.fromString(row.value1()));
    }

    void delete(Collection<UUID> ids) {
        catalog.sql()
                .deleteFrom(BACKUP)
                .where(BACKUP.ID.in(ids.stream().map(UUID::toString).toList()))
                .execute();
    }

    void deleteAllOf(UUID vault) {
        catalog.sql()
                .deleteFrom(BACKUP)
                .where(BACKUP.VAULT_ID.eq(vault.toString()))
                .execute();
    }

    Optional<Backup> find(UUID id) {
        return select(is(id)).stream().findFirst();
    }

    /** All of one vault, trash included, newest first. */
    List<Backup> ofVault(UUID vault) {
        return select(BACKUP.VAULT_ID.eq(vault.toString()));
    }

    /** All of one disk in one vault, trash included, newest first. */
    List<Backup> of(UUID vault, UUID disk) {
        return select(BACKUP.VAULT_ID.eq(vault.toString()).and(BACKUP.RESOURCE_ID.eq(disk.toString())));
    }

    /** The session of the backup of a vault that was finished last. */
    Optional<String> newestSession(UUID vault) {
        return catalog.sql()
                .select(BACKUP.SESSION)
                .from(BACKUP)
                .where(BACKUP.VAULT_ID.eq(vault.toString()))
                .and(BACKUP.SESSION.isNotNull())
                .and(BACKUP.FINISHED_AT.isNotNull())
                .orderBy(BACKUP.FINISHED_AT.desc())
                .limit(1)
                .fetchOptional(BACKUP.SESSION);
    }

    List<Backup> inState(BackupStatus status) {
        return select(BACKUP.STATUS.eq(status.name()));
    }

    private List<Backup> select(Condition which) {
        return catalog.sql()
                .select(BACKUP.fields())
                .select(VAULT.NAME)
                .from(BACKUP)
                .join(VAULT)
                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                .where(which)
                .orderBy(BACKUP.CREATED_AT.desc(), BACKUP.ID)
                .fetch(BackupStore::backup);
    }

    List<Backup> list(BackupFilter filter, BackupSort sort, int offset, int limit) {
        return catalog.sql()
                .select(BACKUP.fields())
                .select(VAULT.NAME)
                .from(BACKUP)
                .join(VAULT)
                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                .where(matching(filter))
                .orderBy(order(sort))
                .limit(offset, limit)
                .fetch(BackupStore::backup);
    }

    long count(BackupFilter filter) {
        return catalog.sql()
                .fetchCount(catalog.sql()
                        .select(BACKUP.ID)
                        .from(BACKUP)
                        .join(VAULT)
                        .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                        .where(matching(filter)));
    }

    long added(BackupFilter filter) {
        Object sum = catalog.sql()
                .select(DSL.sum(BACKUP.ADDED))
                .from(BACKUP)
                .join(VAULT)
                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                .where(matching(filter))
                .fetchOne(0);
        return sum instanceof Number number ? number.longValue() : 0;
    }

    /** Per disk of each vault: how many backups, what they added, and the newest good one. */
    List<DiskTotals> totals() {
        var good = DSL.max(
                DSL.when(BACKUP.STATUS.in("AVAILABLE", "RESTORING").and(BACKUP.DAMAGED.isFalse()), BACKUP.CREATED_AT));
        return catalog.sql()
                .select(BACKUP.VAULT_ID, BACKUP.RESOURCE_ID, DSL.count(), DSL.sum(BACKUP.ADDED), good)
                .from(BACKUP)
                .where(BACKUP.TRASHED_AT.isNull())
                .groupBy(BACKUP.VAULT_ID, BACKUP.RESOURCE_ID)
                .fetch(row -> new DiskTotals(
                        UUID.fromString(row.value1()),
                        UUID.fromString(row.value2()),
                        row.value3(),
                        row.value4() == null ? 0 : row.value4().longValue(),
                        Optional.ofNullable(row.value5()).map(Instant::ofEpochMilli)));
    }

    private static OrderField<?>[] order(BackupSort sort) {
        Map<BackupSort.Column, TableField<?, ?>> columns = new HashMap<>();
        columns.put(BackupSort.Column.NAME, BACKUP.NAME);
        columns.put(BackupSort.Column.STATUS, BACKUP.STATUS);
        columns.put(BackupSort.Column.DISK, BACKUP.RESOURCE_NAME);
        columns.put(BackupSort.Column.VAULT, VAULT.NAME);
        columns.put(BackupSort.Column.CREATED, BACKUP.CREATED_AT);
        columns.put(BackupSort.Column.ADDED, BACKUP.ADDED);
        columns.put(BackupSort.Column.CAPACITY, BACKUP.CAPACITY);
        columns.put(BackupSort.Column.ONLY_HERE, BACKUP.ONLY_HERE);
        columns.put(BackupSort.Column.CONSISTENCY, BACKUP.CONSISTENCY);
        columns.put(BackupSort.Column.ORIGIN, BACKUP.ORIGIN);
        columns.put(BackupSort.Column.KIND, BACKUP.KIND);
        columns.put(BackupSort.Column.EXPIRES, BACKUP.EXPIRES_AT);
        TableField<?, ?> column = java.util.Objects.requireNonNull(columns.get(sort.by()));
        List<OrderField<?>> fields = new ArrayList<>();
        fields.add(sort.descending() ? column.desc() : column.asc());
        fields.add(BACKUP.CREATED_AT.desc());
        fields.add(BACKUP.ID.asc());
        return fields.toArray(OrderField<?>[]::new);
    }

    private static Condition matching(BackupFilter filter) {
        Condition all = filter.trashed() ? BACKUP.TRASHED_AT.isNotNull() : BACKUP.TRASHED_AT.isNull();
        all = all.and(VAULT.TRASHED_AT.isNull());
        if (!filter.statuses().isEmpty()) {
            all = all.and(
                    BACKUP.STATUS.in(filter.statuses().stream().map(Enum::name).toList()));
        }
        if (filter.vault().isPresent()) {
            all = all.and(BACKUP.VAULT_ID.eq(filter.vault().get().toString()));
        }
        if (filter.disk().isPresent()) {
            all = all.and(BACKUP.RESOURCE_ID.eq(filter.disk().get().toString()));
        }
        if (filter.since().isPresent()) {
            all = all.and(BACKUP.CREATED_AT.ge(filter.since().get().toEpochMilli()));
        }
        if (filter.until().isPresent()) {
            all = all.and(BACKUP.CREATED_AT.le(filter.until().get().toEpochMilli()));
        }
        if (filter.origin().isPresent()) {
            all = all.and(BACKUP.ORIGIN.eq(filter.origin().get().name()));
        }
        if (filter.kind().isPresent()) {
            all = all.and(BACKUP.KIND.eq(filter.kind().get().name()));
        }
        if (!filter.name().isBlank()) {
            all = all.and(BACKUP.NAME.containsIgnoreCase(filter.name().strip()));
        }
        if (!filter.diskName().isBlank()) {
            all = all.and(
                    BACKUP.RESOURCE_NAME.containsIgnoreCase(filter.diskName().strip()));
        }
        all = all.and(contains(BACKUP.ID, filter.ids().backup()))
                .and(contains(BACKUP.VAULT_ID, filter.ids().vault()))
                .and(contains(BACKUP.RESOURCE_ID, filter.ids().disk()));
        if (!filter.text().isBlank()) {
            String text = filter.text().strip();
            all = all.and(BACKUP.NAME
                    .containsIgnoreCase(text)
                    .or(BACKUP.ID.containsIgnoreCase(text))
                    .or(BACKUP.RESOURCE_NAME.containsIgnoreCase(text))
                    .or(BACKUP.RESOURCE_ID.containsIgnoreCase(text))
                    .or(BACKUP.VAULT_ID.containsIgnoreCase(text))
                    .or(VAULT.NAME.containsIgnoreCase(text)));
        }
        return all;
    }

    private static Condition contains(TableField<?, String> field, String part) {
        return part.isBlank() ? DSL.noCondition() : field.containsIgnoreCase(part.strip());
    }

    private static Condition is(UUID id) {
        return BACKUP.ID.eq(id.toString());
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> moment(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }

    private static Backup backup(Record joined) {
        BackupRecord row = joined.into(BACKUP);
        return new Backup(
                UUID.fromString(row.getId()),
                row.getName(),
                row.getDescription(),
                UUID.fromString(row.getVaultId()),
                joined.get(VAULT.NAME),
                UUID.fromString(row.getResourceId()),
                row.getResourceName(),
                Disk.Role.valueOf(row.getPart()),
                BackupStatus.valueOf(row.getStatus()),
                Origin.valueOf(row.getOrigin()),
                Kind.valueOf(row.getKind()),
                Consistency.valueOf(row.getConsistency()),
                row.getReason(),
                Disk.Encryption.valueOf(row.getEncryption()),
                Instant.ofEpochMilli(row.getCreatedAt()),
                moment(row.getFinishedAt()),
                new Backup.Sizes(
                        row.getCapacity(), row.getLogical(), row.getAdded(), row.getOnlyHere(), row.getFreesNow()),
                Optional.ofNullable(row.getSession()),
                Optional.ofNullable(row.getTaskId()).map(UUID::fromString),
                moment(row.getExpiresAt()),
                moment(row.getTrashedAt()),
                moment(row.getVerifiedAt()),
                row.getDamaged(),
                Optional.ofNullable(Json.readProblem(row.getProblem())));
    }
}
