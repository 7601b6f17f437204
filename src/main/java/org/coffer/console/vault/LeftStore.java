package org.coffer.console.vault;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.BINDING;
import static org.coffer.console.catalog.jooq.Tables.POLICY_BOND;

import java.time.Instant;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Which backups no count of their policy takes in any more: those that were <em>left</em> (P7, P8). The only place that marks
 * them; {@code Keeping} is the only one that heeds it.
 *
 * <p><b>What is left.</b> A count takes in what its policy made of a disk since it serves that disk in that vault without a break. A
 * break ends with one of the acts below, and that act leaves what was made before it: else an edit in between, about which nobody was
 * asked, would delete it. So does whoever takes a backup out of the trash, and a clock that turns out to have been ahead.
 *
 * <p><b>What is not asked.</b> No clock, with two exceptions that can only leave more: a clock may have been wrong when a break
 * began. And never is a mark taken back: a backup that was left goes by a date that it has, or when somebody deletes it.
 *
 * <p>The marks lie in the catalog, and in the vault's own description, for the next catalog. A replica's may be missing there, because
 * the break was in another vault; {@link #attached} makes up for that.
 *
 * <p>All methods are called in the transaction of the act.
 */
public final class LeftStore {
    /** The kinds of bonds, as the catalog spells them. */
    private static final String MAKES = "BACKUP";

    private static final String COPIES = "REPLICATION";

    private final Catalog catalog;

    /** Marks in {@code catalog}. */
    public LeftStore(Catalog catalog) {
        this.catalog = catalog;
    }

    private void leave(Condition which) {
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.LEFT_BEHIND, true)
                .where(BACKUP.POLICY_ID.isNotNull())
                .and(which)
                .execute();
    }

    private static Condition lies(UUID vault) {
        return BACKUP.VAULT_ID.eq(vault.toString());
    }

    private static Condition of(UUID disk) {
        return BACKUP.RESOURCE_ID.eq(disk.toString());
    }

    private static Condition madeBy(UUID policy) {
        return BACKUP.POLICY_ID.eq(policy.toString());
    }

    /** A disk is bound to a vault: what policies made of it anywhere is left, its replicas in other vaults too. */
    void bound(UUID disk) {
        leave(of(disk));
    }

    /**
     * A disk and its backups move to another vault. What no policy goes on with is left: of the backups all but those of a policy
     * that makes them in both vaults, and of the replicas all but those of one that copies both. Of a disk that was not bound
     * all was left before.
     *
     * @param bound whether it was bound to the first vault
     */
    void moved(UUID from, UUID disk, UUID to, boolean bound) {
        Condition goesOn = lies(from)
                .and(servedBy(from, MAKES))
                .and(servedBy(to, MAKES))
                .or(servedBy(from, COPIES).and(servedBy(to, COPIES)));
        leave(of(disk).and(bound ? DSL.not(goesOn) : lies(from)));
    }

    /** That the policy which made a backup serves a vault now. */
    private static Condition servedBy(UUID vault, String kind) {
        return BACKUP.POLICY_ID.in(DSL.select(POLICY_BOND.POLICY_ID)
                .from(POLICY_BOND)
                .where(POLICY_BOND.VAULT_ID.eq(vault.toString()))
                .and(POLICY_BOND.KIND.eq(kind)));
    }

    /**
     * A policy is bound to a vault: what it made of that vault's disks before is left.
     *
     * @param into where that lies: the vault itself, or that of the replicas, which lie beside those of other vaults' disks
     */
    public void policyBound(UUID policy, UUID vault, UUID into) {
        Condition mine = vault.equals(into)
                ? DSL.trueCondition()
                : BACKUP.RESOURCE_ID.in(
                        DSL.select(BINDING.RESOURCE_ID).from(BINDING).where(BINDING.VAULT_ID.eq(vault.toString())));
        leave(madeBy(policy).and(lies(into)).and(mine));
    }

    /** A policy makes nothing more in a vault, or nobody was asked about what it made there. */
    public void policyGone(UUID policy, UUID vault) {
        leave(madeBy(policy).and(lies(vault)));
    }

    /** Somebody takes a backup out of the trash, and so wants it. */
    public void takenBack(UUID backup) {
        leave(BACKUP.ID.eq(backup.toString()));
    }

    /** Nothing that seems to be younger than this was made under a clock that was right. */
    public void datedAfter(Instant moment) {
        leave(BACKUP.CREATED_AT.gt(moment.toEpochMilli()));
    }

    /** A vault came back with its backups: replicas from before the disk, or the policy, was bound to the vault they are of. */
    public void attached(UUID vault) {
        leave(lies(vault)
                .and(DSL.exists(DSL.selectOne()
                        .from(POLICY_BOND)
                        .join(BINDING)
                        .on(BINDING.VAULT_ID.eq(POLICY_BOND.VAULT_ID))
                        .where(POLICY_BOND.POLICY_ID.eq(BACKUP.POLICY_ID))
                        .and(POLICY_BOND.KIND.eq(COPIES))
                        .and(BINDING.RESOURCE_ID.eq(BACKUP.RESOURCE_ID))
                        .and(DSL.greatest(POLICY_BOND.BOUND_AT, BINDING.BOUND_AT)
                                .ge(DSL.coalesce(BACKUP.FINISHED_AT, BACKUP.CREATED_AT))))));
    }
}
