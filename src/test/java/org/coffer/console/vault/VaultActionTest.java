package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** V9: which state allows which act. The table is written out again here, so that a slip in the code shows. */
class VaultActionTest {
    /** One row per act, one column per state; {@code x} is allowed. */
    private static final String TABLE = """
            action        AVAILABLE LOCKED DELETING FROZEN ERROR
            BACK_UP       x         x      .        .      .
            BIND          x         x      .        .      .
            BIND_POLICY   x         x      .        .      .
            UNBIND        x         x      .        x      x
            EDIT          x         x      .        x      x
            EXPAND        x         .      .        .      .
            REPLICATE_INTO x        x      .        .      .
            RESTORE       x         x      .        x      x
            DELETE_BACKUP x         x      .        .      x
            COLLECT       x         x      .        .      x
            VERIFY        x         x      .        x      x
            KEY           x         x      .        x      x
            MIGRATE       x         x      .        .      .
            MIGRATE_INTO  x         x      .        .      .
            LOCK          x         x      .        .      .
            DELETE        x         .      .        .      x
            """;

    private static Vault vault(VaultStatus status, Optional<Problem> problem, Optional<Instant> trashed) {
        return vault(status, problem, trashed, Optional.empty());
    }

    private static Vault vault(
            VaultStatus status, Optional<Problem> problem, Optional<Instant> trashed, Optional<RetentionLock> lock) {
        return new Vault(
                UUID.randomUUID(),
                "vault_a",
                "",
                UUID.randomUUID(),
                "place",
                10,
                0,
                status,
                problem,
                true,
                true,
                false,
                "",
                Optional.empty(),
                Instant.EPOCH,
                trashed,
                trashed,
                Map.of(),
                List.of(),
                0,
                lock,
                false,
                Optional.empty(),
                Protection.BACKUP);
    }

    @Test
    void theTableNamesEveryActAndEveryState() {
        List<String> lines = TABLE.lines().toList();
        assertThat(lines.getFirst().split(" +", -1)).hasSize(VaultStatus.values().length + 1);
        assertThat(lines.subList(1, lines.size()).stream().map(line -> line.split(" +", -1)[0]))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(VaultAction.values()).stream().map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(VaultAction.class)
    void eachActIsAllowedInItsStatesAndRefusedWithASentenceInAllOthers(VaultAction action) {
        String[] row = TABLE.lines()
                .filter(line -> line.startsWith(action.name() + ' '))
                .findFirst()
                .orElseThrow()
                .split(" +", -1);
        List<String> states = List.of(TABLE.lines().findFirst().orElseThrow().split(" +", -1));
        for (VaultStatus status : VaultStatus.values()) {
            boolean allowed = row[states.indexOf(status.name())].equals("x");
            assertThat(action.allowedIn(status)).as(action + " in " + status).isEqualTo(allowed);
            Optional<Problem> refusal = action.refusal(vault(status, Optional.empty(), Optional.empty()));
            assertThat(refusal.isEmpty()).as(action + " in " + status).isEqualTo(allowed);
            boolean ofItsPlace = action == VaultAction.BIND_POLICY && status == VaultStatus.FROZEN;
            refusal.map(Refusals::spoken)
                    .ifPresent(problem ->
                            assertThat(problem.code()).isEqualTo(ofItsPlace ? "vault.frozen-policy" : "vault.status"));
        }
    }

    @ParameterizedTest
    @EnumSource(VaultAction.class)
    void aVaultInTheTrashAllowsNothingAtAll(VaultAction action) {
        Vault trashed = vault(VaultStatus.AVAILABLE, Optional.empty(), Optional.of(Instant.EPOCH));
        assertThat(action.refusal(trashed).map(Refusals::spoken))
                .map(Problem::code)
                .contains("vault.trashed");
    }

    @Test
    void aVaultThatSaysWhyIsRefusedWithThatReason() {
        Problem why = Problem.of("location.unreachable", "location", "place");
        Vault frozen = vault(VaultStatus.FROZEN, Optional.of(why), Optional.empty());
        assertThat(VaultAction.BACK_UP.refusal(frozen)).contains(why);
        assertThat(VaultAction.RESTORE.refusal(frozen)).isEmpty();
    }

    @Test
    void theRetentionLockRefusesWhatWouldTakeDisksAway() {
        Vault locked = vault(
                VaultStatus.AVAILABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new RetentionLock(Instant.EPOCH, false)));
        assertThat(List.of(VaultAction.values()).stream()
                        .filter(action -> action.refusal(locked).isPresent()))
                .containsExactly(VaultAction.UNBIND, VaultAction.MIGRATE);
        assertThat(Refusals.spoken(VaultAction.UNBIND.refusal(locked).orElseThrow())
                        .code())
                .isEqualTo("lock.unbind");
    }
}
