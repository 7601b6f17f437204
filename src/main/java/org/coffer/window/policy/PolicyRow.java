package org.coffer.window.policy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.RunResult;
import org.coffer.console.policy.Slot;
import org.coffer.console.vault.Vault;

/**
 * A policy in the list.
 *
 * @param vaults those that it serves
 * @param next its next run; empty while it has none
 * @param target the vault that takes its copies, by name; empty for one of backups
 * @param last how its last runs ended, oldest first
 */
record PolicyRow(
        Policy policy, List<Vault> vaults, Optional<Slot> next, Optional<String> target, List<RunResult> last) {
    /** Keeps unmodifiable copies. */
    PolicyRow {
        vaults = List.copyOf(vaults);
        last = List.copyOf(last);
    }

    /** Its key in the list. */
    String id() {
        return policy.id().toString();
    }

    /** What a vault is called; empty for one that it does not serve any more. */
    String vaultName(UUID vault) {
        return vaults.stream()
                .filter(one -> one.id().equals(vault))
                .map(Vault::name)
                .findFirst()
                .orElse("");
    }
}
