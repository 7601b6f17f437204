package org.coffer.console.backup;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.REPLICA;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;

/** The SQL of what replicas are copies of. */
final class ReplicaStore {
    private final Catalog catalog;

    ReplicaStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Enters what a backup, whose row is there, is a copy of. */
    void insert(UUID replica, CopyOf of) {
        catalog.sql()
                .insertInto(REPLICA)
                .set(REPLICA.BACKUP_ID, replica.toString())
                .set(REPLICA.SOURCE_SESSION, of.session())
                .set(REPLICA.SOURCE_NAME, of.name())
                .set(REPLICA.SOURCE_VAULT, of.vault())
                .execute();
    }

    Optional<CopyOf> find(UUID replica) {
        return catalog.sql()
                .selectFrom(REPLICA)
                .where(REPLICA.BACKUP_ID.eq(replica.toString()))
                .fetchOptional(row -> new CopyOf(row.getSourceSession(), row.getSourceName(), row.getSourceVault()));
    }

    /** The copies of the backup that this session made. */
    List<UUID> copies(String session) {
        return catalog.sql()
                .select(REPLICA.BACKUP_ID)
                .from(REPLICA)
                .where(REPLICA.SOURCE_SESSION.eq(session))
                .fetch(row -> UUID.fromString(row.value1()));
    }

    /** For each replica of a vault, by its ID: the session that made what it is a copy of. */
    Map<UUID, String> sources(UUID vault) {
        return catalog.sql()
                .select(REPLICA.BACKUP_ID, REPLICA.SOURCE_SESSION)
                .from(REPLICA)
                .join(BACKUP)
                .on(BACKUP.ID.eq(REPLICA.BACKUP_ID))
                .where(BACKUP.VAULT_ID.eq(vault.toString()))
                .fetchMap(row -> UUID.fromString(row.value1()), row -> row.value2());
    }

    /** Lets what are copies of a backup be copies of it under the name that it has since it was moved. */
    void follow(String before, String now) {
        catalog.sql()
                .update(REPLICA)
                .set(REPLICA.SOURCE_SESSION, now)
                .where(REPLICA.SOURCE_SESSION.eq(before))
                .execute();
    }

    /** The backups that some sessions made, in whatever vaults they are. */
    List<UUID> made(String session) {
        return catalog.sql()
                .select(BACKUP.ID)
                .from(BACKUP)
                .where(BACKUP.SESSION.eq(session))
                .fetch(row -> UUID.fromString(row.value1()));
    }
}
