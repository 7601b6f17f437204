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
    record Row(UUID id, String name, Path path, String region, long limit, String marker, Instant addedAt) {
        Row at(Path now) {
            return new Row(id, name, now, region, limit, marker, addedAt);
        }
    }

    void insert(Row row) {
        catalog.sql()
                .insertInto(LOCATION)
                .set(LOCATION.ID, row.id().toString())
                .set(LOCATION.NAME, row.name())
                .set(LOCATION.KIND, Location.Kind.FOLDER.name())
                .set(LOCATION.PATH, row.path().toString())
                .set(LOCATION.REGION, row.region())
                .set(LOCATION.LIMIT_MB, row.limit())
                .set(LOCATION.MARKER, row.marker())
                .set(LOCATION.ADDED_AT, row.addedAt().toEpochMilli())
                .execute();
    }

    void move(UUID id, Path path) {
        set(id, LOCATION.PATH, path.toString());
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
                        Path.of(row.getPath()),
                        row.getRegion(),
                        row.getLimitMb(),
                        row.getMarker(),
                        Instant.ofEpochMilli(row.getAddedAt())));
    }
}
