package org.coffer.window.location;

import java.util.Optional;
import java.util.OptionalLong;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.problem.Problem;

/** Limits of speed as people type them: a whole number of MB a second, or nothing for none. */
final class Limits {
    private Limits() {}

    /** Reads a limit; 0 if nothing was typed, empty if it is no number. */
    static OptionalLong read(String text) {
        String digits = text.strip();
        if (digits.isEmpty()) {
            return OptionalLong.of(0);
        }
        return digits.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** What is wrong with what was typed. */
    static Optional<Problem> problem(String text) {
        OptionalLong limit = read(text);
        return limit.isPresent()
                ? Locations.limitProblem(limit.getAsLong())
                : Optional.of(Problem.of("location.limit", "given", text.strip(), "most", Location.MOST_LIMIT));
    }

    /** How a limit stands in its field. */
    static String text(long limit) {
        return limit == 0 ? "" : Long.toString(limit);
    }
}
