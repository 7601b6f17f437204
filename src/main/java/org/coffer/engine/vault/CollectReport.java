package org.coffer.engine.vault;

import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * What collecting achieved.
 *
 * @param freed bytes of the objects that were deleted
 * @param packs packs that were deleted
 * @param waiting sessions that must end first; collect again after that, nothing done is lost
 * @param blocking what cannot be read, and so forbids deleting anything; empty if nothing
 * @param vault the vault's name, for the message
 */
public record CollectReport(long freed, int packs, List<SessionId> waiting, List<Damage> blocking, String vault) {
    /** Keeps unmodifiable copies. */
    public CollectReport {
        waiting = List.copyOf(waiting);
        blocking = List.copyOf(blocking);
    }

    /** {@code collect.blocked}, if something that cannot be read forbade deleting. */
    public Optional<Problem> problem() {
        return blocking.stream()
                .findFirst()
                .map(damage -> Problem.of(
                        "collect.blocked", "vault", vault, "object", damage.object(), "details", damage.detail()));
    }
}
