package org.coffer.console.audit;

import static org.coffer.console.catalog.jooq.Tables.AUDIT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.AuditRecord;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The SQL of the audit record. */
final class AuditStore {
    private final Catalog catalog;

    AuditStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** How a line's hash is made from the one before and its texts. */
    @FunctionalInterface
    interface Hash {
        String of(String previous, AuditEntry entry, String before, String after);
    }

    Optional<AuditEntry> last() {
        return catalog.sql()
                .selectFrom(AUDIT)
                .orderBy(AUDIT.SEQ.desc())
                .limit(1)
                .fetchOptional(AuditStore::entry);
    }

    void insert(AuditEntry entry, String before, String after, String hash) {
        catalog.sql()
                .insertInto(AUDIT)
                .set(AUDIT.SEQ, entry.seq())
                .set(AUDIT.MOMENT, entry.at().toEpochMilli())
                .set(AUDIT.WHO, entry.caller().who())
                .set(AUDIT.ORIGIN, entry.caller().from().name())
                .set(AUDIT.EVENT, entry.event().name())
                .set(AUDIT.OBJECT_TYPE, entry.objectType())
                .set(AUDIT.OBJECT_ID, entry.objectId())
                .set(AUDIT.OBJECT_NAME, entry.objectName())
                .set(AUDIT.OUTCOME, entry.succeeded() ? "SUCCEEDED" : "FAILED")
                .set(AUDIT.CHANGE_BEFORE, before)
                .set(AUDIT.CHANGE_AFTER, after)
                .set(AUDIT.HASH, hash)
                .execute();
    }

    List<AuditEntry> list(AuditFilter filter, int offset, int limit) {
        return catalog.sql()
                .selectFrom(AUDIT)
                .where(matching(filter))
                .orderBy(AUDIT.SEQ.desc())
                .limit(offset, limit)
                .fetch(AuditStore::entry);
    }

    long count(AuditFilter filter) {
        return catalog.sql().fetchCount(AUDIT, matching(filter));
    }

    Optional<Long> firstBroken(String start, Hash hash) {
        String previous = start;
        long expected = 1;
        try (var rows = catalog.sql().selectFrom(AUDIT).orderBy(AUDIT.SEQ).fetchLazy()) {
            for (AuditRecord row : rows) {
                String right = hash.of(previous, entry(row), row.getChangeBefore(), row.getChangeAfter());
                if (row.getSeq() != expected || !right.equals(row.getHash())) {
                    return Optional.of(expected);
                }
                previous = right;
                expected++;
            }
        }
        return Optional.empty();
    }

    private static Condition matching(AuditFilter filter) {
        Condition all = DSL.noCondition();
        if (filter.event().isPresent()) {
            all = all.and(AUDIT.EVENT.eq(filter.event().get().name()));
        }
        if (filter.from().isPresent()) {
            all = all.and(AUDIT.ORIGIN.eq(filter.from().get().name()));
        }
        if (filter.since().isPresent()) {
            all = all.and(AUDIT.MOMENT.ge(filter.since().get().toEpochMilli()));
        }
        if (!filter.text().isBlank()) {
            String text = filter.text().strip();
            all = all.and(AUDIT.OBJECT_NAME
                    .containsIgnoreCase(text)
                    .or(AUDIT.OBJECT_ID.containsIgnoreCase(text))
                    .or(AUDIT.WHO.containsIgnoreCase(text)));
        }
        return all;
    }

    private static AuditEntry entry(AuditRecord row) {
        return new AuditEntry(
                row.getSeq(),
                Instant.ofEpochMilli(row.getMoment()),
                new Caller(row.getWho(), Caller.From.valueOf(row.getOrigin())),
                AuditEvent.valueOf(row.getEvent()),
                row.getObjectType(),
                row.getObjectId(),
                row.getObjectName(),
                row.getOutcome().equals("SUCCEEDED"),
                Json.read(row.getChangeBefore()),
                Json.read(row.getChangeAfter()),
                row.getHash());
    }
}
