package org.coffer.console.attach;

import java.util.List;
import java.util.Optional;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;

/**
 * A vault that was brought back.
 *
 * @param vault the vault as it is now
 * @param backups how many backups it brought
 * @param policy the policy that serves it
 * @param notes what is not as it was, and what to do about it
 */
public record Attached(Vault vault, int backups, Optional<Policy> policy, List<Problem> notes) {
    /** Keeps an unmodifiable copy. */
    public Attached {
        notes = List.copyOf(notes);
    }
}
