package org.coffer.console.location;

import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * One step of trying a location out (L1).
 *
 * @param act what was tried
 * @param problem why it failed; empty if it worked
 */
public record TestStep(Act act, Optional<Problem> problem) {
    /** What is tried, in this order; after a failure the rest is not tried. */
    public enum Act {
        WRITE,
        READ,
        LIST,
        DELETE
    }

    /** Whether it worked. */
    public boolean passed() {
        return problem.isEmpty();
    }
}
