package org.coffer.console.location;

import static org.coffer.console.catalog.jooq.Tables.LOCATION;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.jooq.TableField;

/** The SQL of locations. */
final class LocationStore {
    private final Catalog catalog;

    LocationStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What is kept about a location: everything but how it fares. */
    record Row(UUID id, String name, Address address, String region, long limit, String marker, Instant addedAt) {
        Row at(Address now) {
            return new Row(id, name, now, region, limit, marker, addedAt);
        }
    }

    void insert(Row row) {
        catalog.sql()
                .insertInto(LOCATION)
                .set(LOCATION.ID, row.id().toString())
                .set(LOCATION.NAME, row.name())
                .set(LOCATION.KIND, row.address().kind().name())
                .set(LOCATION.PATH, row.address().text())
                .set(LOCATION.REGION, row.region())
                .set(LOCATION.LIMIT_MB, row.limit())
                .set(LOCATION.MARKER, row.marker())
                .set(LOCATION.ADDED_AT, row.addedAt().toEpochMilli())
                .execute();
    }

    void move(UUID id, Address address) {
        set(id, LOCATION.PATH, address.text());
    }

    void limit(UUID id, long megabytes) {
        set(id, LOCATION.LIMIT_MB, megabytes);
    }

    private <T> void set(UUID id, TableField<?, T> column, T value) {
        catalog.sql()
                .update(LOCATION)
                .set(column, value)
                .where(LOCATION.ID.eq(id.toString()))
                .execute();
    }

    void delete(UUID id) {
        catalog.sql().deleteFrom(LOCATION).where(LOCATION.ID.eq(id.toString())).execute();
    }

    List<Row> all() {
        return catalog.sql()
                .selectFrom(LOCATION)
                .orderBy(LOCATION.NAME)
                .fetch(row -> new Row(
                        UUID.fromString(row.getId()),
                        row.getName(),
                        new Address.Folder(Path.of(row.getPath())),
                        row.getRegion(),
                        row.getLimitMb(),
                        row.getMarker(),
                        Instant.ofEpochMilli(row.getAddedAt())));
    }
}
