package org.coffer.console.policy;

import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * What came back of the policy of a vault that was attached (V17).
 *
 * @param policy the policy that serves the vault now
 * @param note what is not as it was: {@code attach.policy}, {@code attach.policy-many}, {@code attach.policy-renamed}
 */
public record Revived(Optional<Policy> policy, Optional<Problem> note) {}
