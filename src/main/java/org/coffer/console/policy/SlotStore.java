package org.coffer.console.policy;

import static org.coffer.console.catalog.jooq.Tables.POLICY_SLOT;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.jooq.tables.records.PolicySlotRecord;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The SQL of slots. */
final class SlotStore {
    private static final List<String> RAN =
            Stream.of(SlotFate.values()).filter(SlotFate::ran).map(Enum::name).toList();

    private final Catalog catalog;

    SlotStore(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Enters what became of a slot, unless it was started before and does not run again.
     *
     * @return whether it was entered
     */
    boolean put(SlotRun run) {
        return catalog.transaction(() -> {
            Optional<SlotRun> before = find(run.policy(), run.vault(), run.slot());
            if (before.filter(one -> one.fate().ran() && one.fate() != SlotFate.AGAIN)
                    .isPresent()) {
                return false;
            }
            PolicySlotRecord row = catalog.sql().newRecord(POLICY_SLOT);
            row.setPolicyId(run.policy().toString());
            row.setVaultId(run.vault().toString());
            row.setSlot(run.slot().toEpochMilli());
            row.setFate(run.fate().name());
            row.setDecidedAt(run.decidedAt().toEpochMilli());
            row.setTries(run.tries());
            row.setNextTry(run.nextTry().toEpochMilli());
            row.setProblem(Json.problem(run.problem().orElse(null)));
            if (before.isPresent()) {
                catalog.sql()
                        .update(POLICY_SLOT)
                        .set(row)
                        .where(is(run.policy(), run.vault()))
                        .and(POLICY_SLOT.SLOT.eq(run.slot().toEpochMilli()))
                        .execute();
            } else {
                catalog.sql().insertInto(POLICY_SLOT).set(row).execute();
            }
            return true;
        });
    }

    Optional<SlotRun> find(UUID policy, UUID vault, Instant slot) {
        return catalog.sql()
                .selectFrom(POLICY_SLOT)
                .where(is(policy, vault))
                .and(POLICY_SLOT.SLOT.eq(slot.toEpochMilli()))
                .fetchOptional(SlotStore::run);
    }

    /** What became of the slots of a policy in a vault after {@code from} and up to {@code until}, where anything was decided. */
    Map<Instant, SlotFate> decided(UUID policy, UUID vault, Instant from, Instant until) {
        return catalog.sql()
                .select(POLICY_SLOT.SLOT, POLICY_SLOT.FATE)
                .from(POLICY_SLOT)
                .where(is(policy, vault))
                .and(POLICY_SLOT.SLOT.gt(from.toEpochMilli()))
                .and(POLICY_SLOT.SLOT.le(until.toEpochMilli()))
                .fetchMap(row -> Instant.ofEpochMilli(row.value1()), row -> SlotFate.valueOf(row.value2()));
    }

    /** Up to which slot after {@code from} and up to {@code until} those that were missed are told together. */
    Optional<Instant> toldTogether(UUID policy, UUID vault, Instant from, Instant until) {
        return catalog.sql()
                .select(DSL.max(POLICY_SLOT.SLOT))
                .from(POLICY_SLOT)
                .where(is(policy, vault))
                .and(POLICY_SLOT.SLOT.gt(from.toEpochMilli()))
                .and(POLICY_SLOT.SLOT.le(until.toEpochMilli()))
                .and(POLICY_SLOT.PROBLEM.contains(Runs.MISSED_MANY))
                .fetchOptional(DSL.max(POLICY_SLOT.SLOT))
                .map(Instant::ofEpochMilli);
    }

    private static Condition is(UUID policy, UUID vault) {
        return POLICY_SLOT.POLICY_ID.eq(policy.toString()).and(POLICY_SLOT.VAULT_ID.eq(vault.toString()));
    }

    /** All in one of some states, oldest slot first. */
    List<SlotRun> in(SlotFate... fates) {
        return catalog.sql()
                .selectFrom(POLICY_SLOT)
                .where(POLICY_SLOT.FATE.in(
                        List.of(fates).stream().map(Enum::name).toList()))
                .orderBy(POLICY_SLOT.SLOT)
                .fetch(SlotStore::run);
    }

    /** The last slots of a policy in all its vaults, newest first. */
    List<SlotRun> last(UUID policy, int n) {
        return catalog.sql()
                .selectFrom(POLICY_SLOT)
                .where(POLICY_SLOT.POLICY_ID.eq(policy.toString()))
                .orderBy(POLICY_SLOT.SLOT.desc(), POLICY_SLOT.VAULT_ID)
                .limit(n)
                .fetch(SlotStore::run);
    }

    /** Forgets what was decided about slots after {@code now}, except those that were started: these ran ahead. */
    void clockWentBack(Instant now) {
        catalog.transaction(() -> {
            Condition ahead = POLICY_SLOT.SLOT.gt(now.toEpochMilli());
            catalog.sql()
                    .deleteFrom(POLICY_SLOT)
                    .where(ahead)
                    .and(POLICY_SLOT.FATE.notIn(RAN))
                    .execute();
            catalog.sql()
                    .update(POLICY_SLOT)
                    .set(POLICY_SLOT.FATE, SlotFate.AHEAD.name())
                    .where(ahead)
                    .and(POLICY_SLOT.FATE.eq(SlotFate.STARTED.name()))
                    .execute();
        });
    }

    /** Lets slots after {@code now} that were started run again. */
    void again(Instant now) {
        catalog.sql()
                .update(POLICY_SLOT)
                .set(POLICY_SLOT.FATE, SlotFate.AGAIN.name())
                .where(POLICY_SLOT.SLOT.gt(now.toEpochMilli()))
                .and(POLICY_SLOT.FATE.in(RAN))
                .execute();
    }

    /** The time of a slot that ran ahead has come. */
    void reached(UUID policy, UUID vault, Instant slot) {
        catalog.sql()
                .update(POLICY_SLOT)
                .set(POLICY_SLOT.FATE, SlotFate.STARTED.name())
                .where(is(policy, vault))
                .and(POLICY_SLOT.SLOT.eq(slot.toEpochMilli()))
                .execute();
    }

    /** Forgets slots that are long past. */
    void forgetBefore(Instant past) {
        catalog.sql()
                .deleteFrom(POLICY_SLOT)
                .where(POLICY_SLOT.SLOT.lt(past.toEpochMilli()))
                .execute();
    }

    private static SlotRun run(PolicySlotRecord row) {
        return new SlotRun(
                UUID.fromString(row.getPolicyId()),
                UUID.fromString(row.getVaultId()),
                Instant.ofEpochMilli(row.getSlot()),
                SlotFate.valueOf(row.getFate()),
                Instant.ofEpochMilli(row.getDecidedAt()),
                row.getTries(),
                Instant.ofEpochMilli(row.getNextTry()),
                Optional.ofNullable(Json.readProblem(row.getProblem())));
    }
}
