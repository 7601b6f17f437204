package org.coffer.console.location;

import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * How trying a place out went (L1).
 *
 * @param steps what was tried, in its order
 * @param usable whether vaults can live there. Without the right to delete they can, but no room is freed
 * @param address the place, with what was found out about its ways
 * @param marker the ID of the location that is there, if it is usable
 */
public record TestReport(List<TestStep> steps, boolean usable, Address address, Optional<String> marker) {
    /** The first thing that failed. */
    public Optional<Problem> problem() {
        return steps.stream().flatMap(step -> step.problem().stream()).findFirst();
    }
}
