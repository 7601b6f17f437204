package org.coffer.console.opened;

import static org.coffer.console.catalog.jooq.Tables.OPEN_DISK;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.OpenDiskRecord;
import org.jspecify.annotations.Nullable;

/** The SQL of open disks. */
final class OpenDiskStore {
    private final Catalog catalog;

    OpenDiskStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A row.
     *
     * @param name what the backup was called when it was opened
     * @param diskName what was backed up
     * @param served false while only its changes are kept
     * @param socket where it is served; null if on a port
     */
    record Row(
            UUID id,
            UUID backup,
            String name,
            String diskName,
            boolean writable,
            boolean served,
            @Nullable Path socket,
            int port,
            Instant openedAt) {
        Row served(boolean now, @Nullable Path newSocket, int newPort) {
            return new Row(id, backup, name, diskName, writable, now, newSocket, newPort, openedAt);
        }
    }

    List<Row> all() {
        return catalog.sql()
                .selectFrom(OPEN_DISK)
                .orderBy(OPEN_DISK.OPENED_AT, OPEN_DISK.ID)
                .fetch()
                .map(row -> new Row(
                        UUID.fromString(row.getId()),
                        UUID.fromString(row.getBackupId()),
                        row.getBackupName(),
                        row.getDiskName(),
                        row.getWritable(),
                        row.getServed(),
                        row.getSocket() == null ? null : Path.of(row.getSocket()),
                        row.getPort(),
                        Instant.ofEpochMilli(row.getOpenedAt())));
    }

    void put(Row row) {
        OpenDiskRecord values = catalog.sql().newRecord(OPEN_DISK);
        values.setId(row.id().toString());
        values.setBackupId(row.backup().toString());
        values.setBackupName(row.name());
        values.setDiskName(row.diskName());
        values.setWritable(row.writable());
        values.setServed(row.served());
        values.setSocket(row.socket() == null ? null : row.socket().toString());
        values.setPort(row.port());
        values.setOpenedAt(row.openedAt().toEpochMilli());
        catalog.transaction(() -> {
            remove(row.id());
            return catalog.sql().insertInto(OPEN_DISK).set(values).execute();
        });
    }

    void remove(UUID id) {
        catalog.sql()
                .deleteFrom(OPEN_DISK)
                .where(OPEN_DISK.ID.eq(id.toString()))
                .execute();
    }
}
