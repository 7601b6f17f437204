package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.BACKUP;
import static org.coffer.console.catalog.jooq.Tables.POLICY;
import static org.coffer.console.catalog.jooq.Tables.POLICY_VAULT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.PolicyRecord;
import org.coffer.console.catalog.jooq.tables.records.PolicyVaultRecord;
import org.jooq.impl.DSL;

/** The SQL of policies and of the vaults that they serve. */
final class PolicyStore {
    private final Catalog catalog;

    PolicyStore(Catalog catalog) {
        this.catalog = catalog;
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
                .deleteFrom(POLICY_VAULT)
                .where(POLICY_VAULT.POLICY_ID.eq(id.toString()))
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
                .update(POLICY_VAULT)
                .set(POLICY_VAULT.BOUND_AT, DSL.least(POLICY_VAULT.BOUND_AT, DSL.val(to)))
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
        return catalog.sql().selectFrom(POLICY_VAULT).fetch(PolicyStore::bond);
    }

    Optional<Bond> bondOf(UUID vault) {
        return catalog.sql()
                .selectFrom(POLICY_VAULT)
                .where(POLICY_VAULT.VAULT_ID.eq(vault.toString()))
                .fetchOptional(PolicyStore::bond);
    }

    void bind(Bond bond) {
        unbind(bond.vault());
        catalog.sql()
                .insertInto(POLICY_VAULT)
                .set(POLICY_VAULT.VAULT_ID, bond.vault().toString())
                .set(POLICY_VAULT.POLICY_ID, bond.policy().toString())
                .set(POLICY_VAULT.BOUND_AT, bond.since().toEpochMilli())
                .execute();
        // What it made here before was left when it was unbound (P8).
        catalog.sql()
                .update(BACKUP)
                .set(BACKUP.LEFT_BEHIND, true)
                .where(BACKUP.VAULT_ID.eq(bond.vault().toString()))
                .and(BACKUP.POLICY_ID.eq(bond.policy().toString()))
                .execute();
    }

    void unbind(UUID vault) {
        catalog.sql()
                .deleteFrom(POLICY_VAULT)
                .where(POLICY_VAULT.VAULT_ID.eq(vault.toString()))
                .execute();
    }

    private static Bond bond(PolicyVaultRecord row) {
        return new Bond(
                UUID.fromString(row.getPolicyId()),
                UUID.fromString(row.getVaultId()),
                Instant.ofEpochMilli(row.getBoundAt()));
    }
}
