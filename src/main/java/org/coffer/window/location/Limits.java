package org.coffer.window.location;

import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Kit;

/** Limits of speed as people type them: a whole number of MB a second, or nothing for none. */
public final class Limits {
    private static final double FIELD = 160;

    private Limits() {}

    /** Reads a limit; 0 if nothing was typed, empty if it is no number. */
    public static OptionalLong read(String text) {
        String digits = text.strip();
        if (digits.isEmpty()) {
            return OptionalLong.of(0);
        }
        return digits.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** What is wrong with what was typed. */
    public static Optional<Problem> problem(String text) {
        OptionalLong limit = read(text);
        return limit.isPresent()
                ? Locations.limitProblem(limit.getAsLong())
                : Optional.of(Problem.of("location.limit", "given", text.strip(), "most", Location.MOST_LIMIT));
    }

    /** The field for one, with its unit. */
    public static Node field(Kit kit, StringProperty limit) {
        TextField field = kit.field(kit.say("locations.limit.prompt"));
        field.setMaxWidth(FIELD);
        field.setAccessibleText(kit.say("locations.limit"));
        field.textProperty().bindBidirectional(limit);
        return kit.row(field, kit.label(kit.say("unit.mb-per-second")));
    }

    /** How a limit stands in its field. */
    public static String text(long limit) {
        return limit == 0 ? "" : Long.toString(limit);
    }
}
