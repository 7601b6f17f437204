package org.coffer.console.backup;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.VAULT;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.BackupRecord;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The SQL of single backups; {@link BackupListStore} asks about many at once. */
final class BackupStore {
    private final Catalog catalog;

    BackupStore(Catalog catalog) {
        this.catalog = catalog;
    }

    void insert(Backup backup) {
        BackupRecord row = catalog.sql().newRecord(BACKUP);
        row.setId(backup.id().toString());
        row.setName(backup.name());
        row.setDescription(backup.description());
        row.setVaultId(backup.vaultId().toString());
        row.setResourceId(backup.diskId().toString());
        row.setResourceName(backup.diskName());
        row.setPart(backup.role().name());
        row.setStatus(backup.status().name());
        row.setOrigin(backup.origin().name());
        row.setKind(backup.kind().name());
        row.setStoredFull(backup.storedFull());
        row.setConsistency(backup.consistency().name());
        row.setReason(backup.reason());
        row.setEncryption(backup.encryption().name());
        row.setCreatedAt(backup.createdAt().toEpochMilli());
        row.setFinishedAt(millis(backup.finishedAt()));
        row.setCapacity(backup.sizes().capacity());
        row.setLogical(backup.sizes().logical());
        row.setAdded(backup.sizes().added());
        row.setOnlyHere(backup.sizes().onlyHere());
        row.setFreesNow(backup.sizes().freesNow());
        row.setSession(backup.session().orElse(null));
        row.setTaskId(backup.taskId().map(UUID::toString).orElse(null));
        row.setExpiresAt(millis(backup.expiresAt()));
        row.setTrashedAt(millis(backup.trashedAt()));
        row.setTrashDays(0);
        row.setDamaged(backup.damaged());
        row.setProblem(Json.problem(backup.problem().orElse(null)));
        row.setPolicyId(backup.automatic().map(from -> from.policy().toString()).orElse(null));
        row.setSlot(millis(backup.automatic().map(Backup.Automatic::slot)));
        row.setLeftBehind(backup.automatic().filter(Backup.Automatic::left).isPresent());
        row.setMadeElsewhere(!backup.madeHere());
        catalog.sql().insertInto(BACKUP).set(row).execute();
    }

    void status(UUID id, BackupStatus status, @Nullable Problem problem) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, status.name())
                .set(BACKUP.PROBLEM, Json.problem(problem))
                .where(is(id))
                .execute();
    }

    /** Turns available what is whole. Words about damage stay as long as the damage does. */
    void sound(UUID id) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, BackupStatus.AVAILABLE.name())
                .set(BACKUP.PROBLEM, problemOfTheDamaged())
                .where(is(id))
                .execute();
    }

    private static Field<String> problemOfTheDamaged() {
        return DSL.when(BACKUP.DAMAGED.isTrue(), BACKUP.PROBLEM).otherwise(DSL.castNull(BACKUP.PROBLEM));
    }

    /** A run that ended badly: in error, unless it had become a backup before. */
    void failed(UUID id, Problem problem) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, BackupStatus.ERROR.name())
                .set(BACKUP.PROBLEM, Json.problem(problem))
                .where(is(id))
                .and(BACKUP.STATUS.eq(BackupStatus.CREATING.name()))
                .execute();
    }

    /**
     * The same for a replica: one that is none shows no longer the moment of its original, but that at which it failed; and its
     * date counts from then.
     *
     * @param took how long its run lasted
     */
    void failed(UUID id, Problem problem, Instant at, Duration took) {
        if (find(id).filter(row -> row.status() == BackupStatus.CREATING).isPresent()) {
            postpone(id, took, false);
        }
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.CREATED_AT, at.toEpochMilli())
                .where(is(id))
                .and(BACKUP.STATUS.eq(BackupStatus.CREATING.name()))
                .execute();
        failed(id, problem);
    }

    /** Changes the state only if it is still {@code from}; says whether it was. */
    boolean move(UUID id, BackupStatus from, BackupStatus to) {
        return catalog.sql()
                        .update(BACKUP)
                        .set(BACKUP.STATUS, to.name())
                        .where(is(id))
                        .and(BACKUP.STATUS.eq(from.name()))
                        .execute()
                == 1;
    }

    /** Lets a row be of another vault, and name its backup there; an empty session for a run that came to nothing. */
    void move(UUID id, UUID vault, Optional<String> session) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.VAULT_ID, vault.toString())
                .set(BACKUP.SESSION, session.orElse(null))
                .where(is(id))
                .execute();
    }

    /** What a backup added where it lies now. */
    void added(UUID id, long bytes) {
        catalog.sql().update(BACKUP).set(BACKUP.ADDED, bytes).where(is(id)).execute();
    }

    void session(UUID id, String session) {
        catalog.sql().update(BACKUP).set(BACKUP.SESSION, session).where(is(id)).execute();
    }

    /** Turns a creating backup available, with everything that is known only now. */
    void available(Backup backup) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.STATUS, BackupStatus.AVAILABLE.name())
                .set(BACKUP.KIND, backup.kind().name())
                .set(BACKUP.STORED_FULL, backup.storedFull())
                .set(BACKUP.CONSISTENCY, backup.consistency().name())
                .set(BACKUP.REASON, backup.reason())
                .set(BACKUP.CREATED_AT, backup.createdAt().toEpochMilli())
                .set(BACKUP.FINISHED_AT, millis(backup.finishedAt()))
                .set(BACKUP.CAPACITY, backup.sizes().capacity())
                .set(BACKUP.LOGICAL, backup.sizes().logical())
                .set(BACKUP.ADDED, backup.sizes().added())
                .set(BACKUP.SESSION, backup.session().orElse(null))
                .set(BACKUP.PROBLEM, problemOfTheDamaged())
                .where(is(backup.id()))
                .execute();
    }

    /** From now on no policy made one; the date that a rule gave it is taken away, one given by hand stays. */
    void nobodys(UUID id) {
        catalog.sql()
                .update(BACKUP)
                .setNull(BACKUP.POLICY_ID)
                .setNull(BACKUP.SLOT)
                .set(
                        BACKUP.EXPIRES_AT,
                        DSL.when(BACKUP.RELABELED.isTrue(), BACKUP.EXPIRES_AT)
                                .otherwise(DSL.castNull(BACKUP.EXPIRES_AT)))
                .where(is(id))
                .and(BACKUP.POLICY_ID.isNotNull())
                .execute();
    }

    void sizes(UUID id, long onlyHere, long freesNow) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.ONLY_HERE, onlyHere)
                .set(BACKUP.FREES_NOW, freesNow)
                .where(is(id))
                .execute();
    }

    void storedFull(UUID id, boolean full) {
        catalog.sql().update(BACKUP).set(BACKUP.STORED_FULL, full).where(is(id)).execute();
    }

    void kind(UUID id, Kind kind) {
        catalog.sql().update(BACKUP).set(BACKUP.KIND, kind.name()).where(is(id)).execute();
    }

    void damaged(UUID id, boolean damaged, @Nullable Problem problem) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.DAMAGED, damaged)
                .set(BACKUP.PROBLEM, Json.problem(problem))
                .where(is(id))
                .execute();
    }

    void verified(UUID id, Instant at) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.VERIFIED_AT, at.toEpochMilli())
                .where(is(id))
                .execute();
    }

    void expires(UUID id, @Nullable Instant at) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.EXPIRES_AT, at == null ? null : at.toEpochMilli())
                .set(BACKUP.RELABELED, true)
                .where(is(id))
                .execute();
    }

    /**
     * Moves the date that a rule gave one, unless somebody gave it another or took it away.
     *
     * @param by how far; never to an earlier date
     * @param unsaid whether its commit says an earlier one, so that the vault has to remember this one
     */
    void postpone(UUID id, Duration by, boolean unsaid) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.EXPIRES_AT, BACKUP.EXPIRES_AT.plus(Math.max(0, by.toMillis())))
                .set(BACKUP.RELABELED, unsaid)
                .where(is(id))
                .and(BACKUP.EXPIRES_AT.isNotNull())
                .and(BACKUP.RELABELED.isFalse())
                .execute();
    }

    /** Makes one this console's own that another made, as {@link #takeOver}. */
    void takeOver(UUID id) {
        takeOver(is(id));
    }

    /** The same with all in a vault. */
    void takeOverAll(UUID vault) {
        takeOver(BACKUP.VAULT_ID.eq(vault.toString()));
    }

    /**
     * From now on some backups are this console's that another made. Nobody was asked what becomes of them, and nobody knows what
     * the other one decided: no count takes them in, dates are taken away, and those in the trash are taken out of it.
     */
    private void takeOver(Condition which) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.MADE_ELSEWHERE, false)
                .set(BACKUP.LEFT_BEHIND, DSL.field(BACKUP.POLICY_ID.isNotNull()))
                .setNull(BACKUP.EXPIRES_AT)
                .setNull(BACKUP.TRASHED_AT)
                .set(BACKUP.TRASH_DAYS, 0)
                .setNull(BACKUP.TRASH_SEEN)
                .set(BACKUP.RELABELED, true)
                .where(which)
                .and(BACKUP.MADE_ELSEWHERE.isTrue())
                .execute();
    }

    /** Takes the dates of the backups of a policy that are not later than a moment; their IDs. */
    List<UUID> takeDates(UUID policy, Instant until) {
        Condition which = BACKUP.POLICY_ID.eq(policy.toString()).and(BACKUP.EXPIRES_AT.le(until.toEpochMilli()));
        List<UUID> ids =
                catalog.sql().select(BACKUP.ID).from(BACKUP).where(which).fetch(row -> UUID.fromString(row.value1()));
        catalog.sql()
                .update(BACKUP)
                .setNull(BACKUP.EXPIRES_AT)
                .set(BACKUP.RELABELED, true)
                .where(which)
                .execute();
        return ids;
    }

    void rename(UUID id, String name, String description) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.NAME, name)
                .set(BACKUP.DESCRIPTION, description)
                .set(BACKUP.RELABELED, true)
                .where(is(id))
                .execute();
    }

    /** Marks one as not being what its commit says any more. */
    void relabel(UUID id) {
        catalog.sql().update(BACKUP).set(BACKUP.RELABELED, true).where(is(id)).execute();
    }

    /** The backups of a vault that are not what their commits say any more. */
    List<Backup> relabeled(UUID vault) {
        return select(BACKUP.VAULT_ID
                .eq(vault.toString())
                .and(BACKUP.SESSION.isNotNull())
                .and(BACKUP.FINISHED_AT.isNotNull())
                .and(BACKUP.RELABELED.isTrue().or(BACKUP.TRASHED_AT.isNotNull()).or(BACKUP.LEFT_BEHIND.isTrue())));
    }

    /** Puts one into the trash. */
    void trashed(UUID id, Instant at) {
        trashed(id, at.toEpochMilli());
    }

    private void trashed(UUID id, @Nullable Long at) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.TRASHED_AT, at)
                .set(BACKUP.TRASH_DAYS, 0)
                .setNull(BACKUP.TRASH_SEEN)
                .where(is(id))
                .execute();
    }

    /** Takes one out of the trash. */
    void takenBack(UUID id) {
        trashed(id, (Long) null);
    }

    /**
     * Counts a day in the trash for each that has seen neither {@code today} nor a later one yet, so that a clock that is set to
     * and fro counts none twice; returns those that rested {@code days}.
     */
    List<UUID> trashDay(String today, int days) {
        catalog.sql()
                .update(BACKUP)
                .set(
                        BACKUP.TRASH_DAYS,
                        DSL.when(BACKUP.TRASH_SEEN.isNull(), BACKUP.TRASH_DAYS).otherwise(BACKUP.TRASH_DAYS.plus(1)))
                .set(BACKUP.TRASH_SEEN, today)
                .where(BACKUP.TRASHED_AT.isNotNull())
                .and(BACKUP.TRASH_SEEN.isNull().or(BACKUP.TRASH_SEEN.lt(today)))
                .execute();
        return catalog.sql()
                .select(BACKUP.ID)
                .from(BACKUP)
                .where(BACKUP.TRASHED_AT.isNotNull())
                .and(BACKUP.TRASH_DAYS.ge(days))
                .fetch(row -> UUID.fromString(row.value1()));
    }

    /** Removes rows. When a full backup goes the next one is shown as full (B1): it holds everything from before. */
    void delete(Collection<UUID> ids) {
        catalog.transaction(() -> {
            List<Backup> gone = ids.stream().flatMap(id -> find(id).stream()).toList();
            catalog.sql()
                    .deleteFrom(BACKUP)
                    .where(BACKUP.ID.in(ids.stream().map(UUID::toString).toList()))
                    .execute();
            gone.forEach(backup -> showOldestAsFull(backup.vaultId(), backup.diskId()));
        });
    }

    private void showOldestAsFull(UUID vault, UUID disk) {
        List<Backup> left = of(vault, disk).stream().filter(Backup::restorable).toList();
        if (!left.isEmpty() && left.getLast().kind() != Kind.FULL) {
            kind(left.getLast().id(), Kind.FULL);
        }
    }

    void deleteAllOf(UUID vault) {
        catalog.sql()
                .deleteFrom(BACKUP)
                .where(BACKUP.VAULT_ID.eq(vault.toString()))
                .execute();
    }

    Optional<Backup> find(UUID id) {
        return select(is(id)).stream().findFirst();
    }

    /** All of one vault, trash included, newest first. */
    List<Backup> ofVault(UUID vault) {
        return select(BACKUP.VAULT_ID.eq(vault.toString()));
    }

    /** All of one disk in one vault, trash included, newest first. */
    List<Backup> of(UUID vault, UUID disk) {
        return select(BACKUP.VAULT_ID.eq(vault.toString()).and(BACKUP.RESOURCE_ID.eq(disk.toString())));
    }

    /** The session of the backup of a vault that was finished last. */
    Optional<String> newestSession(UUID vault) {
        return catalog.sql()
                .select(BACKUP.SESSION)
                .from(BACKUP)
                .where(BACKUP.VAULT_ID.eq(vault.toString()))
                .and(BACKUP.SESSION.isNotNull())
                .and(BACKUP.FINISHED_AT.isNotNull())
                .orderBy(BACKUP.FINISHED_AT.desc())
                .limit(1)
                .fetchOptional(BACKUP.SESSION);
    }

    List<Backup> inState(BackupStatus status) {
        return select(BACKUP.STATUS.eq(status.name()));
    }

    private List<Backup> select(Condition which) {
        return catalog.sql()
                .select(BACKUP.fields())
                .select(VAULT.NAME)
                .from(BACKUP)
                .join(VAULT)
                .on(VAULT.ID.eq(BACKUP.VAULT_ID))
                .where(which)
                .orderBy(BACKUP.CREATED_AT.desc(), BACKUP.ID)
                .fetch(BackupStore::backup);
    }

    private static Condition is(UUID id) {
        return BACKUP.ID.eq(id.toString());
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> moment(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }

    private static Optional<Backup.Automatic> automatic(BackupRecord row) {
        return row.getPolicyId() == null || row.getSlot() == null
                ? Optional.empty()
                : Optional.of(new Backup.Automatic(
                        UUID.fromString(row.getPolicyId()), Instant.ofEpochMilli(row.getSlot()), row.getLeftBehind()));
    }

    static Backup backup(Record joined) {
        BackupRecord row = joined.into(BACKUP);
        return new Backup(
                UUID.fromString(row.getId()),
                row.getName(),
                row.getDescription(),
                UUID.fromString(row.getVaultId()),
                joined.get(VAULT.NAME),
                UUID.fromString(row.getResourceId()),
                row.getResourceName(),
                Disk.Role.valueOf(row.getPart()),
                BackupStatus.valueOf(row.getStatus()),
                Origin.valueOf(row.getOrigin()),
                Kind.valueOf(row.getKind()),
                row.getStoredFull(),
                Consistency.valueOf(row.getConsistency()),
                row.getReason(),
                Disk.Encryption.valueOf(row.getEncryption()),
                Instant.ofEpochMilli(row.getCreatedAt()),
                moment(row.getFinishedAt()),
                new Backup.Sizes(
                        row.getCapacity(), row.getLogical(), row.getAdded(), row.getOnlyHere(), row.getFreesNow()),
                Optional.ofNullable(row.getSession()),
                Optional.ofNullable(row.getTaskId()).map(UUID::fromString),
                moment(row.getExpiresAt()),
                moment(row.getTrashedAt()),
                moment(row.getVerifiedAt()),
                row.getDamaged(),
                Optional.ofNullable(Json.readProblem(row.getProblem())),
                automatic(row),
                !row.getMadeElsewhere());
    }
}
