package org.coffer.window.kit.dialog;

import java.util.List;
import org.coffer.window.kit.Sentence;

/**
 * What is asked before something is done.
 *
 * @param title the question, naming the object and the count: <em>Delete 3 backups of web-data?</em>
 * @param lines what follows from it: what is freed, what is lost, what stays
 * @param act the verb on the button: <em>Delete 3 backups</em>
 * @param dangerous whether the button is red and not the default
 */
public record Question(Sentence title, List<Sentence> lines, Sentence act, boolean dangerous) {

    /** Keeps an unmodifiable copy of {@code lines}. */
    public Question {
        lines = List.copyOf(lines);
    }

    /** A question whose answer destroys nothing. */
    public static Question plain(Sentence title, Sentence act, Sentence... lines) {
        return new Question(title, List.of(lines), act, false);
    }

    /** A question whose answer destroys something. */
    public static Question dangerous(Sentence title, Sentence act, Sentence... lines) {
        return new Question(title, List.of(lines), act, true);
    }
}
