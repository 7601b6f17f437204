package org.coffer.console.location;

import static org.coffer.console.catalog.jooq.Tables.LOCATION;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;

/** The SQL of locations. */
final class LocationStore {
    private final Catalog catalog;

    LocationStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What is kept about a location: everything but how it fares. */
    record Row(UUID id, String name, Path path, String region, String marker, Instant addedAt) {}

    void insert(Row row) {
        catalog.sql()
                .insertInto(LOCATION)
                .set(LOCATION.ID, row.id().toString())
                .set(LOCATION.NAME, row.name())
                .set(LOCATION.KIND, Location.Kind.FOLDER.name())
                .set(LOCATION.PATH, row.path().toString())
                .set(LOCATION.REGION, row.region())
                .set(LOCATION.MARKER, row.marker())
                .set(LOCATION.ADDED_AT, row.addedAt().toEpochMilli())
                .execute();
    }

    void move(UUID id, Path path) {
        catalog.sql()
                .update(LOCATION)
                .set(LOCATION.PATH, path.toString())
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
                        Path.of(row.getPath()),
                        row.getRegion(),
                        row.getMarker(),
                        Instant.ofEpochMilli(row.getAddedAt())));
    }
}
