package org.coffer.console.policy;

import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * What came back of the policies of a vault that was attached (V17).
 *
 * @param policy the policy that makes its backups
 * @param notes what is not as it was: {@code attach.policy}, {@code attach.policy-changed}, {@code attach.policy-many}, {@code
 *     attach.policy-off}, {@code attach.policy-renamed}, {@code attach.policy-twice}
 * @param later what is bound once the vault's backups are here, so that they are left: the policies have other rules by now
 */
public record Revived(Optional<Policy> policy, List<Problem> notes, List<Bond> later) {
    /** Keeps unmodifiable copies. */
    public Revived {
        notes = List.copyOf(notes);
        later = List.copyOf(later);
    }

    static Revived nothing(Problem... notes) {
        return new Revived(Optional.empty(), List.of(notes), List.of());
    }
}
