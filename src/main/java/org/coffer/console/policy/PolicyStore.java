package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.POLICY;
import static org.coffer.console.catalog.jooq.Tables.POLICY_BOND;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.PolicyBondRecord;
import org.coffer.console.catalog.jooq.tables.records.PolicyRecord;
import org.coffer.console.vault.LeftStore;
import org.jooq.impl.DSL;

/** The SQL of policies and of the vaults that they serve. */
final class PolicyStore {
    private final Catalog catalog;
    private final LeftStore left;

    PolicyStore(Catalog catalog) {
        this.catalog = catalog;
        this.left = new LeftStore(catalog);
    }

    /** Enters a policy, or changes the one with this ID. */
    void put(Policy policy) {
        PolicyRecord row = catalog.sql().newRecord(POLICY);
        row.setId(policy.id().toString());
        row.setName(policy.name());
        row.setEnabled(policy.enabled());
        row.setRules(Json.write(PolicyJson.write(policy.plan())));
        row.setCreatedAt(policy.createdAt().toEpochMilli());
        row.setRunsSince(policy.runsSince().toEpochMilli());
        row.setKeepsSince(policy.keepsSince().toEpochMilli());
        int changed = catalog.sql()
                .update(POLICY)
                .set(row)
                .where(POLICY.ID.eq(row.getId()))
                .execute();
        if (changed == 0) {
            catalog.sql().insertInto(POLICY).set(row).execute();
        }
    }

    void delete(UUID id) {
        catalog.sql()
                .deleteFrom(POLICY_BOND)
                .where(POLICY_BOND.POLICY_ID.eq(id.toString()))
                .execute();
        catalog.sql().deleteFrom(POLICY).where(POLICY.ID.eq(id.toString())).execute();
    }

    /** All, by name. */
    List<Policy> all() {
        return catalog.sql().selectFrom(POLICY).orderBy(POLICY.NAME).fetch(PolicyStore::policy);
    }

    Optional<Policy> find(UUID id) {
        return catalog.sql()
                .selectFrom(POLICY)
                .where(POLICY.ID.eq(id.toString()))
                .fetchOptional(PolicyStore::policy);
    }

    /**
     * Takes back moments that are ahead of now: they were written under a clock that was put right since, and a policy would
     * stand still until they come.
     */
    void nothingAhead(Instant now) {
        long to = now.toEpochMilli();
        catalog.sql()
                .update(POLICY)
                .set(POLICY.RUNS_SINCE, DSL.least(POLICY.RUNS_SINCE, DSL.val(to)))
                .set(POLICY.KEEPS_SINCE, DSL.least(POLICY.KEEPS_SINCE, DSL.val(to)))
                .execute();
        catalog.sql()
                .update(POLICY_BOND)
                .set(POLICY_BOND.BOUND_AT, DSL.least(POLICY_BOND.BOUND_AT, DSL.val(to)))
                .execute();
    }

    private static Policy policy(PolicyRecord row) {
        return new Policy(
                UUID.fromString(row.getId()),
                PolicyJson.read(row.getName(), row.getEnabled(), Json.read(row.getRules())),
                Instant.ofEpochMilli(row.getCreatedAt()),
                Instant.ofEpochMilli(row.getRunsSince()),
                Instant.ofEpochMilli(row.getKeepsSince()));
    }

    List<Bond> bonds() {
        return catalog.sql().selectFrom(POLICY_BOND).fetch(PolicyStore::bond);
    }

    Optional<Bond> bondOf(UUID vault, PolicyKind kind) {
        return catalog.sql()
                .selectFrom(POLICY_BOND)
                .where(POLICY_BOND.VAULT_ID.eq(vault.toString()))
                .and(POLICY_BOND.KIND.eq(kind.name()))
                .fetchOptional(PolicyStore::bond);
    }

    /**
     * Lets a policy serve a vault.
     *
     * @param into where what it makes of that vault's disks lies: the vault itself, or that of the replicas
     */
    void bind(Bond bond, UUID into) {
        unbind(bond.vault(), bond.kind());
        catalog.sql()
                .insertInto(POLICY_BOND)
                .set(POLICY_BOND.VAULT_ID, bond.vault().toString())
                .set(POLICY_BOND.POLICY_ID, bond.policy().toString())
                .set(POLICY_BOND.KIND, bond.kind().name())
                .set(POLICY_BOND.BOUND_AT, bond.since().toEpochMilli())
                .execute();
        left.policyBound(bond.policy(), bond.vault(), into);
    }

    /** Which backups no count takes in any more. */
    LeftStore left() {
        return left;
    }

    void unbind(UUID vault, PolicyKind kind) {
        catalog.sql()
                .deleteFrom(POLICY_BOND)
                .where(POLICY_BOND.VAULT_ID.eq(vault.toString()))
                .and(POLICY_BOND.KIND.eq(kind.name()))
                .execute();
    }

    private static Bond bond(PolicyBondRecord row) {
        return new Bond(
                UUID.fromString(row.getPolicyId()),
                UUID.fromString(row.getVaultId()),
                PolicyKind.valueOf(row.getKind()),
                Instant.ofEpochMilli(row.getBoundAt()));
    }
}
