package org.coffer.console.resource;

import static org.coffer.console.catalog.jooq.Tables.RESOURCE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.ResourceRecord;

/** The SQL of disks. */
final class DiskStore {
    private static final String KIND = "DISK";
    private final Catalog catalog;

    DiskStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A disk with what only the catalog needs to know. */
    record Row(Disk disk, String identity, Instant firstSeen, boolean hidden) {}

    List<Row> all() {
        return catalog.sql()
                .selectFrom(RESOURCE)
                .where(RESOURCE.KIND.eq(KIND))
                .orderBy(RESOURCE.NAME, RESOURCE.ID)
                .fetch(DiskStore::row);
    }

    Map<UUID, Long> capacities() {
        return catalog.sql()
                .select(RESOURCE.ID, RESOURCE.CAPACITY)
                .from(RESOURCE)
                .where(RESOURCE.KIND.eq(KIND))
                .fetchMap(row -> UUID.fromString(row.value1()), row -> row.value2());
    }

    Optional<Row> find(UUID id) {
        return catalog.sql()
                .selectFrom(RESOURCE)
                .where(RESOURCE.ID.eq(id.toString()))
                .fetchOptional(DiskStore::row);
    }

    /** Writes what was seen of a disk. Whether it is usable is nothing that can be seen: that has its own statements. */
    void put(Row row) {
        Disk disk = row.disk();
        ResourceRecord into = catalog.sql().newRecord(RESOURCE);
        into.setId(disk.id().toString());
        into.setKind(KIND);
        into.setName(disk.name());
        into.setIdentityKey(row.identity());
        into.setPath(disk.path().toString());
        into.setImage(disk.image());
        into.setCapacity(disk.capacity());
        into.setModel(disk.model());
        into.setSerial(disk.serial());
        into.setPart(disk.role().name());
        into.setState(disk.state().name());
        into.setCause(disk.cause().map(Json::problem).orElse(null));
        into.setMounts(String.join("\n", disk.mounts()));
        into.setEncryption(disk.encryption().name());
        into.setFirstSeen(row.firstSeen().toEpochMilli());
        into.setLastSeen(disk.lastSeen().toEpochMilli());
        into.setHidden(row.hidden());
        catalog.transaction(() -> {
            int updated = catalog.sql()
                    .update(RESOURCE)
                    .set(into)
                    .where(RESOURCE.ID.eq(disk.id().toString()))
                    .execute();
            if (updated == 0) {
                catalog.sql().insertInto(RESOURCE).set(into).execute();
            }
        });
    }

    void unusable(UUID disk, UUID task) {
        catalog.sql()
                .update(RESOURCE)
                .set(RESOURCE.UNUSABLE, task.toString())
                .where(RESOURCE.ID.eq(disk.toString()))
                .execute();
    }

    void usable(UUID disk) {
        catalog.sql()
                .update(RESOURCE)
                .setNull(RESOURCE.UNUSABLE)
                .where(RESOURCE.ID.eq(disk.toString()))
                .execute();
    }

    private static Row row(ResourceRecord row) {
        Disk disk = new Disk(
                UUID.fromString(row.getId()),
                row.getName(),
                Path.of(row.getPath()),
                row.getImage(),
                row.getCapacity(),
                row.getModel(),
                row.getSerial(),
                Disk.Role.valueOf(row.getPart()),
                Disk.State.valueOf(row.getState()),
                Optional.ofNullable(Json.readProblem(row.getCause())),
                row.getMounts().isEmpty() ? List.of() : List.of(row.getMounts().split("\n")),
                Disk.Encryption.valueOf(row.getEncryption()),
                Optional.ofNullable(row.getUnusable()).map(UUID::fromString),
                Instant.ofEpochMilli(row.getLastSeen()));
        return new Row(disk, row.getIdentityKey(), Instant.ofEpochMilli(row.getFirstSeen()), row.getHidden());
    }
}
