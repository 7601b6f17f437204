package org.coffer.console.location;

import static org.coffer.console.catalog.jooq.Tables.LOCATION;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.LocationRecord;
import org.jspecify.annotations.Nullable;

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
                .set(LOCATION.SETTINGS, settings(row.address()))
                .set(LOCATION.REGION, row.region())
                .set(LOCATION.LIMIT_MB, row.limit())
                .set(LOCATION.MARKER, row.marker())
                .set(LOCATION.ADDED_AT, row.addedAt().toEpochMilli())
                .execute();
    }

    void move(UUID id, Address address) {
        catalog.sql()
                .update(LOCATION)
                .set(LOCATION.KIND, address.kind().name())
                .set(LOCATION.PATH, address.text())
                .set(LOCATION.SETTINGS, settings(address))
                .where(LOCATION.ID.eq(id.toString()))
                .execute();
    }

    void limit(UUID id, long megabytes) {
        catalog.sql()
                .update(LOCATION)
                .set(LOCATION.LIMIT_MB, megabytes)
                .where(LOCATION.ID.eq(id.toString()))
                .execute();
    }

    private static @Nullable String settings(Address address) {
        return switch (address) {
            case Address.Folder folder -> null;
            case Address.Bucket bucket -> BucketText.of(bucket);
        };
    }

    private static Address address(LocationRecord row) {
        return switch (Location.Kind.valueOf(row.getKind())) {
            case FOLDER -> new Address.Folder(Path.of(row.getPath()));
            case S3 -> BucketText.parse(row.getSettings());
        };
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
                        address(row),
                        row.getRegion(),
                        row.getLimitMb(),
                        row.getMarker(),
                        Instant.ofEpochMilli(row.getAddedAt())));
    }
}
