package org.coffer.console.vault;

import static org.coffer.console.catalog.jooq.Tables.AUTO_BIND;
import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.BINDING;
import static org.coffer.console.catalog.jooq.Tables.POLICY_BOND;
import static org.coffer.console.catalog.jooq.Tables.POLICY_SLOT;
import static org.coffer.console.catalog.jooq.Tables.RESOURCE;
import static org.coffer.console.catalog.jooq.Tables.VAULT;
import static org.coffer.console.catalog.jooq.Tables.VAULT_TAG;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.VaultRecord;
import org.coffer.problem.Problem;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The SQL of vaults, their tags and bindings. */
final class VaultStore {
    private static final int LONGEST_OWNER = 255;

    private final Catalog catalog;
    private final LeftStore left;

    VaultStore(Catalog catalog) {
        this.catalog = catalog;
        this.left = new LeftStore(catalog);
    }

    /** What is kept about a vault; its state is this plus how its location fares. */
    record Row(
            UUID id,
            String name,
            String description,
            UUID location,
            String prefix,
            long capacityGb,
            long used,
            VaultStatus status,
            Optional<Problem> problem,
            boolean encrypted,
            boolean autoExpand,
            String backupPrefix,
            String pin,
            Optional<Instant> sheetSaved,
            Instant createdAt,
            Optional<Instant> trashedAt,
            int trashDays,
            Optional<String> trashSeen,
            Optional<Instant> lockedAt,
            boolean beside,
            Optional<String> owner,
            Protection protection) {}

    void insert(Row row, Map<String, String> tags) {
        VaultRecord into = catalog.sql().newRecord(VAULT);
        into.setId(row.id().toString());
        into.setName(row.name());
        into.setKind("DISK");
        into.setDescription(row.description());
        into.setLocationId(row.location().toString());
        into.setPrefix(row.prefix());
        into.setCapacityGb(row.capacityGb());
        into.setUsed(row.used());
        into.setStatus(row.status().name());
        into.setEncrypted(row.encrypted());
        into.setAutoExpand(row.autoExpand());
        into.setBackupPrefix(row.backupPrefix());
        into.setPin(row.pin());
        into.setSheetSaved(row.sheetSaved().map(Instant::toEpochMilli).orElse(null));
        into.setCreatedAt(row.createdAt().toEpochMilli());
        into.setTrashedAt(row.trashedAt().map(Instant::toEpochMilli).orElse(null));
        into.setTrashDays(row.trashDays());
        into.setLockedAt(row.lockedAt().map(Instant::toEpochMilli).orElse(null));
        into.setBeside(row.beside());
        into.setOwner(row.owner().map(VaultStore::short255).orElse(null));
        into.setProtection(row.protection().name());
        catalog.sql().insertInto(VAULT).set(into).execute();
        tags(row.id(), tags);
    }

    List<Row> all() {
        return catalog.sql().selectFrom(VAULT).orderBy(VAULT.NAME, VAULT.ID).fetch(VaultStore::row);
    }

    /** Reads several things as they are at one moment. */
    <T> T atOnce(Supplier<T> reading) {
        return catalog.transaction(reading);
    }

    Optional<Row> find(UUID id) {
        return catalog.sql().selectFrom(VAULT).where(VAULT.ID.eq(id.toString())).fetchOptional(VaultStore::row);
    }

    void rename(UUID id, String name, String description) {
        update(id, Map.of(VAULT.NAME, name, VAULT.DESCRIPTION, description));
    }

    void capacity(UUID id, long gb) {
        update(id, Map.of(VAULT.CAPACITY_GB, gb));
    }

    void used(UUID id, long bytes) {
        update(id, Map.of(VAULT.USED, bytes));
    }

    void status(UUID id, VaultStatus status, @Nullable Problem problem) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(VAULT.STATUS, status.name());
        columns.put(VAULT.PROBLEM, Json.problem(problem));
        update(id, columns);
    }

    void autoExpand(UUID id, boolean on) {
        update(id, Map.of(VAULT.AUTO_EXPAND, on));
    }

    /** Sets the retention lock, unless it is set already. */
    void lock(UUID id, Instant at) {
        catalog.sql()
                .update(VAULT)
                .set(VAULT.LOCKED_AT, at.toEpochMilli())
                .where(VAULT.ID.eq(id.toString()))
                .and(VAULT.LOCKED_AT.isNull())
                .execute();
    }

    void sheetSaved(UUID id, Instant at) {
        update(id, Map.of(VAULT.SHEET_SAVED, at.toEpochMilli()));
    }

    /** Whether another console keeps the vault, and this one works beside it. */
    void beside(UUID id, boolean beside) {
        update(id, Map.of(VAULT.BESIDE, beside));
        if (!beside) {
            owner(id, null);
        }
    }

    /** The computer of the console that keeps it; null if that is this one, or nobody knows. */
    void owner(UUID id, @Nullable String host) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(VAULT.OWNER, host == null ? null : short255(host));
        update(id, columns);
    }

    /** Leaves a vault to a console that took it over, with all that is known of it here: that is the other one's now. */
    void leaveToOther(UUID id, String host) {
        catalog.transaction(() -> {
            beside(id, true);
            owner(id, host);
            catalog.sql()
                    .update(BACKUP)
                    .set(BACKUP.MADE_ELSEWHERE, true)
                    .where(BACKUP.VAULT_ID.eq(id.toString()))
                    .execute();
        });
    }

    /** What is left to do of attaching a vault, as JSON; empty if nothing is. */
    Optional<String> attaching(UUID id) {
        return catalog.sql()
                .select(VAULT.ATTACHING)
                .from(VAULT)
                .where(VAULT.ID.eq(id.toString()))
                .fetchOptional(VAULT.ATTACHING);
    }

    void attaching(UUID id, @Nullable String left) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(VAULT.ATTACHING, left);
        update(id, columns);
    }

    void trashed(UUID id, @Nullable Instant at) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(VAULT.TRASHED_AT, at == null ? null : at.toEpochMilli());
        columns.put(VAULT.TRASH_DAYS, 0);
        columns.put(VAULT.TRASH_SEEN, null);
        update(id, columns);
    }

    void trashDay(UUID id, int days, String seen) {
        update(id, Map.of(VAULT.TRASH_DAYS, days, VAULT.TRASH_SEEN, seen));
    }

    private void update(UUID id, Map<? extends Field<?>, ?> columns) {
        catalog.sql()
                .update(VAULT)
                .set(columns)
                .where(VAULT.ID.eq(id.toString()))
                .execute();
    }

    /** Until the transaction ends, nobody else binds anything to this vault, nor any of these disks to another. */
    void lockForBinding(UUID vault, Collection<UUID> disks) {
        catalog.sql()
                .select(VAULT.ID)
                .from(VAULT)
                .where(VAULT.ID.eq(vault.toString()))
                .forUpdate()
                .fetch();
        catalog.sql()
                .select(RESOURCE.ID)
                .from(RESOURCE)
                .where(RESOURCE.ID.in(disks.stream().map(UUID::toString).toList()))
                .orderBy(RESOURCE.ID)
                .forUpdate()
                .fetch();
    }

    Optional<AutoBindRule> autoBind(UUID vault) {
        return catalog.sql()
                .selectFrom(AUTO_BIND)
                .where(AUTO_BIND.VAULT_ID.eq(vault.toString()))
                .fetchOptional(row -> new AutoBindRule(row.getPattern(), row.getFolder()));
    }

    void autoBind(UUID vault, Optional<AutoBindRule> rule) {
        catalog.transaction(() -> {
            catalog.sql()
                    .deleteFrom(AUTO_BIND)
                    .where(AUTO_BIND.VAULT_ID.eq(vault.toString()))
                    .execute();
            rule.ifPresent(one -> catalog.sql()
                    .insertInto(AUTO_BIND)
                    .set(AUTO_BIND.VAULT_ID, vault.toString())
                    .set(AUTO_BIND.PATTERN, one.pattern())
                    .set(AUTO_BIND.FOLDER, one.folder())
                    .execute());
        });
    }

    void delete(UUID id) {
        String key = id.toString();
        catalog.sql().deleteFrom(VAULT_TAG).where(VAULT_TAG.VAULT_ID.eq(key)).execute();
        catalog.sql().deleteFrom(BINDING).where(BINDING.VAULT_ID.eq(key)).execute();
        catalog.sql()
                .deleteFrom(POLICY_BOND)
                .where(POLICY_BOND.VAULT_ID.eq(key))
                .execute();
        catalog.sql()
                .deleteFrom(POLICY_SLOT)
                .where(POLICY_SLOT.VAULT_ID.eq(key))
                .execute();
        catalog.sql().deleteFrom(AUTO_BIND).where(AUTO_BIND.VAULT_ID.eq(key)).execute();
        catalog.sql().deleteFrom(VAULT).where(VAULT.ID.eq(key)).execute();
    }

    void tags(UUID vault, Map<String, String> tags) {
        catalog.sql()
                .deleteFrom(VAULT_TAG)
                .where(VAULT_TAG.VAULT_ID.eq(vault.toString()))
                .execute();
        tags.forEach((key, value) -> catalog.sql()
                .insertInto(VAULT_TAG)
                .values(vault.toString(), key, value)
                .execute());
    }

    Map<UUID, Map<String, String>> tags() {
        Map<UUID, Map<String, String>> all = new HashMap<>();
        catalog.sql()
                .selectFrom(VAULT_TAG)
                .orderBy(VAULT_TAG.TAG_KEY)
                .forEach(row -> all.computeIfAbsent(UUID.fromString(row.getVaultId()), v -> new LinkedHashMap<>())
                        .put(row.getTagKey(), row.getTagValue()));
        return all;
    }

    void bind(UUID vault, UUID disk, Instant at) {
        catalog.sql()
                .insertInto(BINDING)
                .values(vault.toString(), disk.toString(), at.toEpochMilli())
                .execute();
        left.bound(disk);
    }

    /** Lets a disk be bound to another vault, before its backups are that one's; says whether it was bound to the first. */
    boolean rebind(UUID from, UUID disk, UUID to) {
        boolean bound = catalog.sql()
                        .update(BINDING)
                        .set(BINDING.VAULT_ID, to.toString())
                        .where(BINDING.VAULT_ID.eq(from.toString()))
                        .and(BINDING.RESOURCE_ID.eq(disk.toString()))
                        .execute()
                == 1;
        left.moved(from, disk, to, bound);
        return bound;
    }

    void unbind(UUID vault, UUID disk) {
        catalog.sql()
                .deleteFrom(BINDING)
                .where(BINDING.VAULT_ID.eq(vault.toString()))
                .and(BINDING.RESOURCE_ID.eq(disk.toString()))
                .execute();
    }

    /** Disks by vault, in the order of binding. */
    Map<UUID, List<UUID>> bindings() {
        Map<UUID, List<UUID>> all = new HashMap<>();
        catalog.sql()
                .selectFrom(BINDING)
                .orderBy(BINDING.BOUND_AT, BINDING.RESOURCE_ID)
                .forEach(row -> all.computeIfAbsent(UUID.fromString(row.getVaultId()), v -> new java.util.ArrayList<>())
                        .add(UUID.fromString(row.getResourceId())));
        return all;
    }

    private static Row row(VaultRecord row) {
        return new Row(
                UUID.fromString(row.getId()),
                row.getName(),
                row.getDescription(),
                UUID.fromString(row.getLocationId()),
                row.getPrefix(),
                row.getCapacityGb(),
                row.getUsed(),
                VaultStatus.valueOf(row.getStatus()),
                Optional.ofNullable(Json.readProblem(row.getProblem())),
                row.getEncrypted(),
                row.getAutoExpand(),
                row.getBackupPrefix(),
                row.getPin(),
                moment(row.getSheetSaved()),
                Instant.ofEpochMilli(row.getCreatedAt()),
                moment(row.getTrashedAt()),
                row.getTrashDays(),
                Optional.ofNullable(row.getTrashSeen()),
                moment(row.getLockedAt()),
                row.getBeside(),
                Optional.ofNullable(row.getOwner()),
                Protection.valueOf(row.getProtection()));
    }

    /** As much of a name as the column takes; it comes from another computer. */
    private static String short255(String name) {
        return name.length() <= LONGEST_OWNER ? name : name.substring(0, LONGEST_OWNER);
    }

    private static Optional<Instant> moment(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
