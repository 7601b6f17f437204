package org.coffer.window.kit;

import java.time.Instant;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** The text that <em>Copy details</em> puts on the clipboard: the explanation, the code, the task, the time. */
public final class Details {
    private Details() {}

    /**
     * Writes it.
     *
     * @param task the task's ID, or empty
     * @param time when it happened
     */
    public static String of(Text text, Problem problem, String task, Instant time) {
        Text.Explanation words = text.explain(problem);
        var details = new StringBuilder();
        for (String line : new String[] {words.what(), words.why(), words.remedy()}) {
            if (!line.isBlank()) {
                details.append(line).append('\n');
            }
        }
        details.append("code: ").append(problem.code()).append(' ').append(problem.args());
        if (!task.isEmpty()) {
            details.append("\ntask: ").append(task);
        }
        details.append("\ntime: ").append(time);
        if (problem instanceof Problem.Bug bug) {
            details.append("\n\n").append(bug.details());
        }
        return details.append('\n').toString();
    }

    /** Puts {@code details} on the clipboard. */
    public static void copy(String details) {
        Copyable.copy(details);
    }
}
