package org.coffer.problem;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that went wrong, as a value. It travels unchanged from the engine through the services into the task, and
 * window and command line show it from the same message keys: {@code problem.<code>.what}, {@code .why} and
 * {@code .do}.
 */
public sealed interface Problem extends Serializable {

    /** The dotted code that names the cause, such as {@code vault.full}; stable, because scripts depend on it. */
    String code();

    /**
     * Values for the placeholders of the messages. Numbers, {@link java.time.Instant}s, {@link java.time.Duration}s and lists of them
     * or of names stay what they are, so that each language can write them its own way.
     */
    Map<String, Object> args();

    /**
     * Trouble that a user can understand and do something about.
     *
     * @param code the dotted code
     * @param args placeholder values by name, in insertion order
     */
    record Expected(String code, Map<String, Object> args) implements Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Keeps an unmodifiable copy of {@code args}. */
        public Expected {
            args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        }
    }

    /**
     * A mistake in Coffer itself. Users see that nothing they did caused it, where the log is, and details to copy.
     *
     * @param details the exception's text and trace, for the log and for <em>Copy details</em>
     */
    record Bug(String details) implements Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String code() {
            return "bug";
        }

        @Override
        public Map<String, Object> args() {
            return Map.of("details", details.lines().findFirst().orElse(""));
        }
    }

    /**
     * Makes an expected problem.
     *
     * @param code the dotted code
     * @param namesAndValues placeholder names and values in turn
     * @throws IllegalArgumentException if a value is missing or a name is not a string
     */
    static Problem of(String code, Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value for problem " + code);
        }
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("argument " + i + " of problem " + code + " is not a name");
            }
            args.put(name, namesAndValues[i + 1]);
        }
        return new Expected(code, args);
    }

    /** Reads the problem out of anything thrown: the one it carries (also as a cause), else a {@link Bug}. */
    static Problem from(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException carrier) {
                return carrier.problem();
            }
        }
        return bug(thrown);
    }

    private static Problem bug(Throwable thrown) {
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text, true));
        return new Bug(text.toString());
    }
}
