package org.coffer.window.vault;

import java.util.OptionalLong;
import org.coffer.problem.Problem;

/** Numbers of GB as people type them: digits, perhaps grouped. */
final class Gigabytes {
    private Gigabytes() {}

    /** Reads whole GB; empty if {@code text} is none. */
    static OptionalLong read(String text) {
        String digits = text.strip().replaceAll("[,\\s]", "");
        return digits.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** Says that {@code text} is no number of GB. */
    static Problem unreadable(String text) {
        return Problem.of("capacity.number", "given", text);
    }
}
