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
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** The SQL of questions about many backups at once; {@link BackupStore} reads and writes single ones. */
final class BackupListStore {
    private final Catalog catalog;

    BackupListStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What can be restored from, and is not known to be damaged. */
    private static Condition good() {
        return BACKUP.STATUS
                .in(BackupStatus.AVAILABLE.name(), BackupStatus.RESTORING.name())
                .and(BACKUP.DAMAGED.isFalse());
    }

    /** What a disk is protected by: safety copies go by themselves, and hold what somebody wanted to be rid of. */
    private static Condition protecting() {
        return good().and(BACKUP.ORIGIN.ne(Origin.SAFETY_COPY.name()));
    }

    /** How many good backups some disks have outside the trash, not counting {@code without}. */
    long goodOnes(Collection<UUID> disks, Collection<UUID> without) {
        return catalog.sql()
                .fetchCount(catalog.sql()
                        .select(BACKUP.ID)
                        .from(BACKUP)
                        .join(VAULT)
                        .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                        .where(BACKUP.RESOURCE_ID.in(texts(disks)))
                        .and(BACKUP.ID.notIn(texts(without)))
                        .and(BACKUP.TRASHED_AT.isNull())
                        .and(VAULT.TRASHED_AT.isNull())
                        .and(good()));
    }

    /**
     * The last good backup of a disk, if that lies in the trash, by itself or with its vault: no rule may purge it.
     * Empty if the disk has a good backup outside the trash, or none at all.
     */
    Optional<UUID> lastGoodInTrash(UUID disk) {
        var outside = DSL.field(BACKUP.TRASHED_AT.isNull().and(VAULT.TRASHED_AT.isNull()));
        var rows = catalog.sql()
                .select(BACKUP.ID, outside)
                .from(BACKUP)
                .join(VAULT)
                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                .where(BACKUP.RESOURCE_ID.eq(disk.toString()))
                .and(protecting())
                .orderBy(BACKUP.CREATED_AT.desc(), BACKUP.ID)
                .fetch();
        return rows.stream().anyMatch(row -> Boolean.TRUE.equals(row.value2()))
                ? Optional.empty()
                : rows.stream().map(row -> UUID.fromString(row.value1())).findFirst();
    }

    private static List<String> texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
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

    /** How many of a vault's backups are damaged and how many are good, and the newest of the damaged ones. */
    Soundness soundness(UUID vault, int most) {
        Condition here = BACKUP.VAULT_ID.eq(vault.toString()).and(BACKUP.TRASHED_AT.isNull());
        Condition damaged = here.and(BACKUP.DAMAGED.isTrue());
        int hit = catalog.sql().fetchCount(BACKUP, damaged);
        return new Soundness(
                hit,
                catalog.sql().fetchCount(BACKUP, here.and(good())),
                hit == 0
                        ? List.of()
                        : catalog.sql()
                                .select(BACKUP.fields())
                                .select(VAULT.NAME)
                                .from(BACKUP)
                                .join(VAULT)
                                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                                .where(damaged)
                                .orderBy(BACKUP.CREATED_AT.desc(), BACKUP.ID)
                                .limit(most)
                                .fetch(BackupStore::backup));
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

    /**
     * Per disk of each vault: how many backups, what they added, and the newest good one that is no safety copy. One that is
     * dated later than {@code now} is that only where there is no other.
     */
    List<DiskTotals> totals(Instant now) {
        var newest = DSL.coalesce(
                DSL.max(DSL.when(protecting().and(BACKUP.CREATED_AT.le(now.toEpochMilli())), BACKUP.CREATED_AT)),
                DSL.max(DSL.when(protecting(), BACKUP.CREATED_AT)));
        return catalog.sql()
                .select(BACKUP.VAULT_ID, BACKUP.RESOURCE_ID, DSL.count(), DSL.sum(BACKUP.ADDED), newest)
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
        columns.put(BackupSort.Column.FREES, BACKUP.FREES_NOW);
        columns.put(BackupSort.Column.LOGICAL, BACKUP.LOGICAL);
        columns.put(BackupSort.Column.VERIFIED, BACKUP.VERIFIED_AT);
        TableField<?, ?> column = java.util.Objects.requireNonNull(columns.get(sort.by()));
        List<OrderField<?>> fields = new ArrayList<>();
        // What has no moment, such as one that was never verified, comes before the oldest moment.
        fields.add(sort.descending() ? column.desc().nullsLast() : column.asc().nullsFirst());
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
}
