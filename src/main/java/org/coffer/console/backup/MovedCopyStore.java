package org.coffer.console.backup;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.MOVED_COPY;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.engine.vault.SessionId;
import org.jooq.Condition;

/**
 * The SQL of what a migration has in a vault that no row of the list names: copies until all are there, originals after that.
 * A session is noted before its first object is written, so that no crash leaves one of which nobody knows whose it is.
 */
final class MovedCopyStore {
    private final Catalog catalog;

    MovedCopyStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A backup in a vault that is to be deleted there.
     *
     * @param session names it in that vault
     * @param backup the row that names, or named, another copy of it
     */
    record Spent(SessionId session, UUID backup) {}

    /** Notes the session that is about to copy a backup into a vault, in place of one that came to nothing. */
    void note(UUID backup, UUID vault, SessionId session, Instant now) {
        catalog.transaction(() -> {
            catalog.sql()
                    .deleteFrom(MOVED_COPY)
                    .where(in(vault))
                    .and(MOVED_COPY.BACKUP_ID.eq(backup.toString()))
                    .and(MOVED_COPY.SPENT.isFalse())
                    .execute();
            insert(vault, session.toString(), backup, now, false);
        });
    }

    private void insert(UUID vault, String session, UUID backup, Instant now, boolean spent) {
        catalog.sql()
                .insertInto(MOVED_COPY)
                .set(MOVED_COPY.VAULT_ID, vault.toString())
                .set(MOVED_COPY.SESSION, session)
                .set(MOVED_COPY.BACKUP_ID, backup.toString())
                .set(MOVED_COPY.NOTED_AT, now.toEpochMilli())
                .set(MOVED_COPY.SPENT, spent)
                .execute();
    }

    /** The copies in a vault that are to be named by rows, by their backup. */
    Map<UUID, SessionId> copies(UUID vault) {
        Map<UUID, SessionId> copies = new HashMap<>();
        catalog.sql()
                .selectFrom(MOVED_COPY)
                .where(in(vault))
                .and(MOVED_COPY.SPENT.isFalse())
                .forEach(row -> copies.put(UUID.fromString(row.getBackupId()), SessionId.of(row.getSession())));
        return copies;
    }

    /** All sessions in a vault that are nobody's row: no comparison with the vault takes them for news. */
    Set<String> sessions(UUID vault) {
        return new HashSet<>(catalog.sql()
                .select(MOVED_COPY.SESSION)
                .from(MOVED_COPY)
                .where(in(vault))
                .fetch(MOVED_COPY.SESSION));
    }

    /** In the transaction that lets a row name its copy: the copy is no more than the row, and the original is spent. */
    void named(Backup original, UUID target, SessionId copy, Instant now) {
        gone(target, copy);
        original.session().ifPresent(session -> insert(original.vaultId(), session, original.id(), now, true));
    }

    /** What is to be deleted in a vault. */
    List<Spent> spent(UUID vault) {
        return catalog.sql()
                .selectFrom(MOVED_COPY)
                .where(in(vault))
                .and(MOVED_COPY.SPENT.isTrue())
                .fetch(row -> new Spent(SessionId.of(row.getSession()), UUID.fromString(row.getBackupId())));
    }

    /** The vaults in which anything is to be deleted. */
    List<UUID> vaultsWithSpent() {
        return catalog.sql()
                .selectDistinct(MOVED_COPY.VAULT_ID)
                .from(MOVED_COPY)
                .where(MOVED_COPY.SPENT.isTrue())
                .fetch(row -> UUID.fromString(row.value1()));
    }

    /** Gives up the copies of a backup that no row will name. */
    void giveUp(UUID backup) {
        spend(MOVED_COPY.BACKUP_ID.eq(backup.toString()));
    }

    /** The same for its copies in other vaults than one. */
    void giveUpElsewhere(UUID backup, UUID vault) {
        spend(MOVED_COPY.BACKUP_ID.eq(backup.toString()).and(MOVED_COPY.VAULT_ID.ne(vault.toString())));
    }

    /** Gives up copies that were begun before a moment, and those whose backup was deleted since. */
    void giveUpBefore(Instant moment, Set<UUID> underWay) {
        List<String> kept = underWay.stream().map(UUID::toString).toList();
        spend(MOVED_COPY
                .NOTED_AT
                .lt(moment.toEpochMilli())
                .or(MOVED_COPY.BACKUP_ID.notIn(catalog.sql().select(BACKUP.ID).from(BACKUP)))
                .and(MOVED_COPY.BACKUP_ID.notIn(kept)));
    }

    private void spend(Condition which) {
        catalog.sql()
                .update(MOVED_COPY)
                .set(MOVED_COPY.SPENT, true)
                .where(which)
                .and(MOVED_COPY.SPENT.isFalse())
                .execute();
    }

    /** Forgets a session that is no more, or is a row's. */
    void gone(UUID vault, SessionId session) {
        catalog.sql()
                .deleteFrom(MOVED_COPY)
                .where(in(vault))
                .and(MOVED_COPY.SESSION.eq(session.toString()))
                .execute();
    }

    /** Forgets everything about a vault that is no more. */
    void forget(UUID vault) {
        catalog.sql().deleteFrom(MOVED_COPY).where(in(vault)).execute();
    }

    private static Condition in(UUID vault) {
        return MOVED_COPY.VAULT_ID.eq(vault.toString());
    }
}
