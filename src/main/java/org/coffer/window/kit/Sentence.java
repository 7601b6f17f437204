package org.coffer.window.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * Something to be said, not yet in any language. Models make sentences; views turn them into words with
 * {@link Kit#say(Sentence)}, so that a change of language needs no model to be asked again.
 *
 * @param key the message key; one that begins with {@code =} is no key but data, said as it is, one that begins with
 *     {@code !} is a problem's code
 * @param args placeholder names and values in turn
 */
public record Sentence(String key, List<Object> args) {
    private static final String DATA = "=";
    private static final String PROBLEM = "!";

    /** Keeps an unmodifiable copy of {@code args}. */
    public Sentence {
        if (args.size() % 2 != 0) {
            throw new IllegalArgumentException("a name without a value for " + key);
        }
        args = List.copyOf(args);
    }

    /** Data that is said as it is, in any language: a name, a path. */
    public static Sentence data(String data) {
        return new Sentence(DATA + data, List.of());
    }

    /** What happened, why, and what to do, in one line. */
    public static Sentence explaining(Problem problem) {
        var args = new ArrayList<Object>();
        problem.args().forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        return new Sentence(PROBLEM + problem.code(), args);
    }

    /** The problem that this sentence explains, if it explains one. */
    Optional<Problem> problem() {
        return key.startsWith(PROBLEM)
                ? Optional.of(Problem.of(key.substring(PROBLEM.length()), args.toArray()))
                : Optional.empty();
    }

    /** The data behind {@code key}, if it is data and no key. */
    static Optional<String> dataIn(String key) {
        return key.startsWith(DATA) ? Optional.of(key.substring(DATA.length())) : Optional.empty();
    }

    /**
     * Makes a sentence.
     *
     * @param key the message key
     * @param namesAndValues placeholder names and values in turn
     */
    public static Sentence of(String key, Object... namesAndValues) {
        return new Sentence(key, List.of(namesAndValues));
    }
}
