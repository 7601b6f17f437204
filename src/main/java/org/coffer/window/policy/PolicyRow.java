package org.coffer.window.policy;

import java.util.List;
import java.util.Optional;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Slot;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.vault.Vault;

/**
 * A policy in the list.
 *
 * @param vaults those that it serves
 * @param next its next run; empty while it has none
 * @param last its last runs, oldest first
 */
record PolicyRow(Policy policy, List<Vault> vaults, Optional<Slot> next, List<SlotRun> last) {
    /** Keeps unmodifiable copies. */
    PolicyRow {
        vaults = List.copyOf(vaults);
        last = List.copyOf(last);
    }

    /** Its key in the list. */
    String id() {
        return policy.id().toString();
    }
}
